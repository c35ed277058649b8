"""The jobs that this app brings along; ``V2V_WORKER_JOBS`` names them."""

import logging
from datetime import datetime, timedelta
from typing import ClassVar, Final

from .protocol import JobResult
from .selectors import ScheduledChange, scheduled_changes
from .services.backoff import Backoff
from .services.scheduled_publishing import apply_scheduled_change

logger = logging.getLogger("communication.delivery")

CHANGES_A_STEP: Final = 10


class ScheduledPublishing:
    """Lets pages and snippets go live and expire at their time.

    An object that cannot be published, because it is no longer valid or a receiver of a signal
    fails, is tried again later and holds up no other.
    """

    name = "scheduled publishing"
    backoff: ClassVar = Backoff(timedelta(seconds=10), longest=timedelta(hours=1))

    def __init__(self) -> None:
        self._put_off: dict[ScheduledChange, tuple[datetime, int]] = {}

    def run_due(self, now: datetime) -> JobResult:
        """Changes up to ten objects; says when the next one is due."""
        changes = scheduled_changes(CHANGES_A_STEP + len(self._put_off) + 1)
        self._put_off = {key: self._put_off[key] for key in changes if key in self._put_off}
        due = [change for change in changes if self._due_at(change) <= now][:CHANGES_A_STEP]
        errors = []
        done = 0
        for change in due:
            try:
                done += apply_scheduled_change(change=change, now=now)
            except Exception as error:  # whatever is wrong with one object, the others go on
                pause = self._put_off_again(change, now)
                logger.exception("%s failed; next try in %s", change, pause)
                errors.append(f"{change}: {error!r}")
        if done or errors:  # what was published may run out already, and more may wait: look again
            next_due_at: datetime | None = now
        else:
            later = (self._due_at(change) for change in changes)
            next_due_at = min((moment for moment in later if moment > now), default=None)
        return JobResult(done, len(errors), next_due_at, errors[-1] if errors else "")

    def _due_at(self, change: ScheduledChange) -> datetime:
        put_off_until, _failures = self._put_off.get(change, (change.due_at, 0))
        return max(change.due_at, put_off_until)

    def _put_off_again(self, change: ScheduledChange, now: datetime) -> timedelta:
        _until, failures = self._put_off.get(change, (now, 0))
        pause = self.backoff.delay(failures + 1)
        self._put_off[change] = now + pause, failures + 1
        return pause
