"""Database backends: Django's own, without work that our requests do not need."""
