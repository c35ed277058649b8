"""The verbs of syndication."""
