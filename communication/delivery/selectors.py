"""What will happen by the clock alone: pages and snippets that go live or expire."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db.models import Model
from wagtail.models import DraftStateMixin, Page, Revision


@dataclass(frozen=True, slots=True)
class ScheduledChange:
    """A moment and what changes at it: an object that expires, or a revision to publish."""

    due_at: datetime
    model: type[Model]
    pk: Any

    def __str__(self) -> str:
        return f"{self.model._meta.label} {self.pk}"


def draftable_models() -> Iterator[type[Model]]:
    """Yields ``Page``, which stands for all its types, and every snippet that can be a draft."""
    yield Page
    for model in apps.get_models():
        if (
            issubclass(model, DraftStateMixin)
            and not issubclass(model, Page)
            and not model._meta.proxy
        ):
            yield model


def scheduled_changes(limit: int) -> list[ScheduledChange]:
    """Returns the next ``limit`` expiries of each model, then the next ``limit`` publications.

    Expiries stand first, as in Wagtail's own command; within each kind the earliest does. One query
    a model and one for all revisions.
    """
    changes = [change for model in draftable_models() for change in _expiries(model, limit)]
    return changes + _publications(limit)


def _expiries(model: type[Model], limit: int) -> list[ScheduledChange]:
    live = model._default_manager.filter(live=True, expire_at__isnull=False)
    rows = live.order_by("expire_at", "pk").values_list("expire_at", "pk")[:limit]
    return [ScheduledChange(due_at, model, pk) for due_at, pk in rows]


def _publications(limit: int) -> list[ScheduledChange]:
    approved = Revision.objects.filter(approved_go_live_at__isnull=False)
    rows = approved.order_by("approved_go_live_at", "pk").values_list("approved_go_live_at", "pk")
    return [ScheduledChange(due_at, Revision, pk) for due_at, pk in rows[:limit]]
