"""What readers see now, compared with what the log has told of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from django.db.models import Q
from wagtail.models import Page

from v2v_snippets.publication.published import is_restricted

from .dependants import page_targets, pages_quoting, pages_showing, whole_pages
from .enums import ChangeOperation, ChangeReason
from .models import PublicItem
from .notes import Notes
from .public_items import (
    MANY,
    Extent,
    Items,
    Place,
    batched,
    boundaries_of,
    items_public,
    items_told,
    versions_of,
)
from .record_lists import record_list_types

Told = tuple[PublicItem, ChangeOperation, ChangeReason]
"""An item, what has become of it, and why."""

_SEEN: Final = ("public_id", "locale", "type", "url_path", "title", "next_boundary_at")


@dataclass
class Comparison:
    """The difference between two states of some items."""

    told: Items
    public: Items
    notes: Notes
    changes: list[Told] = field(default_factory=list)

    @property
    def changed_pages(self) -> set[int]:
        """Pages that became visible or hidden, or stand elsewhere."""
        return {
            page
            for page, site in self.told.keys() | self.public.keys()
            if self._address(self.told, page, site) != self._address(self.public, page, site)
        }

    @property
    def renamed_pages(self) -> set[int]:
        """Pages that links show otherwise than before."""
        both = self.told.keys() & self.public.keys()
        titles = {place[0] for place in both if self.told[place].title != self.public[place].title}
        return titles | self.changed_pages

    @property
    def gone(self) -> list[PublicItem]:
        """What nobody can read any more."""
        return [item for place, item in self.told.items() if place not in self.public]

    @property
    def kept(self) -> list[PublicItem]:
        """What is to be kept otherwise than it stands, or for the first time."""
        return [
            item
            for place, item in self.public.items()
            if place not in self.told or _seen(self.told[place]) != _seen(item)
        ]

    @staticmethod
    def _address(items: Items, page: int, site: int) -> str | None:
        item = items.get((page, site))
        return item.url_path if item else None


def compare(notes: Notes, now: datetime, *, tell_all: bool) -> Comparison:
    """Returns what has become of the pages that are noted, and of those that show them.

    Args:
        notes: Where to look.
        now: From when on the next boundary of each item is looked for.
        tell_all: Whether every item is another one, since they carry something that has changed.
    """
    comparison = _compared(notes, is_whole=notes.is_whole or tell_all)
    _set_boundaries(comparison, now)
    reasons = _Reasons(comparison, now)
    for place, item in comparison.told.items():
        if not _is_same(item, comparison.public.get(place)):
            withdrawal = reasons.of_withdrawal(item)
            comparison.changes.append((item, ChangeOperation.DELETE, withdrawal))
    for place, item in comparison.public.items():
        reason = reasons.of_change(place, item)
        if reason is not None:
            comparison.changes.append((item, ChangeOperation.UPSERT, reason))
    if tell_all or _lists_of_records_moved(comparison):
        _tell(comparison, _all_others(comparison))
    else:
        _tell(comparison, _dependants(comparison))
    return comparison


def _compared(notes: Notes, *, is_whole: bool) -> Comparison:
    """Looks at the noted pages, then below those that turn out to be hidden, shown or moved."""
    rooted = Page.objects.filter(pk__in=notes.roots) if not is_whole else Page.objects.none()
    paths = frozenset(rooted.values_list("path", flat=True)) if notes.roots else frozenset()
    extent = Extent(frozenset(notes.pages) | frozenset(notes.roots), paths, is_whole)
    comparison = Comparison(items_told(extent), items_public(extent), notes)
    if not extent.is_everything:
        below = _paths_to_look_below(comparison)
        if below:
            further = Extent(paths=below)
            comparison.told |= items_told(further)
            comparison.public |= items_public(further)
    return comparison


def _paths_to_look_below(comparison: Comparison) -> frozenset[str]:
    notes = comparison.notes
    changed = comparison.changed_pages
    seen = {page for page, _site in comparison.told.keys() | comparison.public.keys()}
    # no item themselves, and yet what they hide or show stands below them
    unseen = Q(pk__in=set(notes.pages) - seen) & (Q(alias_of__isnull=False) | Q(depth=1))
    parents = Page.objects.filter(Q(pk__in=changed) | unseen, numchild__gt=0)
    found = dict(parents.values_list("pk", "path")) if changed or set(notes.pages) - seen else {}
    for page in found:
        is_by_time = notes.pages.get(page) == ChangeReason.EXPIRED
        notes.roots.setdefault(
            page, ChangeReason.EXPIRED if is_by_time else ChangeReason.DEPENDENCY
        )
    return frozenset(found.values())


def _set_boundaries(comparison: Comparison, now: datetime) -> None:
    """Asks the pages that are others than before when time alone changes them next."""
    known = {place: item.next_boundary_at for place, item in comparison.told.items()}
    asked = {
        page
        for page, site in comparison.public
        if (page, site) not in known or page in comparison.notes.pages
    }
    boundaries = boundaries_of(asked, now)
    for place, item in comparison.public.items():
        item.next_boundary_at = boundaries.get(place[0], known.get(place))


class _Reasons:
    """Says of each item why it is another one."""

    def __init__(self, comparison: Comparison, now: datetime) -> None:
        self._told, self._notes, self._now = comparison.told, comparison.notes, now
        self._facts = _facts_of(comparison.changed_pages)
        roots = self._notes.roots
        self._roots = {self._facts[root][0]: roots[root] for root in roots if root in self._facts}
        self._roots |= {
            path: roots[root]
            for root, path in Page.objects.filter(
                pk__in=[root for root in roots if root not in self._facts]
            ).values_list("pk", "path")
        }

    def of_withdrawal(self, item: PublicItem) -> ChangeReason:
        """Returns why nobody can read an item any more."""
        facts = self._facts.get(item.page_id)
        if facts is None:
            return ChangeReason.OWN
        path, expire_at, is_closed = facts
        if is_closed:
            return ChangeReason.RESTRICTED
        if expire_at is not None and expire_at <= self._now:
            return ChangeReason.EXPIRED
        return self._notes.pages.get(item.page_id) or self._by_root(path) or ChangeReason.OWN

    def of_change(self, place: Place, item: PublicItem) -> ChangeReason | None:
        """Returns why an item is another one; None if, as far as it goes by itself, it is none."""
        own = self._notes.pages.get(item.page_id)
        before = self._told.get(place)
        if before is None or not _is_same(before, item):
            return own or self._by_root(self._path(item)) or ChangeReason.OWN
        return ChangeReason.MOVED if before.url_path != item.url_path else own

    def _path(self, item: PublicItem) -> str:
        return self._facts[item.page_id][0] if item.page_id in self._facts else ""

    def _by_root(self, path: str) -> ChangeReason | None:
        above = [root for root in self._roots if path.startswith(root)]
        return self._roots[max(above, key=len)] if above else None


def _facts_of(pages: Iterable[int]) -> dict[int, tuple[str, datetime | None, bool]]:
    """Returns path, expiry, and whether a restriction lies on it or above, of pages that exist."""
    facts: dict[int, tuple[str, datetime | None, bool]] = {}
    for some in batched(pages, MANY):
        rows = Page.objects.filter(pk__in=some).annotate(is_closed=is_restricted()).order_by()
        for pk, *fact in rows.values_list("pk", "path", "expire_at", "is_closed"):
            facts[pk] = (fact[0], fact[1], bool(fact[2]))
    return facts


def _dependants(comparison: Comparison) -> Iterable[PublicItem]:
    """Yields the items that show something that has changed, as the log knows them."""
    notes = comparison.notes
    renamed = comparison.renamed_pages
    public_ids = {
        item.public_id
        for items in (comparison.told, comparison.public)
        for (page, _site), item in items.items()
        if page in renamed
    }
    linked = page_targets(versions_of(renamed, public_ids)) if renamed else set()
    changed = notes.records | linked | whole_pages(notes.pages)
    pages = pages_showing(changed, notes.referrers) if changed or notes.referrers else set()
    pages |= pages_quoting(notes.pages)
    for some in batched(pages, MANY):
        yield from PublicItem.objects.filter(page_id__in=some)


def _all_others(comparison: Comparison) -> Iterable[PublicItem]:
    items: Mapping[Any, PublicItem] = comparison.public
    gone = {item.pk for item in comparison.gone}
    others = (item for item in PublicItem.objects.iterator() if item.pk not in gone)
    return (*items.values(), *others)


def _tell(comparison: Comparison, items: Iterable[PublicItem]) -> None:
    """Adds those of the items of which nothing is told yet."""
    known = {(item.page_id, item.site_id) for item, _operation, _reason in comparison.changes}
    for item in items:
        place = (item.page_id, item.site_id)
        if place not in known:
            known.add(place)
            change = (item, ChangeOperation.UPSERT, ChangeReason.DEPENDENCY)
            comparison.changes.append(change)


def _lists_of_records_moved(comparison: Comparison) -> bool:
    """Tells whether a list has moved whose address is part of that of records everywhere."""
    changed = comparison.changed_pages
    kinds = {
        item.type
        for items in (comparison.told, comparison.public)
        for (page, _site), item in items.items()
        if page in changed
    }
    return not kinds.isdisjoint(record_list_types())


def _is_same(told: PublicItem, now: PublicItem | None) -> bool:
    """Tells whether a page is still the version that it was told to be."""
    return now is not None and (told.public_id, told.locale, told.type) == (
        now.public_id,
        now.locale,
        now.type,
    )


def _seen(item: PublicItem) -> tuple[Any, ...]:
    return tuple(getattr(item, name) for name in _SEEN)
