"""The languages of the partnership: names, fallback chains, dates. Pure functions, no models."""
