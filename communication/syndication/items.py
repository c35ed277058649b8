"""What a feed says of one page, whatever the format: complete, absolute, safe to show anywhere."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, Final
from urllib.parse import urljoin

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import override
from wagtail.models import Page

from v2v_snippets.images import MIME_TYPES, PICTURE_SIZES, renditions_of
from v2v_snippets.publication.elsewhere import html_for_elsewhere
from v2v_snippets.publication.listing import ListedRecord, ListingAuthor, ListingText
from v2v_snippets.publication.urls import full_url_in, root_url

from .companions import CompanionTexts, companions_of, companions_of_records

IMAGE_SIZE: Final = "body"
_IMAGE_SPEC: Final = PICTURE_SIZES[IMAGE_SIZE].specs[-1]
_IMAGE_TYPE: Final = MIME_TYPES[PICTURE_SIZES[IMAGE_SIZE].formats[-1]]

_NOT_IN_XML = re.compile(r"[\x00-\x08\x0B\x0C\x0E-\x1F\uFFFE\uFFFF]")


@dataclass(frozen=True, slots=True)
class FeedImage:
    """The picture of an item; ``size`` in bytes."""

    url: str
    mime_type: str
    size: int


@dataclass(frozen=True, slots=True)
class FeedItem:
    """One page as feeds carry it. Texts are free of what XML cannot hold; ``html`` is sanitised."""

    id: str
    """The same for ever for this text: the page's translation key and the language."""
    url: str
    title: str
    summary: str
    language: str
    html: str
    """The whole text with licence, funding line, disclaimer and footnotes at its end."""
    published_at: datetime
    updated_at: datetime
    authors: list[ListingAuthor]
    tags: list[str]
    image: FeedImage | None
    original_url: str
    """Where the text was first published, if that was elsewhere; "" otherwise."""
    alternates: list[tuple[str, str]]
    """(language, address) of the other versions of the page."""
    texts: CompanionTexts


def write_item(page: Any, versions: Iterable[Page], request: HttpRequest) -> FeedItem:
    """Returns a page of the listing protocol as an item.

    Costs no query for pages that ``read_feed()`` loaded.

    Args:
        page: Of any type that is ``Listed``, with its locale.
        versions: All public versions of the page, with their locales.
        request: Whose site the addresses are on.
    """
    language = page.locale.language_code
    published_at = page_date(page)
    with override(language):
        texts = companions_of(page)
        html = _html(page.body_html(request), page.listing_marks(), texts)
    return FeedItem(
        id=page_id(page),
        url=full_url_in(page, language, request),
        title=printable(page.listing_title),
        summary=printable(page.listing_summary),
        language=language,
        html=html,
        published_at=published_at,
        updated_at=page.last_published_at or published_at,
        authors=[ListingAuthor(printable(a.name), a.url) for a in page.listing_authors],
        tags=[printable(tag) for tag in page.listing_tags],
        image=_image(page.lead_image, request),
        original_url=page.original_url,
        alternates=_alternates(page, versions, request),
        texts=texts,
    )


def write_record(record: ListedRecord) -> FeedItem:
    """Returns a record, such as a concept of the glossary, as an item."""
    with override(record.language):
        texts = companions_of_records(record.language, record.licence_code)
        html = _html(record.body_html, record.marks, texts)
    return FeedItem(
        id=record.id,
        url=record.url,
        title=printable(record.title),
        summary=printable(record.summary),
        language=record.language,
        html=html,
        published_at=record.published_at,
        updated_at=record.updated_at,
        authors=[],
        tags=[printable(tag) for tag in record.tags],
        image=None,
        original_url="",
        alternates=[],
        texts=texts,
    )


def page_id(page: Any) -> str:
    """Returns what a text is known by for ever: the page's translation key and the language."""
    return f"urn:uuid:{page.translation_key}#{page.locale.language_code}"


def page_date(page: Any) -> datetime:
    """Returns when a page was published, as readers are told: its day, in the site's time zone."""
    day: date | None = page.listing_date
    if day is not None:
        return timezone.make_aware(datetime.combine(day, time.min))
    return page.first_published_at or page.last_published_at or timezone.now()


def printable(text: str) -> str:
    """Returns ``text`` without control characters, which no XML document can hold."""
    return _NOT_IN_XML.sub("", text)


def _html(body: str, marks: list[ListingText], texts: CompanionTexts) -> str:
    context = {
        "body": mark_safe(body),  # noqa: S308  (sanitised below, with all the rest)
        "marks": marks,
        "texts": texts,
    }
    html = render_to_string("communication_syndication/item.html", context)
    return printable(html_for_elsewhere(html))


def _alternates(
    page: Page, versions: Iterable[Page], request: HttpRequest
) -> list[tuple[str, str]]:
    others = (version for version in versions if version.pk != page.pk)
    languages = [(other.locale.language_code, other) for other in others]
    return [(code, full_url_in(other, code, request)) for code, other in languages]


def _image(image: Any, request: HttpRequest) -> FeedImage | None:
    renditions = renditions_of(image, [_IMAGE_SPEC]) if image else None
    if not renditions:
        return None
    rendition = renditions[_IMAGE_SPEC]
    try:
        size = rendition.file.size
    except OSError:
        return None
    return FeedImage(urljoin(root_url(request), rendition.url), _IMAGE_TYPE, size)
