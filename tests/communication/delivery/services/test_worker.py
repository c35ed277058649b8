"""The worker gives each job its turn, whatever the others do."""

from datetime import timedelta

import pytest
import time_machine
from django.db import OperationalError, connection
from django.utils import timezone

from communication.delivery.protocol import JobResult
from communication.delivery.services.stopping import StopRequest
from communication.delivery.services.worker import Worker
from tests.communication.delivery.services.recorded_jobs import RecordedJob, failing

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


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
