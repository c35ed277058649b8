"""An issue as a letter: what is in it, and what can never be missing."""
