"""Keeps wagtail-localize within the rules of the site."""
