"""How long to leave alone what has failed."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Backoff:
    """Waits longer after each failure in a row, so that nothing is tried in a busy loop."""

    first: timedelta
    longest: timedelta

    def delay(self, failures: int) -> timedelta:
        """Returns the pause after so many failures in a row (at least 1): it doubles each time."""
        doublings = min(failures - 1, 30)  # far beyond any limit, and no overflow
        return min(self.first * 2**doublings, self.longest)
