"""How a list of pages and a single page are answered, whatever their type."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, Value
from django.db.models.functions import Coalesce
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from wagtail.models import Page, Site
from wagtail.models.sites import SiteRootPath

from v2v_snippets.prepared import prepared
from v2v_snippets.publication.languages import in_language, with_locales
from v2v_snippets.publication.sites import below, roots_of, site_for

from .caching import json_answer
from .filters import EARLIEST, asked_ranges
from .languages import Asked
from .pagination import Order, Pages
from .representation.answer import write_pages
from .representation.kinds import load_specific

MOMENTS: Final = {"updated_at": "last_change", "first_published_at": "first_change"}
"""Columns of the moments that every page has, by the name of the parameter."""

OF_EDITORS: Final = (
    "draft_title", "expired", "go_live_at", "has_unpublished_changes", "latest_revision",
    "latest_revision_created_at", "live_revision", "locked", "locked_at", "locked_by", "numchild",
    "owner",
)  # fmt: skip
"""Columns of pages that no item tells of: a third of them all."""

ARTICLE_COLUMNS: Final = {"published_on": "published_on", "title": "title", **MOMENTS}


@dataclass(frozen=True, eq=False)
class Shelf:
    """The pages of one resource.

    ``name`` is a key by which caches can forget its lists; ``columns`` are those that its lists
    filter and order by, by parameter; ``model`` is what they are read from, and ``types`` are the
    page types where this is not one of them itself.
    """

    name: str
    columns: dict[str, str]
    model: type[Page] = Page
    types: Sequence[type[Page]] = ()

    def public(self, site: Site, asked: Asked) -> Any:
        """Returns the public pages of ``site``, each once, in the best language there is."""
        return public_pages(self.among(site, asked))

    def among(self, site: Site, asked: Asked) -> "Among":
        """Returns where on ``site`` its pages are looked for."""
        roots = tuple(roots_of(site))
        if not roots:
            raise Http404
        kinds = ContentType.objects.get_for_models(*self.types).values()
        types = tuple(sorted(kind.pk for kind in kinds))
        return Among(self.model, types, roots, asked.language, asked.accepts_other)


class Among(NamedTuple):
    """Which public pages are looked at, whatever else is asked of them."""

    model: type[Page]
    types: tuple[int, ...]
    """Content types; none: whatever there is of ``model``."""
    roots: tuple[SiteRootPath, ...]
    language: str
    accepts_other: bool


def public_pages(among: Among, *, now: Any = None) -> Any:
    """Returns those pages, each once, in the best language there is; ``now`` may be a slot."""
    here = below(among.roots)
    if among.types:
        here &= Q(content_type__in=among.types)
    pages = among.model._default_manager.filter(here)
    found = in_language(pages, among.language, fallback=among.accepts_other, now=now)
    return found.defer(*OF_EDITORS).alias(
        last_change=Coalesce("last_published_at", Value(EARLIEST)),
        first_change=Coalesce("first_published_at", Value(EARLIEST)),
    )


@prepared
def _page_with_key(among: Among, *, key: Any, now: Any) -> Any:
    return public_pages(among, now=now).filter(translation_key=key)[:1]


@prepared
def _first_pages(among: Among, order: Order, number: int, *, now: Any) -> Any:
    return order.applied_to(public_pages(among, now=now))[:number]


def site_of(request: HttpRequest) -> Site:
    """Returns the site that a request is for.

    Raises:
        Http404: when there is no site at all.
    """
    site = site_for(request)
    if site is None:
        raise Http404
    return site


def asked_by(parameters: Any) -> Asked:
    """Returns the language that the parameters ask for, and how texts are wanted."""
    return Asked(
        parameters.locale,
        parameters.fallback == "auto",
        include=frozenset(getattr(parameters, "include", ())),
        as_markdown=getattr(parameters, "rich_text", "html") == "markdown",
    )


def answer_list(
    request: HttpRequest, parameters: Any, shelf: Shelf, where: Q | None = None
) -> HttpResponse:
    """Answers one page of a list.

    Args:
        request: The request.
        parameters: Checked parameters of the list.
        shelf: The pages that it lists.
        where: Further conditions that the parameters ask for.
    """
    site, asked = site_of(request), asked_by(parameters)
    order = Order.named(parameters.order, shelf.columns)
    ranges = asked_ranges(parameters, shelf.columns)
    pages = Pages(request, order, parameters.limit, parameters.cursor)
    if where or ranges or parameters.cursor:
        public = shelf.public(site, asked).filter(where or Q(), **ranges)
        rows, further = pages.page(public)
    else:
        now, number = timezone.now(), parameters.limit + 1
        rows, further = pages.cut(_first_pages(shelf.among(site, asked), order, number, now=now))
    found = specific_pages(rows)
    items = write_pages(
        found,
        parameters.fields,
        request=request,
        site=site,
        asked=asked,
    )
    return json_answer(
        {"items": items, "next": further},
        languages=[page.locale.language_code for page in found] or [asked.language],
        keys=[shelf.name, *(cache_key(page) for page in found)],
    )


def answer_item(request: HttpRequest, parameters: Any, shelf: Shelf, key: UUID) -> HttpResponse:
    """Answers one item.

    Raises:
        Http404: when there is no such public page, or none in the language asked for and no other
            one will do.
    """
    site, asked = site_of(request), asked_by(parameters)
    pages = specific_pages(_page_with_key(shelf.among(site, asked), key=key, now=timezone.now()))
    if not pages:
        raise Http404
    [item] = write_pages(
        pages,
        parameters.fields,
        request=request,
        site=site,
        asked=asked,
    )
    return json_answer(
        item,
        languages=[pages[0].locale.language_code],
        keys=[cache_key(pages[0])],
        modified=pages[0].last_published_at,
    )


def cache_key(page: Page) -> str:
    """Returns the key by which caches forget an item."""
    return f"item-{page.translation_key}"


def specific_pages(rows: Sequence[Any]) -> list[Any]:
    """Returns pages as their own types, with locales, in the same order: one query a type."""
    plain: dict[type[Page], list[int]] = defaultdict(list)
    for row in rows:
        if type(row) is Page:
            plain[row.specific_class].append(row.pk)
    specific = {
        page.pk: page for model, keys in plain.items() for page in load_specific(model, keys)
    }
    return with_locales(specific.get(row.pk, row) for row in rows)
