"""What will happen by the clock alone, and what the workers say of themselves."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db.models import Count, Model
from django.utils.dateparse import parse_datetime
from wagtail.models import DraftStateMixin, Page, Revision

from .models import OutgoingQuerySet, WorkerHeartbeat


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
    # Youngest first: an alias has expired itself before its source takes it down as a mere draft
    rows = live.order_by("expire_at", "-pk").values_list("expire_at", "pk")[:limit]
    return [ScheduledChange(due_at, model, pk) for due_at, pk in rows]


def _publications(limit: int) -> list[ScheduledChange]:
    approved = Revision.objects.filter(approved_go_live_at__isnull=False)
    rows = approved.order_by("approved_go_live_at", "pk").values_list("approved_go_live_at", "pk")
    return [ScheduledChange(due_at, Revision, pk) for due_at, pk in rows[:limit]]


@dataclass(frozen=True, slots=True)
class JobReport:
    """What one worker did of one job since it started."""

    worker: WorkerHeartbeat
    job: str
    done: int
    failed: int
    last_run_at: datetime | None
    next_run_at: datetime | None
    last_error: str
    last_error_at: datetime | None

    @property
    def is_alive(self) -> bool:
        """Whether the worker has been heard of lately."""
        return self.worker.is_alive


def job_reports() -> list[JobReport]:
    """Returns a report for each worker and job, the worker heard of last at first; one query."""
    return [
        _job_report(worker, name, facts)
        for worker in WorkerHeartbeat.objects.all()
        for name, facts in sorted(worker.jobs.items())
    ]


def _job_report(worker: WorkerHeartbeat, name: str, facts: dict[str, Any]) -> JobReport:
    def moment(key: str) -> datetime | None:
        return parse_datetime(facts[key]) if facts[key] else None

    return JobReport(
        worker=worker,
        job=name,
        done=facts["done"],
        failed=facts["failed"],
        last_run_at=moment("last_run_at"),
        next_run_at=moment("next_run_at"),
        last_error=facts["last_error"],
        last_error_at=moment("last_error_at"),
    )


def state_counts(rows: OutgoingQuerySet) -> dict[str, int]:
    """Returns how many of ``rows`` are in each state in which there are any; one query."""
    counted = rows.order_by().values_list("state").annotate(number=Count("pk"))
    return dict(counted)
