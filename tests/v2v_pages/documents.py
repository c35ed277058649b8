"""Reads pages as a browser does, so that tests ask for elements instead of strings."""

import json
from typing import Any

from bs4 import BeautifulSoup, Tag
from django.test import Client


def read(path: str, status: int = 200, **headers: Any) -> BeautifulSoup:
    """Fetches a page as an anonymous reader and parses it."""
    response = Client().get(path, **headers)
    assert response.status_code == status, f"{path}: {response.status_code}"
    return BeautifulSoup(response.content.decode(), "html.parser")


def graph(document: BeautifulSoup | Tag) -> dict[str, Any]:
    """Returns what the page says in schema.org's vocabulary."""
    data: dict[str, Any] = json.loads(one(document, "script").string or "")
    return data


def properties(document: BeautifulSoup) -> dict[str, str]:
    """Returns the Open Graph properties of a page."""
    return {str(tag["property"]): str(tag["content"]) for tag in document.select("meta[property]")}


def text_of(element: Tag | None) -> str:
    """Returns the words of an element, with single spaces; fails if it is not there."""
    assert element is not None
    return " ".join(element.get_text(" ").split())


def one(document: BeautifulSoup | Tag, selector: str) -> Tag:
    """Returns the only element that matches a CSS selector."""
    found = document.select(selector)
    assert len(found) == 1, f"{selector}: {len(found)}"
    return found[0]


def links(document: BeautifulSoup | Tag, selector: str = "a") -> dict[str, str]:
    """Returns the targets of links by their words."""
    return {text_of(link): str(link["href"]) for link in document.select(selector)}
