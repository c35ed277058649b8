"""The office's pages of sending: an issue's way out, how far it is, and what became of it."""
