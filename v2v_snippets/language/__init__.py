"""The languages of the partnership: codes, names, fallback chains, dates. Pure functions, no models."""
