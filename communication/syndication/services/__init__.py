"""The verbs of syndication: what is done when something changes."""
