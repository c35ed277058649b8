"""Reads the log of changes: which items have changed between two numbers, each once."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Max

from .enums import ChangeOperation
from .models import THE_VERSION, Change, ContentVersion


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of the log: the changes behind ``since``, up to ``until``, of some items."""

    since: int
    until: int
    site: int
    types: Collection[str]
    """Page types, as Django names them."""
    locale: str = ""
    """The only language that the reader takes; "" for whichever there is."""

    def changes(self) -> Any:
        """Returns the changes in it."""
        return Change.objects.filter(
            site_id=self.site,
            type__in=self.types,
            sequence__gt=self.since,
            sequence__lte=self.until,
        )


@dataclass(frozen=True, slots=True)
class ChangedItem:
    """All that has happened to one item in a stretch."""

    public_id: UUID
    last: Change
    withdrawn: Change | None
    """When a version was last withdrawn that the reader may have had."""


def state_of_log() -> ContentVersion:
    """Returns how far the log has come: one query. Nothing is written where it has not begun."""
    return ContentVersion.objects.filter(pk=THE_VERSION).first() or ContentVersion(
        epoch=UUID(int=0)
    )


def changed_items(stretch: Stretch, *, behind: int, limit: int) -> list[ChangedItem]:
    """Returns the items whose last change comes behind a number, in that order: three queries.

    What was withdrawn is looked for in the whole stretch, whichever part of it was read before.
    """
    changes = stretch.changes()
    by_item = changes.filter(sequence__gt=behind).order_by().values("public_id")
    last = dict(
        by_item.annotate(last=Max("sequence"))
        .order_by("last")
        .values_list("public_id", "last")[:limit]
    )
    withdrawals = changes.filter(public_id__in=last, operation=ChangeOperation.DELETE)
    if stretch.locale:
        withdrawals = withdrawals.filter(locale=stretch.locale)
    by_item = withdrawals.order_by().values("public_id")
    withdrawn = dict(by_item.annotate(last=Max("sequence")).values_list("public_id", "last"))
    told = Change.objects.in_bulk({*last.values(), *withdrawn.values()})
    return [
        ChangedItem(key, told[number], told.get(withdrawn.get(key, 0)))
        for key, number in last.items()
    ]
