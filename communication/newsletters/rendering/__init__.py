"""What stands in a mail, and how it becomes the bytes that a transport sends."""
