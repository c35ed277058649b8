"""The jobs that this app brings along for a worker; ``V2V_WORKER_JOBS`` names them."""

from datetime import datetime, timedelta

from communication.delivery.protocol import JobResult

from .services.usage import forget_old_usage


class UsageForgetting:
    """Deletes, once a day, what was counted of keys more than 400 days ago."""

    name = "old usage of keys"

    def run_due(self, now: datetime) -> JobResult:
        """Deletes what is too old; due again tomorrow."""
        done = forget_old_usage(today=now.date())
        return JobResult(done, next_due_at=now + timedelta(days=1))
