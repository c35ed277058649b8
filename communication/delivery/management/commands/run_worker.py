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


def chosen(jobs: list[Job], only: list[str], without: list[str]) -> list[Job]:
    """Returns the jobs that this worker takes on.

    Raises:
        CommandError: when a name is that of no job, or nothing is left.
    """
    names = [job.name for job in jobs]
    if unknown := {*only, *without}.difference(names):
        raise CommandError(
            f"No job is called {', '.join(sorted(unknown))}. There are: {', '.join(names)}."
        )
    left = [job for job in jobs if job.name in (only or names) and job.name not in without]
    if not left:
        raise CommandError("No job is left to run: name others with --only or --without.")
    return left


class Command(BaseCommand):
    """Drains the jobs that ``V2V_WORKER_JOBS`` names.

    Any number of workers may share a PostgreSQL database; SQLite wants one.
    """

    help = (
        "Does what is due, such as scheduled publishing, until SIGTERM or Ctrl-C arrives: "
        "then it finishes the step it is at and ends with status 0."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Adds --once, --poll, --only and --without."""
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
        for option, what in (("--only", "run this job alone"), ("--without", "leave this job out")):
            parser.add_argument(
                option,
                action="append",
                default=[],
                metavar="JOB",
                help=f"{what}; its name is what the worker says when it begins; may be repeated",
            )

    def handle(
        self, *args: Any, once: bool, poll: timedelta, only: list[str], without: list[str], **_: Any
    ) -> None:
        """Runs the worker.

        Raises:
            CommandError: when a job cannot be loaded, when none has the name that was asked for or,
                with --once, when something failed.
        """
        try:
            jobs = load_jobs(getattr(settings, "V2V_WORKER_JOBS", DEFAULT_JOBS))
        except ImproperlyConfigured as error:
            raise CommandError(str(error)) from error
        jobs = chosen(jobs, only, without)
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
