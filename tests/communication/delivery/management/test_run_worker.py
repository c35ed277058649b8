"""The command that operators and supervisors start."""

import signal
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.utils import timezone
from pytest_django import Settings

from communication.delivery.models import WorkerHeartbeat
from communication.delivery.protocol import JobResult
from tests.communication.delivery.notices.models import Notice
from tests.factories import NewsPageFactory
from tests.sites import build_site
from tests.workers import running_worker, wait_for


class FailingJob:
    """A job that reports what went wrong with one of its things."""

    name = "failing job"

    def run_due(self, now: Any) -> JobResult:
        return JobResult(failed=1, error="page 7: no slug")


class Nameless:
    """Not a job."""


@pytest.mark.django_db
def test_once_publishes_what_is_due_and_leaves_no_sign_of_life() -> None:
    page = NewsPageFactory(parent=build_site().news, scheduled=True)

    with time_machine.travel(timezone.now() + timedelta(days=2)):
        call_command("run_worker", once=True)

    page.refresh_from_db()
    assert page.live
    assert not WorkerHeartbeat.objects.exists()


@pytest.mark.django_db
def test_once_ends_in_failure_when_something_failed(settings: Settings) -> None:
    settings.V2V_WORKER_JOBS = [f"{__name__}.FailingJob"]

    with pytest.raises(CommandError, match="failing job: page 7: no slug"):
        call_command("run_worker", once=True)


@pytest.mark.parametrize("name", ["communication.delivery.jobs.Missing", "nowhere.Job"])
def test_a_job_that_is_not_there_is_named(settings: Settings, name: str) -> None:
    settings.V2V_WORKER_JOBS = [name]

    with pytest.raises(CommandError, match=f"V2V_WORKER_JOBS names {name}, which cannot"):
        call_command("run_worker", once=True)


def test_something_that_is_no_job_is_named(settings: Settings) -> None:
    settings.V2V_WORKER_JOBS = [f"{__name__}.Nameless"]

    with pytest.raises(CommandError, match="Nameless, which is no job"):
        call_command("run_worker", once=True)


class QuietJob:
    """A job that has nothing to do."""

    name = "quiet job"

    def run_due(self, now: Any) -> JobResult:
        return JobResult()


@pytest.fixture
def two_jobs(settings: Settings) -> None:
    """A job that fails whenever it runs, and one that does not."""
    settings.V2V_WORKER_JOBS = [f"{__name__}.FailingJob", f"{__name__}.QuietJob"]


@pytest.mark.django_db
@pytest.mark.usefixtures("two_jobs")
@pytest.mark.parametrize("options", [{"only": ["quiet job"]}, {"without": ["failing job"]}])
def test_a_worker_runs_the_jobs_that_it_was_given(options: dict[str, list[str]]) -> None:
    call_command("run_worker", once=True, **options)

    with pytest.raises(CommandError, match="failing job: page 7"):
        call_command("run_worker", once=True, only=["quiet job", "failing job"])


@pytest.mark.usefixtures("two_jobs")
@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"only": ["quite job"]}, "called quite job. There are: failing job, quiet job."),
        ({"without": ["loud job"]}, "called loud job. There are"),
        ({"only": ["quiet job"], "without": ["quiet job"]}, "No job is left to run"),
    ],
)
def test_a_choice_of_jobs_that_makes_no_sense_is_refused(
    options: dict[str, list[str]], words: str
) -> None:
    with pytest.raises(CommandError, match=words):
        call_command("run_worker", once=True, **options)


@pytest.mark.parametrize("poll", ["0", "-1", "often", "nan", "86400"])
def test_a_senseless_pause_is_refused(poll: str) -> None:
    with pytest.raises(CommandError, match="not a number of seconds"):
        call_command("run_worker", "--once", f"--poll={poll}")


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_is_killed_is_replaced_and_one_that_is_asked_ends_cleanly() -> None:
    with running_worker("--poll=3600") as process:
        wait_for(WorkerHeartbeat.objects.exists)
        process.kill()
        process.wait(10)
        left_by_the_killed = WorkerHeartbeat.objects.count()
    soon = timezone.now() + timedelta(seconds=2)
    notice = Notice.objects.create(text="Soon", live=False, go_live_at=soon)
    notice.save_revision().publish()

    with running_worker("--poll=3600") as process:
        wait_for(Notice.objects.filter(pk=notice.pk, live=True).exists)
        published_at = timezone.now()
        process.send_signal(signal.SIGTERM)
        output = process.communicate(timeout=10)
        took = timezone.now() - published_at

    assert left_by_the_killed == 1
    assert published_at >= soon
    assert (process.returncode, output) == (0, ("", ""))
    assert took < timedelta(seconds=5)
    assert WorkerHeartbeat.objects.count() == left_by_the_killed


@pytest.mark.django_db
def test_status_says_that_nobody_is_at_work() -> None:
    with pytest.raises(CommandError, match="No worker is at work"):
        call_command("worker_status")


@pytest.mark.django_db
def test_status_lists_workers_jobs_and_errors() -> None:
    now = timezone.now()
    facts = {
        "done": 3,
        "failed": 1,
        "last_run_at": now.isoformat(),
        "next_run_at": now.isoformat(),
        "last_error": "page 7: no slug",
        "last_error_at": now.isoformat(),
    }
    WorkerHeartbeat.objects.create(
        worker_id="5b0d6c9f-6d41-4a5e-9a0c-0c6c3d8d9a51",
        host="web1",
        process_id=4711,
        started_at=now,
        beat_at=now,
        jobs={"scheduled publishing": facts},
    )
    output = StringIO()

    call_command("worker_status", stdout=output)

    assert "web1:4711: at work, started" in output.getvalue()
    assert "scheduled publishing: 3 done, 1 failed; last error" in output.getvalue()
    assert "page 7: no slug" in output.getvalue()
