"""Which items everybody can read, as the pages say and as the log has told it."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any, Final

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from wagtail.models import Page, Site

from v2v_snippets.publication.published import public_among

from .models import PublicItem

Place = tuple[int, int]
"""Primary keys of a page and of the site on which it stands."""

Items = dict[Place, PublicItem]

MANY: Final = 500
"""From so many pages on, looking at all of them is less work than naming them."""

_COLUMNS: Final = (
    "pk", "translation_key", "locale__language_code", "content_type_id", "url_path", "title",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Extent:
    """The pages to look at: those with these keys, and all at or below these paths."""

    pages: frozenset[int] = frozenset()
    paths: frozenset[str] = frozenset()
    is_whole: bool = False

    @property
    def is_everything(self) -> bool:
        """Whether to look at all pages, asked for or cheaper."""
        return self.is_whole or len(self.pages) + len(self.paths) > MANY

    def condition(self) -> Q:
        """Returns what these pages satisfy."""
        if self.is_everything:
            return Q()
        below = Q()
        for path in self.paths:
            below |= Q(path__startswith=path)
        return Q(pk__in=self.pages) | below if self.paths else Q(pk__in=self.pages)


def items_told(extent: Extent) -> Items:
    """Returns what the log has told of these pages: one query."""
    items = PublicItem.objects.all()
    if not extent.is_everything:
        now_there = Page.objects.filter(extent.condition()).order_by().values("pk")
        items = items.filter(Q(page_id__in=extent.pages) | Q(page_id__in=now_there))
    return {(item.page_id, item.site_id): item for item in items}


def items_public(extent: Extent) -> Items:
    """Returns which of these pages everybody can read now, as rows yet to be kept: three queries.

    Only what stands below the first page of some site can be read at all.
    """
    pages = Page.objects.filter(extent.condition()).order_by()
    public = public_among(pages)
    if not public:
        return {}
    sites: dict[str, list[int]] = {}
    for root in Site.get_site_root_paths():
        sites.setdefault(root.root_path, []).append(root.site_id)
    found: Items = {}
    for row in pages.values_list(*_COLUMNS):
        if row[0] in public:
            items = (_item(row, site) for site in _sites_of(row[4], sites))
            found.update({(item.page_id, item.site_id): item for item in items})
    return found


def boundaries_of(pages: Collection[int], now: datetime) -> dict[int, datetime | None]:
    """Returns when time alone changes each of these pages next: one query, and one a type."""
    boundaries: dict[int, datetime | None] = {}
    for some in batched(pages, MANY):
        by_type: dict[Any, list[int]] = {}
        for page in Page.objects.filter(pk__in=some).only("pk", "content_type"):
            by_type.setdefault(page.specific_class or Page, []).append(page.pk)
        for model, keys in by_type.items():
            rows = model._default_manager.filter(pk__in=keys).defer_streamfields()
            boundaries.update({page.pk: _boundary_of(page, now) for page in rows})
    return boundaries


def versions_of(pages: Iterable[int], public_ids: Iterable[Any]) -> set[int]:
    """Returns these pages with all translations of theirs: one query for some hundreds."""
    found = set(pages)
    for some in batched(set(public_ids), MANY):
        versions = Page.objects.filter(translation_key__in=some).order_by()
        found.update(versions.values_list("pk", flat=True))
    return found


def batched(things: Iterable[Any], size: int) -> Iterator[list[Any]]:
    """Yields lists of at most ``size`` things, as many as a database takes in one query."""
    rest = iter(things)
    while batch := list(islice(rest, size)):
        yield batch


def _item(row: tuple[Any, ...], site: int) -> PublicItem:
    pk, key, locale, content_type, url_path, title = row
    kind = ContentType.objects.get_for_id(content_type)
    return PublicItem(
        page_id=pk,
        site_id=site,
        public_id=key,
        locale=locale,
        type=f"{kind.app_label}.{kind.model}",
        url_path=url_path,
        title=title,
    )


def _sites_of(url_path: str, sites: dict[str, list[int]]) -> set[int]:
    return {site for root, keys in sites.items() if url_path.startswith(root) for site in keys}


def _boundary_of(page: Any, now: datetime) -> datetime | None:
    moments = (getattr(page, "next_boundary_at", None), page.expire_at)
    return min((moment for moment in moments if moment and moment > now), default=None)
