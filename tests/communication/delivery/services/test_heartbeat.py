"""A worker is to be seen while it lives, and for a while after it was killed."""

import os
from contextlib import closing
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from communication.delivery.models import WorkerHeartbeat
from communication.delivery.protocol import JobResult
from communication.delivery.services.stopping import StopRequest
from tests.communication.delivery.services.recorded_jobs import run_until

pytestmark = pytest.mark.django_db


def test_a_running_worker_is_to_be_seen_and_takes_its_row_with_it(stop: StopRequest) -> None:
    seen: list[Any] = []

    def look() -> JobResult:
        seen.extend(WorkerHeartbeat.objects.values("process_id", "jobs"))
        return JobResult(done=2, failed=1, next_due_at=timezone.now(), error="page 7: no slug")

    run_until(2, stop, look)

    facts = seen[-1]["jobs"]["counted"]
    assert seen[-1]["process_id"] == os.getpid()
    assert (facts["done"], facts["failed"], facts["last_error"]) == (2, 1, "page 7: no slug")
    assert datetime.fromisoformat(facts["last_run_at"]) <= timezone.now()
    assert not WorkerHeartbeat.objects.exists()


def test_a_worker_whose_row_was_lost_writes_it_again(stop: StopRequest) -> None:
    counts: list[int] = []

    def lose() -> JobResult:
        counts.append(WorkerHeartbeat.objects.count())
        WorkerHeartbeat.objects.all().delete()
        return JobResult(done=1, next_due_at=timezone.now())

    run_until(3, stop, lose)

    assert counts == [1, 1, 1]


def killed_worker(since: timedelta) -> WorkerHeartbeat:
    """What a worker leaves behind that could not say goodbye."""
    then = timezone.now() - since
    return WorkerHeartbeat.objects.create(
        worker_id="5b0d6c9f-6d41-4a5e-9a0c-0c6c3d8d9a51",
        host="lost",
        process_id=1,
        started_at=then,
        beat_at=then,
    )


def test_a_killed_worker_is_silent_for_an_hour_and_then_forgotten(stop: StopRequest) -> None:
    lost = killed_worker(since=timedelta(minutes=59))
    was_alive = lost.is_alive
    run_until(1, stop, JobResult)
    kept = WorkerHeartbeat.objects.filter(host="lost").exists()

    lost.beat_at -= timedelta(minutes=2)
    lost.save()
    with closing(StopRequest()) as stop_again:
        run_until(1, stop_again, JobResult)

    assert not was_alive
    assert kept
    assert not WorkerHeartbeat.objects.filter(host="lost").exists()


def test_a_worker_gives_a_sign_of_life_while_nothing_happens(stop: StopRequest) -> None:
    beats: list[datetime] = []

    def idle() -> JobResult:
        ticking.shift(8)
        beats.extend(WorkerHeartbeat.objects.values_list("beat_at", flat=True))
        return JobResult(next_due_at=timezone.now())

    with time_machine.travel(timezone.now(), tick=True) as ticking:
        run_until(6, stop, idle)

    assert len(set(beats)) == 3
