"""The jobs that this app brings along for a worker; ``V2V_WORKER_JOBS`` names them."""

from datetime import datetime, timedelta
from typing import Final

from communication.delivery.protocol import JobResult

from .content_version import current_version
from .models import Change
from .services.change_log import record_time
from .services.pruning import KEPT_FOR, prune_changes, prune_deliveries
from .services.usage import forget_old_usage

LOOK_AGAIN_AFTER: Final = timedelta(hours=1)


class ChangesByTime:
    """Records what time alone has changed, the moment that it has."""

    name = "changes by time"

    def run_due(self, now: datetime) -> JobResult:
        """Records what is due; says when the next moment is."""
        if not current_version().is_settled(now) and record_time(now=now):
            return JobResult(done=1, next_due_at=now)
        return JobResult(next_due_at=current_version().next_boundary_at)


class ChangePruning:
    """Forgets changes after 90 days."""

    name = "old changes"

    def run_due(self, now: datetime) -> JobResult:
        """Deletes some of what is due; says when the next change will be."""
        if deleted := prune_changes(now=now):
            return JobResult(done=deleted, next_due_at=now)
        oldest = Change.objects.values_list("recorded_at", flat=True).first()
        return JobResult(next_due_at=oldest + KEPT_FOR if oldest else now + LOOK_AGAIN_AFTER)


class DeliveryPruning:
    """Forgets webhooks 90 days after they ended."""

    name = "old webhooks"

    def run_due(self, now: datetime) -> JobResult:
        """Deletes some of what is due; looks again in an hour."""
        if deleted := prune_deliveries(now=now):
            return JobResult(done=deleted, next_due_at=now)
        return JobResult(next_due_at=now + LOOK_AGAIN_AFTER)


class UsageForgetting:
    """Deletes, once a day, what was counted of keys more than 400 days ago."""

    name = "old usage of keys"

    def run_due(self, now: datetime) -> JobResult:
        """Deletes what is too old; due again tomorrow."""
        done = forget_old_usage(today=now.date())
        return JobResult(done, next_due_at=now + timedelta(days=1))
