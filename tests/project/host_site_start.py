"""Copied into a host site: which packages Python has loaded once the site can answer."""

import sys

from django.urls import get_resolver


def report() -> list[str]:
    """Returns the names of all packages that were imported to start."""
    assert get_resolver().url_patterns
    return sorted({name.partition(".")[0] for name in sys.modules})
