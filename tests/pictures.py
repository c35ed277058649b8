"""Gives pictures what a worker gives them after publication."""

from typing import Any

from v2v_snippets.services.renditions import make_renditions


def drawn(image: Any) -> Any:
    """Makes all versions of an image."""
    make_renditions(image=image)
    return image
