"""An app of a host site, copied into it: its image model comes after its first migration."""
