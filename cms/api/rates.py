"""How many requests a minute: the generic cell rate algorithm, in Django's cache.

For each client the cache holds one number: the moment, in microseconds, at which all that it asked
for would have been asked at an even pace. A request puts that moment off by its share of a minute
and is refused when it would then lie more than a minute ahead. So a whole minute's worth may come
at once, and after that as much as time allows; no window begins at which all clients start again.

The moment is moved by ``incr()``, which Redis and local memory do in one step, so that no request
is lost among processes. An entry lives as long as it says anything. A cache that fails lets
everybody in.
"""

import logging
import time
from contextlib import suppress
from dataclasses import dataclass
from math import ceil
from typing import Final

from django.core.cache import cache

logger = logging.getLogger(__name__)

SECOND: Final = 1_000_000
MINUTE: Final = 60 * SECOND
MOST_PER_MINUTE: Final = 1_000_000
SLACK: Final = 2 * SECOND
"""How long an entry outlives its moment: caches count in whole seconds."""
ATTEMPTS: Final = 3
PAUSE: Final = 5.0
"""Seconds for which a cache that failed is not asked again: nobody waits for it twice."""


@dataclass(frozen=True, slots=True)
class Allowance:
    """What a client has left after a request, in the terms of the headers ``RateLimit-*``."""

    limit: int
    """Requests in a minute."""
    remaining: int
    """How many more may come at once."""
    reset: int
    """Seconds until a whole minute's worth may come at once again."""
    retry_after: int
    """Seconds to wait; 0 when the request was admitted."""

    @property
    def headers(self) -> dict[str, str]:
        """The headers that say so."""
        told = {
            "RateLimit-Limit": str(self.limit),
            "RateLimit-Remaining": str(self.remaining),
            "RateLimit-Reset": str(self.reset),
        }
        return told | ({"Retry-After": str(self.retry_after)} if self.retry_after else {})


class Rates:
    """Counts requests in the cache, for as long as that answers."""

    def __init__(self) -> None:
        self._asked_again_at = 0.0

    def spend(self, name: str, per_minute: int) -> Allowance | None:
        """Counts one request of the client ``name``; None where nothing limits it.

        Args:
            name: Says who it is, to the cache alone.
            per_minute: How many requests are granted; 0 for any number.
        """
        if per_minute <= 0 or time.monotonic() < self._asked_again_at:
            return None
        share = MINUTE // min(per_minute, MOST_PER_MINUTE)
        now = int(time.time() * SECOND)
        try:
            return _spend(f"v2v_api.rate.{name}", share, per_minute, now)
        except Exception:  # whatever a cache raises that is not there
            self._asked_again_at = time.monotonic() + PAUSE
            logger.warning("No cache answers: requests are not limited.", exc_info=True)
            return None


rates: Final = Rates()


def _spend(key: str, share: int, per_minute: int, now: int) -> Allowance | None:
    due = _put_off(key, share, now)
    if due is None:
        return None
    burst = share * per_minute
    too_early = due - now - burst
    if too_early > 0:
        due -= share
        with suppress(ValueError):  # raised where the entry has run out meanwhile
            cache.decr(key, share)
    return Allowance(
        limit=per_minute,
        remaining=min(per_minute - 1, max(0, (burst + now - due) // share)),
        reset=ceil(max(0, due - now) / SECOND),
        retry_after=ceil(max(0, too_early) / SECOND),
    )


def _put_off(key: str, share: int, now: int) -> int | None:
    """Moves the moment of a client by ``share``; None where the cache keeps nothing at all."""
    for _attempt in range(ATTEMPTS):
        try:
            due = cache.incr(key, share)
        except ValueError:
            if cache.add(key, now + share, _life(share)):
                return now + share
            continue  # somebody else was faster: there is an entry now
        if due - share < now - SLACK:
            due = now + share
            cache.set(key, due, _life(share))
        else:
            cache.touch(key, _life(due - now))
        return due
    return None


def _life(ahead: int) -> int:
    """Returns for how many seconds an entry says anything, whose moment is so far ahead."""
    return ceil(min(max(0, ahead), MINUTE) / SECOND) + 1
