"""Cards: what social networks show of a page that has no picture of its own."""
