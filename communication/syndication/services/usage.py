"""How often keys are used: counted in memory, added to the rows of the day a few times a minute.

A write with every request would let readers wait for whoever writes, on SQLite for all of a long
import. So requests are counted in the process that answers them, and added up after an answer has
gone out. A process that ends forgets what it counted in the ten seconds after its last write.
"""

import logging
from collections import Counter
from datetime import date, timedelta
from threading import Lock
from time import monotonic
from typing import Final

from django.db import DatabaseError, InterfaceError, transaction
from django.db.models import F
from django.utils import timezone

from ..models import ApiKey, ApiKeyUsage

logger = logging.getLogger(__name__)

WRITTEN_EVERY: Final = 10.0
"""Seconds between two writes of one process."""
KEPT: Final = timedelta(days=400)
"""A year can be compared with the one before it."""

REQUESTS: Final = "requests"
REFUSED: Final = "refused"
LIMITED: Final = "limited"


class UsageCounter:
    """What this process has counted and not yet written."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._writing = Lock()
        self._counts: dict[tuple[int, date], Counter[str]] = {}
        self._next_write = 0.0

    def count(self, key_id: int, status: int) -> None:
        """Counts a request with a key that was answered with ``status``."""
        with self._lock:
            counts = self._counts.setdefault((key_id, timezone.localdate()), Counter())
            counts[REQUESTS] += 1
            if status == 429:
                counts[LIMITED] += 1
            elif 400 <= status < 500:
                counts[REFUSED] += 1

    def write_if_due(self) -> None:
        """Writes what was counted, unless this process has just done so."""
        if self._counts and monotonic() >= self._next_write:
            self.write()

    def write(self) -> None:
        """Writes what was counted; what cannot be written is kept for the next time."""
        if not self._writing.acquire(blocking=False):
            return
        try:
            self._next_write = monotonic() + WRITTEN_EVERY
            with self._lock:
                taken, self._counts = self._counts, {}
            for (key_id, day), counts in taken.items():
                self._write_one(key_id, day, counts)
        finally:
            self._writing.release()

    def forget(self) -> None:
        """Forgets what was counted, and that anything was written."""
        with self._lock:
            self._counts, self._next_write = {}, 0.0

    def _write_one(self, key_id: int, day: date, counts: Counter[str]) -> None:
        try:
            add_usage(key_id=key_id, day=day, counts=counts)
        except (DatabaseError, InterfaceError) as error:
            logger.warning("The usage of a key waits to be written: %s", error)
            with self._lock:
                self._counts.setdefault((key_id, day), Counter()).update(counts)


counter: Final = UsageCounter()


@transaction.atomic
def add_usage(*, key_id: int, day: date, counts: Counter[str]) -> None:
    """Adds requests to the row of a key and a day; does nothing for a key that was deleted."""
    keys = ApiKey.objects.filter(pk=key_id)
    keys.exclude(last_used_on__gte=day).update(last_used_on=day)
    rows = ApiKeyUsage.objects.filter(api_key=key_id, day=day)
    added = {name: F(name) + counts[name] for name in (REQUESTS, REFUSED, LIMITED)}
    if not rows.update(**added) and keys.exists():
        # who comes second finds the row of the first
        ApiKeyUsage.objects.bulk_create(
            [ApiKeyUsage(api_key_id=key_id, day=day)], ignore_conflicts=True
        )
        rows.update(**added)


def forget_old_usage(*, today: date) -> int:
    """Deletes what was counted more than 400 days ago; returns how many rows."""
    deleted, _by_model = ApiKeyUsage.objects.before(today - KEPT).delete()
    return deleted
