"""An issue as it is read: what it names, in which languages, and how archive and mail show it."""
