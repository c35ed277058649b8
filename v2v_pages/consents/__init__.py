"""Whom pages name, and may not show any more: what editors are told of it."""
