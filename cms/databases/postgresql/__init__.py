"""PostgreSQL as Django has it, with a cheaper look whether a connection still stands."""
