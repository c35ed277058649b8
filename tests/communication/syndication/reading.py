"""Feeds as programs read them."""

import json
from typing import Any
from xml.etree import ElementTree as ET

import feedparser
from django.test import Client

ATOM = "{http://www.w3.org/2005/Atom}"
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


def read_json(name: str = "en/news") -> Any:
    """A JSON Feed, parsed."""
    response = Client().get(f"/feeds/{name}.json")
    assert response.status_code == 200
    return json.loads(response.content)


def read_atom(name: str = "en/news") -> Any:
    """An Atom feed, as the most used parser understands it."""
    response = Client().get(f"/feeds/{name}.atom")
    assert response.status_code == 200
    feed = feedparser.parse(response.content)
    assert not feed.bozo, feed.get("bozo_exception")
    return feed


def read_rss(name: str = "en/news") -> Any:
    """An RSS feed, as the most used parser understands it."""
    response = Client().get(f"/feeds/{name}.rss")
    assert response.status_code == 200
    feed = feedparser.parse(response.content)
    assert not feed.bozo, feed.get("bozo_exception")
    return feed


def read_xml(name: str = "en/news", extension: str = "atom") -> ET.Element:
    """A feed, as a tree of elements."""
    content = Client().get(f"/feeds/{name}.{extension}").content
    return ET.fromstring(content)  # noqa: S314  (our own)


def titles(name: str = "en/news") -> list[str]:
    """The titles in a feed, which all formats must give alike."""
    from_json = [item["title"] for item in read_json(name)["items"]]
    from_atom = [entry.title for entry in read_atom(name).entries]
    from_rss = [entry.title for entry in read_rss(name).entries]
    assert from_atom == from_rss == from_json
    return from_json
