"""oEmbed 1.0 (https://oembed.com): how a site that was given an address of ours shows it."""

import re
from dataclasses import dataclass
from io import StringIO
from typing import Any, Final
from urllib.parse import urljoin
from xml.sax.xmlreader import AttributesImpl

from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.html import format_html
from django.utils.xmlutils import SimplerXMLGenerator

from v2v_snippets.images import versions_of
from v2v_snippets.publication.site_name import site_name
from v2v_snippets.publication.urls import root_url

from ..items import printable
from .cards import PICTURE_SIZE
from .subjects import Subject

WIDTH: Final = 600
HEIGHT: Final = 520
NARROW: Final = 480
"""Frames below this width need more height for the same words."""
NARROW_HEIGHT: Final = 760
KEPT_SECONDS: Final = 300
"""How long others should keep an answer: what is withdrawn must be gone soon."""

SANDBOX: Final = "allow-popups allow-popups-to-escape-sandbox"
_NUMBER: Final = re.compile(r"[1-9][0-9]{0,5}")


class UnusableSizeError(ValueError):
    """Says which parameter is no size in pixels."""


@dataclass(frozen=True, slots=True)
class Room:
    """The space that the other site has, in pixels."""

    width: int
    height: int

    @classmethod
    def asked(cls, parameters: QueryDict) -> "Room":
        """Reads ``maxwidth`` and ``maxheight``.

        Raises:
            UnusableSizeError: when one of them is no whole number of pixels.
        """
        width = min(WIDTH, _pixels(parameters, "maxwidth") or WIDTH)
        height = HEIGHT if width >= NARROW else NARROW_HEIGHT
        return cls(width, min(height, _pixels(parameters, "maxheight") or height))


def _pixels(parameters: QueryDict, name: str) -> int | None:
    value = parameters.get(name, "")
    if not value:
        return None
    if not _NUMBER.fullmatch(value):
        raise UnusableSizeError(f"{name} is a whole number of pixels, from 1 on.")
    return int(value)


def describe(subject: Subject, room: Room, request: HttpRequest) -> dict[str, Any]:
    """Returns the answer of type "rich" for a subject."""
    root = root_url(request)
    answer: dict[str, Any] = {
        "version": "1.0",
        "type": "rich",
        "title": subject.card.title,
        "provider_name": site_name(),
        "provider_url": urljoin(root, "/"),
        "cache_age": KEPT_SECONDS,
        "html": _frame(subject, room, root),
        "width": room.width,
        "height": room.height,
    }
    authors = getattr(subject.page, "listing_authors", []) if not subject.route else []
    if authors:
        answer["author_name"] = ", ".join(author.name for author in authors)
        if authors[0].url and len(authors) == 1:
            answer["author_url"] = authors[0].url
    return answer | _thumbnail(subject, room, root)


def frame_url(subject: Subject) -> str:
    """Returns the path of the page that shows a subject in a frame."""
    parts = {"locale": subject.locale, "key": subject.page.translation_key}
    if subject.route:
        return reverse("communication_embeds:route", kwargs={**parts, "route": subject.route})
    return reverse("communication_embeds:item", kwargs=parts)


def _frame(subject: Subject, room: Room, root: str) -> str:
    """Returns a frame and nothing else: WordPress takes away all the rest, and styles."""
    return format_html(
        '<iframe src="{}" width="{}" height="{}" title="{}" loading="lazy" frameborder="0"'
        ' sandbox="{}"></iframe>',
        urljoin(root, frame_url(subject)),
        room.width,
        room.height,
        subject.card.title,
        SANDBOX,
    )


def _thumbnail(subject: Subject, room: Room, root: str) -> dict[str, Any]:
    """Returns the largest version of the picture that fits into the room."""
    versions = versions_of(subject.page.lead_image, PICTURE_SIZE) if subject.card.image else None
    fitting = [
        version
        for version in (versions or {}).get("jpeg", [])
        if version.width <= room.width and version.height <= room.height
    ]
    if not fitting:
        return {}
    largest = max(fitting, key=lambda version: version.width)
    return {
        "thumbnail_url": urljoin(root, largest.url),
        "thumbnail_width": largest.width,
        "thumbnail_height": largest.height,
    }


def write_xml(answer: dict[str, Any]) -> str:
    """Returns an answer as XML: one element a value, as the specification shows it."""
    text = StringIO()
    xml = SimplerXMLGenerator(text, "utf-8")
    xml.startDocument()
    xml.startElement("oembed", AttributesImpl({}))
    for name, value in answer.items():
        xml.addQuickElement(name, printable(str(value)))
    xml.endElement("oembed")
    xml.endDocument()
    return text.getvalue()
