"""Runs the worker: what is due is done, until SIGTERM or Ctrl-C."""

from argparse import ArgumentParser, ArgumentTypeError
from contextlib import closing
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError

from ...protocol import Job, load_jobs
from ...services.stopping import StopRequest
from ...services.worker import POLL_EVERY, Worker

DEFAULT_JOBS = ["communication.delivery.jobs.ScheduledPublishing"]
"""What a site drains that has no ``V2V_WORKER_JOBS`` in its settings."""


def seconds(text: str) -> timedelta:
    """Reads a pause from the command line.

    Raises:
        ArgumentTypeError: when it is no number from 0.1 to 3600.
    """
    try:
        value = float(text)
    except ValueError:
        value = 0
    if not 0.1 <= value <= 3600:
        raise ArgumentTypeError(f"{text} is not a number of seconds from 0.1 to 3600")
    return timedelta(seconds=value)


class Command(BaseCommand):
    """Drains the jobs that ``V2V_WORKER_JOBS`` names.

    Any number of workers may share a PostgreSQL database; SQLite wants one.
    """

    help = (
        "Does what is due, such as scheduled publishing, until SIGTERM or Ctrl-C arrives: "
        "then it finishes the step it is at and ends with status 0."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Adds --once and --poll."""
        parser.add_argument(
            "--once",
            action="store_true",
            help="do what is due now and end, with status 1 if something failed (for cron)",
        )
        parser.add_argument(
            "--poll",
            type=seconds,
            default=POLL_EVERY,
            metavar="SECONDS",
            help="how often to look for work that was not foreseen (default: 5)",
        )

    def handle(self, *args: Any, once: bool, poll: timedelta, **options: Any) -> None:
        """Runs the worker.

        Raises:
            CommandError: when a job cannot be loaded or, with --once, when something failed.
        """
        try:
            jobs = load_jobs(getattr(settings, "V2V_WORKER_JOBS", DEFAULT_JOBS))
        except ImproperlyConfigured as error:
            raise CommandError(str(error)) from error
        with closing(StopRequest()) as stop, stop.on_signals():
            worker = Worker(jobs, stop, poll)
            self._drain_once(worker) if once else self._run(worker, jobs)

    def _run(self, worker: Worker, jobs: list[Job]) -> None:
        names = ", ".join(job.name for job in jobs)
        self.stdout.write(f"The worker runs: {names}.")
        self.stdout.flush()
        worker.run()

    def _drain_once(self, worker: Worker) -> None:
        worker.drain()
        errors = [
            f"{progress.job.name}: {progress.last_error}"
            for progress in worker.progress
            if progress.last_error
        ]
        if errors:
            raise CommandError("\n".join(errors))
