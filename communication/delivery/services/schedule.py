"""When to try again what did not arrive."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from secrets import SystemRandom

_random = SystemRandom()


@dataclass(frozen=True, slots=True)
class RetrySchedule:
    """The pause after each failed attempt; after the last of them a thing is given up."""

    pauses: tuple[timedelta, ...]
    jitter: float = 0.1
    """How far a pause may be shorter or longer, as a part of it, so that what failed together does
    not come back together."""

    @property
    def attempts(self) -> int:
        """How often a thing is tried at most."""
        return len(self.pauses) + 1

    def next_attempt_at(self, *, attempts: int, now: datetime) -> datetime | None:
        """Returns when to try again after so many attempts; None if it is to be given up."""
        if attempts > len(self.pauses):
            return None
        pause = self.pauses[max(attempts, 1) - 1]
        return now + pause * _random.uniform(1 - self.jitter, 1 + self.jitter)
