"""A worker ends when it is asked to: at once if it waits, after its step if it works."""

import os
import signal
import threading
import time
from datetime import timedelta

import pytest
from django.utils import timezone

from communication.delivery.models import WorkerHeartbeat
from communication.delivery.protocol import JobResult
from communication.delivery.services.stopping import StopRequest
from communication.delivery.services.worker import Worker
from tests.communication.delivery.services.recorded_jobs import RecordedJob

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_lets_the_step_finish_and_nothing_else_begin(
    stop: StopRequest, number: signal.Signals
) -> None:
    finished: list[str] = []

    def interrupted_step() -> JobResult:
        os.kill(os.getpid(), number)
        WorkerHeartbeat.objects.count()  # the database is still there
        finished.append("step")
        return JobResult(done=1, next_due_at=timezone.now())

    next_job = RecordedJob(name="next")
    worker = Worker([RecordedJob(interrupted_step), next_job], stop, poll=HOUR)
    with stop.on_signals():
        worker.run()

    assert finished == ["step"]
    assert next_job.steps == []


def test_a_signal_ends_the_wait_at_once(stop: StopRequest) -> None:
    started = time.monotonic()

    with stop.on_signals():
        threading.Timer(0.05, os.kill, [os.getpid(), signal.SIGTERM]).start()
        Worker([RecordedJob()], stop, poll=HOUR).run()

    assert time.monotonic() - started < 5


def test_a_signal_just_before_the_wait_is_not_missed(stop: StopRequest) -> None:
    started = time.monotonic()

    with stop.on_signals():
        for _time in range(200):
            signal.raise_signal(signal.SIGTERM)
            stop.wait(60)

    assert time.monotonic() - started < 5


def test_signals_are_given_back_to_whoever_had_them(stop: StopRequest) -> None:
    before = signal.getsignal(signal.SIGTERM), signal.getsignal(signal.SIGINT)

    with stop.on_signals():
        during = signal.getsignal(signal.SIGTERM)

    assert during != before[0]
    assert (signal.getsignal(signal.SIGTERM), signal.getsignal(signal.SIGINT)) == before
