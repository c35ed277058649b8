"""SQLite as Django has it, without work that it would do anew for each statement and moment."""
