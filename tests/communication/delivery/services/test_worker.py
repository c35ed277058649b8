"""The worker gives each job its turn, whatever the others do, and ends when it is asked to."""

import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import OperationalError, connection
from django.utils import timezone

from communication.delivery.models import WorkerHeartbeat
from communication.delivery.protocol import JobResult
from communication.delivery.services.stopping import StopRequest
from communication.delivery.services.worker import Worker

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


class RecordedJob:
    """Keeps the moments of its steps, and does in each what the test says."""

    def __init__(self, step: Callable[[], JobResult | None] = JobResult, name: str = "job") -> None:
        self.name = name
        self.step = step
        self.steps: list[datetime] = []

    def run_due(self, now: datetime) -> JobResult:
        self.steps.append(now)
        return self.step() or JobResult()


def failing(error: Exception) -> Callable[[], JobResult]:
    def step() -> JobResult:
        raise error

    return step


@pytest.fixture
def stop() -> Iterator[StopRequest]:
    with closing(StopRequest()) as request:
        yield request


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(timezone.now(), tick=False) as traveller:
        yield traveller


def test_a_job_that_raises_is_put_off_and_the_others_have_their_turn(
    stop: StopRequest, clock: time_machine.Traveller, caplog: pytest.LogCaptureFixture
) -> None:
    bad = RecordedJob(failing(ValueError("no such thing")), name="bad")
    good = RecordedJob(name="good")
    worker = Worker([bad, good], stop)

    for _second in range(16):
        worker.run_round()
        clock.shift(1)

    start = bad.steps[0]
    assert [(step - start).seconds for step in bad.steps] == [0, 5, 15]
    assert [(step - start).seconds for step in good.steps] == [0, 5, 10, 15]
    assert "bad failed; next try in 5 s" in caplog.text
    assert "no such thing" in caplog.text


def test_an_outage_of_the_database_is_tried_again_after_seconds(
    stop: StopRequest, clock: time_machine.Traveller
) -> None:
    job = RecordedJob(failing(OperationalError("the server is starting up")))
    worker = Worker([job], stop)

    for _second in range(60):
        worker.run_round()
        clock.shift(1)

    start = job.steps[0]
    assert [(step - start).seconds for step in job.steps] == [0, 1, 3, 7, 15, 30, 45]


def test_a_job_that_recovers_begins_anew_with_its_pauses(
    stop: StopRequest, clock: time_machine.Traveller
) -> None:
    outcomes = iter([ValueError(), ValueError(), None, ValueError()])

    def step() -> JobResult:
        if error := next(outcomes):
            raise error
        return JobResult(done=1)

    job = RecordedJob(step)
    worker = Worker([job], stop)

    for _second in range(21):
        worker.run_round()
        clock.shift(1)

    progress = worker.progress[0]
    assert len(job.steps) == 4
    assert (progress.done, progress.failures) == (1, 1)


def test_a_job_with_more_to_do_shares_the_worker_with_the_others(stop: StopRequest) -> None:
    order: list[str] = []

    def busy_step() -> JobResult:
        order.append("busy")
        return JobResult(done=1, next_due_at=timezone.now())

    def other_step() -> JobResult:
        order.append("other")
        return JobResult(done=1, next_due_at=timezone.now())

    worker = Worker([RecordedJob(busy_step), RecordedJob(other_step)], stop)
    for _round in range(3):
        worker.run_round()

    assert order == ["busy", "other"] * 3


def test_a_job_that_does_nothing_cannot_make_the_worker_spin(
    stop: StopRequest, clock: time_machine.Traveller
) -> None:
    job = RecordedJob(lambda: JobResult(next_due_at=timezone.now()))
    worker = Worker([job], stop)

    for _millisecond in range(1000):
        worker.run_round()
        clock.shift(0.001)

    assert len(job.steps) <= 10


def test_unforeseen_work_is_seen_at_the_next_poll(
    stop: StopRequest, clock: time_machine.Traveller
) -> None:
    job = RecordedJob(lambda: JobResult(next_due_at=timezone.now() + HOUR))
    worker = Worker([job], stop, poll=timedelta(seconds=3))

    for _second in range(7):
        worker.run_round()
        clock.shift(1)

    assert len(job.steps) == 3


def test_the_worker_wakes_when_the_next_job_is_due(stop: StopRequest) -> None:
    def step() -> JobResult:
        if len(job.steps) == 2:
            stop.set()
        return JobResult(done=1, next_due_at=timezone.now() + timedelta(milliseconds=200))

    job = RecordedJob(step)
    Worker([job], stop, poll=HOUR).run()

    pause = job.steps[1] - job.steps[0]
    assert timedelta(milliseconds=200) <= pause < timedelta(seconds=2)


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


def run_until(moments: int, stop: StopRequest, step: Callable[[], JobResult | None]) -> Worker:
    """Runs a worker whose only job stops it in its last step."""

    def counted_step() -> JobResult | None:
        if len(job.steps) == moments:
            stop.set()
        return step()

    job = RecordedJob(counted_step, name="counted")
    worker = Worker([job], stop)
    worker.run()
    return worker


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


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="a file has no server to lose")
def test_the_worker_survives_the_loss_of_its_connection(stop: StopRequest) -> None:
    answers: list[int] = []

    def step() -> JobResult:
        with connection.cursor() as cursor:
            if not answers:
                answers.append(0)
                cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")
            cursor.execute("SELECT 1")
            answers.append(cursor.fetchone()[0])
        stop.set()
        return JobResult()

    worker = Worker([RecordedJob(step)], stop)
    worker.run()

    assert answers == [0, 1]
    assert "OperationalError" in worker.progress[0].last_error
