"""What standards ask of feeds, as far as a document itself can tell; each fault as a sentence.

Atom: RFC 4287, by section. RSS: https://www.rssboard.org/rss-specification. JSON Feed:
https://www.jsonfeed.org/version/1.1/.
"""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any, Final
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

from jsonschema import Draft202012Validator

ATOM: Final = "{http://www.w3.org/2005/Atom}"
LANGUAGE: Final = "{http://www.w3.org/XML/1998/namespace}lang"
TAG: Final = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")
RFC_3339: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
MEDIA_TYPE: Final = re.compile(r".+/.+")

ONCE_IN_A_FEED: Final = (
    "generator",
    "icon",
    "id",
    "logo",
    "rights",
    "subtitle",
    "title",
    "updated",
)
ONCE_IN_AN_ENTRY: Final = (
    "content", "id", "published", "rights", "source", "summary", "title", "updated",
)  # fmt: skip
NEEDED: Final = ("id", "title", "updated")
KNOWN: Final = {*ONCE_IN_A_FEED, *ONCE_IN_AN_ENTRY, "author", "category", "contributor", "link"}


def atom_faults(feed: ET.Element) -> Iterator[str]:
    """Yields what RFC 4287 forbids in a feed document."""
    entries = feed.findall(f"{ATOM}entry")
    if feed.tag != f"{ATOM}feed":
        yield "2: the document element is no feed"
    yield from _container_faults(feed, ONCE_IN_A_FEED, KNOWN | {"entry"})
    has_author = feed.find(f"{ATOM}author") is not None
    for entry in entries:
        yield from _container_faults(entry, ONCE_IN_AN_ENTRY, KNOWN)
        if not has_author and entry.find(f"{ATOM}author") is None:
            yield "4.1.1: neither feed nor entry has an author"
        content = entry.find(f"{ATOM}content")
        has_alternate = any(_rel(link) == "alternate" for link in entry.iter(f"{ATOM}link"))
        if content is None and not has_alternate:
            yield "4.1.2: an entry has neither content nor an alternate link"
    identifiers = Counter(entry.findtext(f"{ATOM}id") for entry in entries)
    yield from (f"4.2.6: the id {key} stands twice" for key, n in identifiers.items() if n > 1)
    for element in feed.iter():
        yield from _construct_faults(element)


def _container_faults(element: ET.Element, once: tuple[str, ...], known: set[str]) -> Iterator[str]:
    counts = Counter(child.tag.removeprefix(ATOM) for child in element)
    for name in once:
        if counts[name] > 1:
            yield f"4.1: {name} stands {counts[name]} times"
    for name in NEEDED:
        if counts[name] != 1:
            yield f"4.1: {name} is missing"
    for name in set(counts) - known:
        if "{" not in name:
            yield f"4.1: {name} does not belong here"
    alternates = Counter(
        (link.get("type"), link.get("hreflang"))
        for link in element.findall(f"{ATOM}link")
        if _rel(link) == "alternate"
    )
    if any(number > 1 for number in alternates.values()):
        yield f"4.1: several alternate links are alike: {alternates}"


def _construct_faults(element: ET.Element) -> Iterator[str]:
    name, text = element.tag.removeprefix(ATOM), element.text or ""
    if not TAG.fullmatch(element.get(LANGUAGE, "en")):
        yield f"2: {element.get(LANGUAGE)} is no language tag"
    if name in {"updated", "published"} and not RFC_3339.fullmatch(text):
        yield f"3.3: {text} is no moment"
    if name in {"title", "summary", "rights", "subtitle"} and len(element):
        yield f"3.1.1: {name} is text and has child elements"
    if name in {"id", "uri", "icon", "logo"} and not urlsplit(text).scheme:
        yield f"{name}: {text} is no IRI"
    if name in {"author", "contributor"}:
        names = element.findall(f"{ATOM}name")
        if len(names) != 1 or not names[0].text:
            yield "3.2.1: a person has no name"
    if name == "category" and not element.get("term"):
        yield "4.2.2.1: a category has no term"
    if name == "link":
        yield from _link_faults(element)


def _link_faults(link: ET.Element) -> Iterator[str]:
    if not urlsplit(link.get("href", "")).scheme:
        yield f"4.2.7.1: a link leads to {link.get('href')}"
    if not MEDIA_TYPE.fullmatch(link.get("type", "a/b")):
        yield f"4.2.7.3: {link.get('type')} is no media type"
    if not TAG.fullmatch(link.get("hreflang", "en")):
        yield f"4.2.7.4: {link.get('hreflang')} is no language tag"


def _rel(link: ET.Element) -> str:
    return link.get("rel", "alternate")


RSS_ONCE: Final = (
    "title", "link", "description", "guid", "pubDate", "enclosure", "author", "comments", "source",
)  # fmt: skip


