"""What the list of news adds to its pages."""
