"""Dates as files that calendar programs read: how they are written, and where they are fetched."""
