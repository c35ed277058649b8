"""An app of a host site, whose page types and blocks this project has never seen."""
