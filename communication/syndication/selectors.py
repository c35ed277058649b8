"""Reads the items of a list with all that they show, in queries that do not grow with it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final
from urllib.parse import urljoin

from django.http import Http404, HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import override
from wagtail.models import Page, Site

from v2v_snippets.images import prefetch_pictures
from v2v_snippets.publication.languages import public_versions
from v2v_snippets.publication.listing import Listed, ListedRecord
from v2v_snippets.publication.site_name import site_name
from v2v_snippets.publication.sites import below, roots_of
from v2v_snippets.remembering import remembering

from .choosing import Choice
from .items import IMAGE_SIZE, FeedItem, page_date, printable, write_item, write_record

FEED_LENGTH: Final = 20

NEVER: Final = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Feed:
    """The latest items of one list in one language."""

    title: str
    language: str
    url: str
    home_url: str
    site_name: str
    items: list[FeedItem]
    next_boundary_at: datetime | None
    """When an item changes by the clock alone."""

    @property
    def updated_at(self) -> datetime:
        """When its latest item was last published; an empty feed never changed."""
        return max((item.updated_at for item in self.items), default=NEVER)


def read_feed(request: HttpRequest, choice: Choice) -> Feed:
    """Returns the feed of a list.

    Each page is there once, in the reader's best language.

    Raises:
        Http404: when there is no site at this address.
    """
    site = site_asked(request)
    with remembering():
        pages = latest_pages(choice, site, FEED_LENGTH)
        versions = _load(pages)
        items = [write_item(page, versions[page.translation_key], request) for page in pages]
        items += [write_record(r) for r in latest_records(request, choice, FEED_LENGTH)]
    return Feed(
        title=printable(choice.title),
        language=choice.locale,
        url=urljoin(site.root_url, request.path),
        home_url=home_url(site, choice.locale),
        site_name=site_name(),
        items=items,
        next_boundary_at=next_boundary(pages),
    )


def site_asked(request: HttpRequest) -> Site:
    """Returns the site of the address asked.

    Raises:
        Http404: when there is none.
    """
    site: Site | None = Site.find_for_request(request)
    if site is None:
        raise Http404("There is no site at this address.")
    return site


def latest_pages(choice: Choice, site: Site, number: int) -> list[Any]:
    """Returns the pages of a list that were announced last."""
    here = below(roots_of(site))
    pages: list[Any] = []
    for model in choice.models:
        pages.extend(choice.narrow(model.listed_pages(choice.locale)).filter(here)[:number])
    pages.sort(key=lambda page: (page_date(page), page.pk), reverse=True)
    return pages[:number]


def shown_pages(choice: Choice, site: Site, number: int) -> list[Any]:
    """Returns the pages with which a list begins on another site: of events, the next ones."""
    if len(choice.models) != 1:
        return latest_pages(choice, site, number)
    [model] = choice.models
    pages = choice.narrow(model.shown_pages(choice.locale)).filter(below(roots_of(site)))
    return list(pages[:number])


def latest_records(request: HttpRequest, choice: Choice, number: int) -> list[ListedRecord]:
    """Returns the records of a list that were published last; none of a list of pages."""
    return choice.records.newest(request, choice.locale, number) if choice.records else []


def next_boundary(pages: Sequence[Any]) -> datetime | None:
    """Returns the next moment at which one of these pages changes by the clock alone."""
    boundaries = [page.next_boundary_at for page in pages if page.next_boundary_at]
    return min(boundaries, default=None)


def home_url(site: Site, locale: str) -> str:
    """Returns the absolute address of the home page for readers of ``locale``."""
    try:
        with override(locale):
            return urljoin(site.root_url, reverse("wagtail_serve", args=[""]))
    except NoReverseMatch:
        return urljoin(site.root_url, "/")


def _load(pages: list[Any]) -> dict[Any, list[Page]]:
    """Loads what items show of all ``pages``, kind by kind; returns their versions by key."""
    by_model: dict[type[Listed], list[Any]] = defaultdict(list)
    for page in pages:
        by_model[type(page)].append(page)
    for model, group in by_model.items():
        model.load_bodies(group)
    prefetch_pictures((page.lead_image for page in pages), IMAGE_SIZE)
    return public_versions(page.translation_key for page in pages)
