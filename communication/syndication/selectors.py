"""Reads the pages of a feed with all that they show, in queries that do not grow with it."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final
from urllib.parse import urljoin

from django.db.models import Q
from django.http import Http404, HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.text import capfirst
from django.utils.translation import override
from wagtail.models import Page, Site

from v2v_snippets.images import prefetch_pictures
from v2v_snippets.language.locales import content_languages
from v2v_snippets.publication.languages import public_versions
from v2v_snippets.publication.listing import Listed, listed_models
from v2v_snippets.publication.site_name import site_name
from v2v_snippets.remembering import remembering

from .items import IMAGE_SIZE, FeedItem, page_date, printable, write_item

FEED_LENGTH: Final = 20
ALL_TYPES: Final = "all"
"""In the place of a type: everything that is listed, in one feed."""

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


def read_feed(request: HttpRequest, locale: str, listing_type: str, tag: str = "") -> Feed:
    """Returns the feed of one type ("news", or "all") for readers of ``locale``.

    Each page is there once, in the reader's best language. With the slug of a ``tag`` only pages
    that have it.

    Raises:
        Http404: when there is no such site, language, type or tag, saying which.
    """
    site = Site.find_for_request(request)
    if site is None:
        raise Http404("There is no site at this address.")
    if locale not in content_languages():
        raise Http404("The site does not speak this language.")
    models = _models(listing_type)
    title = _title(models, listing_type, locale, tag)
    with remembering():
        pages = _latest_pages(models, site, locale, tag)
        versions = _load(pages)
        items = [write_item(page, versions[page.translation_key], request) for page in pages]
    boundaries = [page.next_boundary_at for page in pages if page.next_boundary_at]
    return Feed(
        title=printable(title),
        language=locale,
        url=urljoin(site.root_url, request.path),
        home_url=urljoin(site.root_url, _home_path(locale)),
        site_name=site_name(),
        items=items,
        next_boundary_at=min(boundaries, default=None),
    )


def _models(listing_type: str) -> list[Any]:
    models: list[Any] = list(listed_models())
    if listing_type != ALL_TYPES:
        models = [model for model in models if model.listing_type == listing_type]
    if not models:
        raise Http404("There is no list of this type.")
    return models


def _title(models: list[Any], listing_type: str, locale: str, tag: str) -> str:
    parts = [site_name()]
    if listing_type != ALL_TYPES:
        with override(locale):
            parts.append(str(capfirst(models[0]._meta.verbose_name_plural)))
    if tag:
        names = (model.listing_tag_name(tag) for model in models)
        name = next((name for name in names if name is not None), None)
        if name is None:
            raise Http404("No item has this tag.")
        parts.append(name)
    return " – ".join(parts)


def _latest_pages(models: list[Any], site: Site, locale: str, tag: str) -> list[Any]:
    here = Q(pk__in=[])
    for root in Site.get_site_root_paths():
        if root.site_id == site.pk:
            here |= Q(url_path__startswith=root.root_path)
    pages: list[Any] = []
    for model in models:
        pages.extend(model.listed_pages(locale, tag).filter(here)[:FEED_LENGTH])
    pages.sort(key=lambda page: (page_date(page), page.pk), reverse=True)
    return pages[:FEED_LENGTH]


def _load(pages: list[Any]) -> dict[Any, list[Page]]:
    """Loads what items show of all ``pages``, kind by kind; returns their versions by key."""
    by_model: dict[type[Listed], list[Any]] = defaultdict(list)
    for page in pages:
        by_model[type(page)].append(page)
    for model, group in by_model.items():
        model.load_bodies(group)
    prefetch_pictures((page.lead_image for page in pages), IMAGE_SIZE)
    return public_versions(page.translation_key for page in pages)


def _home_path(locale: str) -> str:
    try:
        with override(locale):
            return reverse("wagtail_serve", args=[""])
    except NoReverseMatch:
        return "/"