def rss_faults(document: ET.Element) -> Iterator[str]:
    """Yields what the specification of RSS 2.0 forbids in a document."""
    channels = document.findall("channel")
    if document.tag != "rss" or document.get("version") != "2.0" or len(channels) != 1:
        yield "an RSS document is one channel of version 2.0"
        return
    [channel] = channels
    for name in ("title", "link", "description"):
        if not channel.findtext(name):
            yield f"the channel has no {name}"
    if not TAG.fullmatch(channel.findtext("language") or ""):
        yield "the channel has no language"
    identifiers = Counter(item.findtext("guid") for item in channel.findall("item"))
    yield from (f"the guid {key} stands twice" for key, n in identifiers.items() if n > 1)
    for item in channel.findall("item"):
        yield from _rss_item_faults(item)
    for element in channel.iter():
        text = element.text or ""
        is_moment = element.tag in {"pubDate", "lastBuildDate"}
        if is_moment and parsedate_to_datetime(text).tzinfo is None:
            yield f"{text} is no moment of RFC 822"
        if element.tag == "link" and not urlsplit(text).scheme:
            yield f"a link leads to {text}"


def _rss_item_faults(item: ET.Element) -> Iterator[str]:
    counts = Counter(child.tag for child in item)
    yield from (f"{name} stands {counts[name]} times" for name in RSS_ONCE if counts[name] > 1)
    if not counts["title"] and not counts["description"]:
        yield "an item has neither title nor description"
    guid = item.find("guid")
    if guid is None or not guid.text:
        yield "an item has no guid"
    elif guid.get("isPermaLink") != "false" and not urlsplit(guid.text).netloc:
        yield f"{guid.text} is said to be an address"
    for enclosure in item.findall("enclosure"):
        if not {"url", "length", "type"} <= set(enclosure.attrib):
            yield "an enclosure lacks url, length or type"
        elif not enclosure.get("length", "").isdecimal():
            yield f"{enclosure.get('length')} is no length"


_TEXT: Final = {"type": "string"}
_ADDRESS: Final = {"type": "string", "pattern": "^https?://"}
_MOMENT: Final = {"type": "string", "pattern": f"^{RFC_3339.pattern}$"}
_LANGUAGE: Final = {"type": "string", "pattern": f"^{TAG.pattern}$"}
_AUTHORS: Final = {
    "type": "array",
    "items": {
        "type": "object",
        "minProperties": 1,
        "properties": {"name": _TEXT, "url": _ADDRESS, "avatar": _ADDRESS},
        "additionalProperties": False,
    },
}
_EXTENSIONS: Final = {"^_[a-zA-Z][^.]*$": {"type": "object"}}
JSON_FEED: Final[dict[str, Any]] = {
    "type": "object",
    "required": ["version", "title", "items"],
    "properties": {
        "version": {"const": "https://jsonfeed.org/version/1.1"},
        "title": {**_TEXT, "minLength": 1},
        "home_page_url": _ADDRESS,
        "feed_url": _ADDRESS,
        "description": _TEXT,
        "language": _LANGUAGE,
        "authors": _AUTHORS,
        "items": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["id"],
                "anyOf": [{"required": ["content_html"]}, {"required": ["content_text"]}],
                "properties": {
                    "id": {**_TEXT, "minLength": 1},
                    "url": _ADDRESS,
                    "external_url": _ADDRESS,
                    "title": _TEXT,
                    "content_html": _TEXT,
                    "content_text": _TEXT,
                    "summary": _TEXT,
                    "image": _ADDRESS,
                    "date_published": _MOMENT,
                    "date_modified": _MOMENT,
                    "authors": _AUTHORS,
                    "tags": {"type": "array", "items": _TEXT},
                    "language": _LANGUAGE,
                    "attachments": {
                        "type": "array",
                        "items": {
                            "type": "object",
                            "required": ["url", "mime_type"],
                            "properties": {
                                "url": _ADDRESS,
                                "mime_type": {"type": "string", "pattern": MEDIA_TYPE.pattern},
                                "title": _TEXT,
                                "size_in_bytes": {"type": "integer", "minimum": 0},
                            },
                            "additionalProperties": False,
                        },
                    },
                },
                "patternProperties": _EXTENSIONS,
                "additionalProperties": False,
            },
        },
    },
    "patternProperties": _EXTENSIONS,
    "additionalProperties": False,
}


def json_feed_faults(feed: dict[str, Any]) -> Iterator[str]:
    """Yields what version 1.1 of JSON Feed forbids."""
    yield from (error.message for error in Draft202012Validator(JSON_FEED).iter_errors(feed))
    identifiers = Counter(item.get("id") for item in feed.get("items", ()))
    yield from (f"the id {key} stands twice" for key, n in identifiers.items() if n > 1)
    for item in feed.get("items", ()):
        for name in ("date_published", "date_modified"):
            if name in item and datetime.fromisoformat(item[name]).tzinfo is None:
                yield f"{item[name]} has no time zone"
