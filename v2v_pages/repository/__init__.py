"""What the repository adds to its pages: filters of its list, and the reviews in the admin."""
