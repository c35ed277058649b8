"""The job protocol: what an app must offer so that the worker drains it.

The worker knows jobs by their dotted names in ``V2V_WORKER_JOBS`` and no app behind them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol, runtime_checkable

from django.core.exceptions import ImproperlyConfigured
from django.utils.module_loading import import_string


@dataclass(frozen=True, slots=True)
class JobResult:
    """What one step of a job did, and when the next is due."""

    done: int = 0
    """How many things were brought to their end."""

    failed: int = 0
    """How many things failed; the job itself sees to it that they are tried again."""

    next_due_at: datetime | None = None
    """When the job has something to do again, as far as it knows; not in the future: at once."""

    error: str = ""
    """The last failure in one line, for operators."""

    in_progress: int = 0
    """How many things are under way, and will be brought to their end by a later step. A job that
    says so waits in its steps itself, for a moment, until one of them has ended."""


@runtime_checkable
class Job(Protocol):
    """Something that is drained: state in the database, work in short steps.

    The worker makes one instance of each job, without arguments, and keeps it while it runs.

    Two attributes are for some jobs alone. One that writes to people or machines outside says
    ``sends = True``: it has no turn while the database is an unadopted copy. One that has things
    under way between its steps has a method ``close()``, which brings them to their end within
    seconds; the worker calls it when it ends.
    """

    name: str
    """Names the job to operators, in words that stay: "scheduled publishing"."""

    def run_due(self, now: datetime) -> JobResult:
        """Does a part of what is due at ``now`` that takes seconds, not minutes.

        A worker is asked to end between steps and gives other jobs their turn, so a job with much
        to do says that it is due at once rather than doing everything. What it raises is logged,
        and it is run again later.
        """


def load_jobs(names: Iterable[str]) -> list[Job]:
    """Makes the jobs with these dotted names.

    Raises:
        ImproperlyConfigured: naming the first that is not there or is not a job.
    """
    return [_load_job(name) for name in names]


def _load_job(name: str) -> Job:
    try:
        factory: Any = import_string(name)
    except ImportError as error:
        raise ImproperlyConfigured(
            f"V2V_WORKER_JOBS names {name}, which cannot be imported: {error}"
        ) from error
    job = factory() if callable(factory) else factory
    if not isinstance(job, Job):
        raise ImproperlyConfigured(
            f"V2V_WORKER_JOBS names {name}, which is no job: it needs a name and run_due(now)."
        )
    return job
