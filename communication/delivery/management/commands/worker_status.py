"""Tells operators, and whatever watches the site, whether a worker is at work."""

from itertools import groupby
from operator import attrgetter
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from ...models import WorkerHeartbeat
from ...selectors import JobReport, job_reports


class Command(BaseCommand):
    """Prints what the workers did; its status says whether there is one."""

    help = "Lists the workers and their jobs; ends with status 1 if no worker is at work."

    def handle(self, *args: Any, **options: Any) -> None:
        """Prints one line a worker and one a job.

        Raises:
            CommandError: when no worker has given a sign of life in the last minute.
        """
        for worker, reports in groupby(job_reports(), key=attrgetter("worker")):
            state = "at work" if worker.is_alive else "silent"
            self.stdout.write(
                f"{worker}: {state}, started {worker.started_at:%Y-%m-%d %H:%M:%S %Z}, "
                f"last sign of life {worker.beat_at:%Y-%m-%d %H:%M:%S %Z}"
            )
            for report in reports:
                self.stdout.write(f"  {describe(report)}")
        if not WorkerHeartbeat.objects.alive(timezone.now()).exists():
            raise CommandError("No worker is at work: start one with manage.py run_worker.")


def describe(report: JobReport) -> str:
    """Returns what became of a job in one line."""
    line = f"{report.job}: {report.done} done, {report.failed} failed"
    if report.last_error_at:
        line += f"; last error {report.last_error_at:%Y-%m-%d %H:%M:%S %Z}: {report.last_error}"
    return line
