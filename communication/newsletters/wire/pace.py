"""How fast mail may go: evenly in a minute, and within what a provider allows an hour and a day.

The minute is kept by GCRA, the generic cell rate algorithm: one moment, before which nothing goes,
moves on by the same step with each mail. The quotas of an hour and a day are used up as early as
possible, so that most readers wait for minutes and not for days, and never exceeded in *any* hour
or day. GCRA cannot do both: with a burst as large as the quota it lets twice the quota through in
the first day. So these two are windows that slide in parts, rounded to the safe side.

Pure arithmetic: the present is an argument, and ``services.dispatching.pacing`` keeps the state.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final, Self

A_MINUTE: Final = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Limits:
    """How many mails may go at most; None where it does not matter."""

    per_minute: int | None = None
    per_hour: int | None = None
    per_day: int | None = None

    @property
    def are_none(self) -> bool:
        """Whether mail may go as fast as it can."""
        return self == Limits()


class Window:
    """Mails of the last hour or day, counted in parts of it."""

    def __init__(self, length: timedelta, part: timedelta, counts: Mapping[str, int]) -> None:
        self.length, self.part = length, part
        self.counts = {int(number): count for number, count in sorted(counts.items(), key=_number)}
        self.total = sum(self.counts.values())

    def room(self, limit: int, now: datetime) -> int:
        """Returns how many mails may go now."""
        self._forget(now)
        return max(0, limit - self.total)

    def free_at(self, limit: int, now: datetime) -> datetime:
        """Returns when the next mail may go."""
        self._forget(now)
        excess = self.total - max(limit, 1) + 1
        moment = now
        for number, count in self.counts.items():
            if excess <= 0:
                break
            excess, moment = excess - count, self._over_at(number)
        return moment

    def add(self, number: int, now: datetime) -> None:
        """Counts mails that go now; a negative number takes them back."""
        part = self._part_of(now)
        self.counts[part] = self.counts.get(part, 0) + number
        self.total += number

    def _forget(self, now: datetime) -> None:
        while self.counts:
            oldest = next(iter(self.counts))
            if self._over_at(oldest) > now:
                break
            self.total -= self.counts.pop(oldest)

    def _part_of(self, moment: datetime) -> int:
        return int(moment.timestamp() // self.part.total_seconds())

    def _over_at(self, part: int) -> datetime:
        """Returns when the youngest mail of a part is older than the window."""
        end = datetime.fromtimestamp((part + 1) * self.part.total_seconds(), UTC)
        return end + self.length


class Pace:
    """When the next mail may go, given those that went."""

    def __init__(self, next_at: datetime | None, taken: Mapping[str, Any]) -> None:
        self.next_at = next_at
        self.hour = Window(timedelta(hours=1), timedelta(minutes=1), taken.get("hour", {}))
        self.day = Window(timedelta(days=1), timedelta(minutes=15), taken.get("day", {}))

    @property
    def taken(self) -> dict[str, dict[str, int]]:
        """What is kept of the windows, as JSON."""
        windows = {"hour": self.hour, "day": self.day}
        return {
            name: {str(part): count for part, count in window.counts.items()}
            for name, window in windows.items()
        }

    def copy(self) -> Self:
        """Returns one that can be played through without effect."""
        return type(self)(self.next_at, self.taken)

    def free_at(self, limits: Limits, now: datetime) -> datetime:
        """Returns the first moment, not before now, at which a mail may go."""
        moments = [now]
        if limits.per_minute is not None and self.next_at is not None:
            moments.append(self.next_at)
        if limits.per_hour is not None:
            moments.append(self.hour.free_at(limits.per_hour, now))
        if limits.per_day is not None:
            moments.append(self.day.free_at(limits.per_day, now))
        return max(moments)

    def take(self, wanted: int, limits: Limits, now: datetime) -> int:
        """Takes up to so many mails that go now; returns how many may."""
        if self.free_at(limits, now) > now:
            return 0
        number = wanted if limits.per_minute is None else min(wanted, 1)
        if limits.per_hour is not None:
            number = min(number, self.hour.room(limits.per_hour, now))
        if limits.per_day is not None:
            number = min(number, self.day.room(limits.per_day, now))
        self.note(number, limits, now)
        return number

    def note(self, number: int, limits: Limits, now: datetime) -> None:
        """Counts mails that go now, whether or not they may: those that ask wait the longer."""
        if limits.per_minute is not None:
            # what timedelta rounds off would let one too many into a minute
            step = A_MINUTE / max(limits.per_minute, 1) + timedelta(microseconds=1)
            self.next_at = max(self.next_at or now, now) + number * step
        self._count(number, now)

    def give_back(self, number: int, now: datetime) -> None:
        """Takes back mails that nobody accepted: providers count what they take over.

        The minute is not given back: whoever is asked for too much refuses, and asking on is rude.
        """
        self._count(-number, now)

    def _count(self, number: int, now: datetime) -> None:
        self.hour.add(number, now)
        self.day.add(number, now)


def _number(item: tuple[str, int]) -> int:
    return int(item[0])
