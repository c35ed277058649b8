"""Bodies as HTML that can leave the site: in the language of the text, with absolute addresses."""

import math
import re
from collections.abc import Sequence
from typing import Any, Final

from django.http import HttpRequest
from django.utils.html import strip_tags
from django.utils.translation import override
from wagtail.documents import get_document_model
from wagtail.models import Site

from v2v_snippets.images import prefetch_pictures
from v2v_snippets.language_parts import with_spans
from v2v_snippets.links import know_versions, linked_pages, load_links, public_among
from v2v_snippets.publication.urls import absolute_addresses
from v2v_snippets.remembering import remembering

from ..glossary.toggletips import with_toggletips
from .consent import public_streams
from .story import BODY_SIZES, images_in, records_in

WORDS_PER_MINUTE: Final = 200
_TAG = re.compile(r"</?[a-z][a-z0-9]*(?: [^<>]*)?/?>")


def reading_minutes(stream: Any) -> int:
    """Returns how long reading a body takes, in whole minutes, at least one."""
    words = sum(map(_words_in, texts_in(stream)))
    return max(1, math.ceil(words / WORDS_PER_MINUTE))


def _words_in(text: str) -> int:
    """Counts the words of a text; what editors write needs no parser to be freed of its tags."""
    plain = _TAG.sub("", text)
    return len((strip_tags(plain) if "<" in plain else plain).split())


def load_bodies(streams: Sequence[Any]) -> list[Any]:
    """Returns the public bodies of one page type with all that they show, loaded kind by kind.

    Inside the same ``remembering()`` they are rendered without a query.
    """
    bodies = public_streams(streams)
    images = (image for body in bodies for image in images_in(body))
    prefetch_pictures(images, *BODY_SIZES)
    load_links(text for stream in streams for text in texts_in(stream))
    public_among(file for body in bodies for file in records_in(body, get_document_model()))
    return bodies


def pages_linked_in(stream: Any) -> set[int]:
    """Returns the primary keys of the pages that a body links to."""
    return linked_pages(texts_in(stream))


def page_html(stream: Any, context: dict[str, Any]) -> str:
    """Renders a body within its page, with its terms; what its links lead to is read at once."""
    frame = context.get("frame")
    with remembering():
        if frame:
            know_versions(frame.sections.further)
        load_links(texts_in(stream))
        html = with_spans(str(stream.render_as_block(context)))
        return with_toggletips(html, frame.glossary_url if frame else "")


def stream_html(stream: Any, *, language: str, request: HttpRequest | None) -> str:
    """Renders a body in its own language and makes its addresses absolute."""
    with override(language):
        html = with_spans(stream.render_as_block({"request": request, "for_export": True}))
    return html_for_others(html, request)


def html_for_others(html: str, request: HttpRequest | None) -> str:
    """Makes the addresses in what goes to other sites absolute."""
    return absolute_addresses(html, _root_url(request))


def _root_url(request: HttpRequest | None) -> str:
    """Returns the address that the site gives itself, as in the addresses of its pages."""
    site = Site.find_for_request(request) if request is not None else None
    site = site or Site.objects.filter(is_default_site=True).first()
    return f"{site.root_url}/" if site else "/"


def texts_in(stream: Any) -> list[str]:
    """Collects all strings below the ``value`` keys of the stored blocks of a body."""
    return [text for block in stream.raw_data for text in _texts(block["value"])]


def _texts(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, list):
        return [text for item in value for text in _texts(item)]
    if isinstance(value, dict):
        inner = value["value"] if {"type", "value"} <= value.keys() else list(value.values())
        return _texts(inner)
    return []
