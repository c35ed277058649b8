"""Turns the clock, runs the job, makes snippets with dates."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

import time_machine
from django.utils import timezone

from communication.delivery.jobs import ScheduledPublishing
from communication.delivery.protocol import JobResult
from tests.communication.delivery.notices.models import Notice

TOMORROW = timedelta(days=1)


@contextmanager
def later(**delta: float) -> Iterator[datetime]:
    """Turns the clock on and lets it stand still."""
    with time_machine.travel(timezone.now() + timedelta(**delta), tick=False):
        yield timezone.now()


def run(job: ScheduledPublishing | None = None) -> JobResult:
    """Runs one step of the job now."""
    return (job or ScheduledPublishing()).run_due(timezone.now())


def drain(job: ScheduledPublishing | None = None) -> None:
    """Runs steps until nothing is due."""
    job = job or ScheduledPublishing()
    while (result := run(job)).next_due_at and result.next_due_at <= timezone.now():
        pass


def scheduled_notice(text: str, **fields: Any) -> Notice:
    """A snippet that goes live tomorrow."""
    notice = Notice.objects.create(
        text=text, live=False, go_live_at=timezone.now() + TOMORROW, **fields
    )
    notice.save_revision().publish()
    return notice


def live_notice(text: str, **fields: Any) -> Notice:
    """A snippet that is to be seen."""
    notice = Notice.objects.create(text=text, live=False, **fields)
    notice.save_revision().publish()
    return Notice.objects.get(pk=notice.pk)
