"""The loop that drains jobs: each in its turn, whatever happens to the others."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import InterfaceError, OperationalError
from django.utils import timezone

from ..models import BEAT_EVERY
from ..protocol import Job, JobResult
from .backoff import Backoff
from .connections import replace_broken_connections
from .heartbeat import Heartbeat
from .installation import HELD_BACK, sending_is_allowed
from .stopping import StopRequest

logger = logging.getLogger("communication.delivery")

POLL_EVERY: Final = timedelta(seconds=5)
"""How long work that nobody announced, such as a schedule made just now, may lie unseen."""

IDLE_PAUSE: Final = timedelta(milliseconds=100)
"""Shortest pause after a step that did nothing, so that no job can make the loop spin."""

AFTER_ERROR: Final = Backoff(timedelta(seconds=5), longest=timedelta(minutes=5))
AFTER_OUTAGE: Final = Backoff(timedelta(seconds=1), longest=timedelta(seconds=15))
"""Databases come back, and readers should not wait for minutes after that."""

ERROR_LENGTH: Final = 500


@dataclass
class JobProgress:
    """What one job did in this process and when its next turn is."""

    job: Job
    due_at: datetime
    failures: int = 0
    """Steps in a row that raised."""
    done: int = 0
    failed: int = 0
    last_run_at: datetime | None = None
    last_error: str = ""
    last_error_at: datetime | None = None
    in_progress: int = 0
    """Things under way when its last step ended."""

    def note_result(self, result: JobResult, now: datetime, poll: timedelta) -> None:
        """Counts what a step did, and sets the next turn: when it is due, at the latest by poll."""
        self.failures = 0
        self.last_run_at = now
        self.done += result.done
        self.failed += result.failed
        if result.error:
            self.last_error, self.last_error_at = result.error[:ERROR_LENGTH], now
        # apps that know nothing of this one have results of their own, with what they need
        self.in_progress = getattr(result, "in_progress", 0)
        soonest = now if result.done or self.in_progress else now + IDLE_PAUSE
        latest = now if self.in_progress else now + poll
        self.due_at = max(soonest, min(result.next_due_at or latest, latest))

    def note_error(self, error: Exception, now: datetime) -> None:
        """Counts a step that raised, and puts the next turn off."""
        self.failures += 1
        self.last_run_at = self.last_error_at = now
        self.last_error = f"{type(error).__name__}: {error}"[:ERROR_LENGTH]
        outage = isinstance(error, OperationalError | InterfaceError)
        self.due_at = now + (AFTER_OUTAGE if outage else AFTER_ERROR).delay(self.failures)

    def as_json(self) -> dict[str, Any]:
        """Returns what operators want to know, with times in ISO 8601."""
        return {
            "done": self.done,
            "failed": self.failed,
            "last_run_at": self.last_run_at and self.last_run_at.isoformat(),
            "last_error": self.last_error,
            "last_error_at": self.last_error_at and self.last_error_at.isoformat(),
            "next_run_at": self.due_at.isoformat(),
        }


@dataclass
class Worker:
    """Drains jobs until it is asked to stop."""

    jobs: Sequence[Job]
    stop: StopRequest
    poll: timedelta = POLL_EVERY
    progress: list[JobProgress] = field(init=False)

    def __post_init__(self) -> None:
        now = timezone.now()
        self.progress = [JobProgress(job, now) for job in self.jobs]

    def run(self) -> None:
        """Drains until stopped, with a sign of life every 15 seconds and after all it does.

        Between two rounds it waits until the next job is due. It survives an outage of the
        database: what cannot be done is done later.
        """
        heartbeat = Heartbeat()
        heartbeat.beat(self._report())
        try:
            while not self.stop.is_set:
                something_happened = self.run_round()
                if something_happened or heartbeat.is_due:
                    heartbeat.beat(self._report())
                self.stop.wait(self._seconds_until_next())
        finally:
            self._close_jobs()
            heartbeat.sign_off()

    def drain(self) -> None:
        """Runs what is due until nothing is, and leaves no sign of life: for cron and tests."""
        try:
            while not self.stop.is_set and self._due():
                self.run_round()
        finally:
            self._close_jobs()

    def run_round(self) -> bool:
        """Gives each job that is due one step; tells whether any did something or failed."""
        before = self._tally()
        for progress in self._due():
            if self.stop.is_set:
                break
            self._run_step(progress)
        return self._tally() != before

    def _due(self) -> list[JobProgress]:
        now = timezone.now()
        return [progress for progress in self.progress if progress.due_at <= now]

    def _run_step(self, progress: JobProgress) -> None:
        replace_broken_connections()
        now = timezone.now()
        try:
            result = self._result_of(progress.job, now)
        except Exception as error:  # whatever a job raises, the others go on
            progress.note_error(error, timezone.now())
            pause = (progress.due_at - timezone.now()).total_seconds()
            logger.exception("%s failed; next try in %.0f s", progress.job.name, pause)
        else:
            progress.note_result(result, timezone.now(), self.poll)

    def _result_of(self, job: Job, now: datetime) -> JobResult:
        if getattr(job, "sends", False) and not sending_is_allowed():
            return JobResult(error=HELD_BACK)
        return job.run_due(now)

    def _close_jobs(self) -> None:
        """Lets jobs bring to an end what is under way; what fails then is found by its lease."""
        for progress in self.progress:
            try:
                getattr(progress.job, "close", lambda: None)()
            except Exception:  # the others are to be closed, too
                logger.exception("%s could not end in order", progress.job.name)

    def _seconds_until_next(self) -> float:
        moments = [timezone.now() + BEAT_EVERY, *(progress.due_at for progress in self.progress)]
        return (min(moments) - timezone.now()).total_seconds()

    def _report(self) -> dict[str, Any]:
        return {progress.job.name: progress.as_json() for progress in self.progress}

    def _tally(self) -> list[tuple[int, int, int]]:
        return [(progress.done, progress.failed, progress.failures) for progress in self.progress]
