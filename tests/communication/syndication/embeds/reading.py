"""Frames as other sites show them."""

import re
from typing import Any

from django.test import Client

TITLES = re.compile(r"<h2[^>]*>\s*<a [^>]*>([^<]*)</a>")


def frame(path: str) -> str:
    """The page that another site frames."""
    response = Client().get(f"/embed/{path}")
    assert response.status_code == 200
    return response.content.decode()


def shown(path: str) -> list[str]:
    """The titles in a framed list."""
    return TITLES.findall(frame(path))


def item_path(page: Any, locale: str = "en", route: str = "") -> str:
    return f"{locale}/item/{page.translation_key}/{route}"
