"""Deadlines, counted from the day of departure."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .kinds import DeadlineSide, DeadlineUnit

DAYS_IN: Final = {DeadlineUnit.DAYS: 1, DeadlineUnit.WEEKS: 7}
FIRST_YEAR: Final = 2000
LAST_YEAR: Final = 2199


class DepartureError(ValueError):
    """What was given is no day of departure; the message tells a reader why."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """Until when a step is to be done."""

    amount: int
    unit: DeadlineUnit
    side: DeadlineSide

    @property
    def days(self) -> int:
        """Days from the departure on; less than 0 before it."""
        days = self.amount * DAYS_IN[self.unit]
        return -days if self.side == DeadlineSide.BEFORE else days

    def on(self, departure: date) -> date:
        """Returns the day for a departure."""
        return departure + timedelta(days=self.days)

    @property
    def label(self) -> str:
        """In words, in the language of the text being written."""
        if not self.amount:
            return _("on the day of departure")
        count = self.amount
        labels = {
            ("days", "before"): ngettext(
                "%(count)s day before departure", "%(count)s days before departure", count
            ),
            ("days", "after"): ngettext(
                "%(count)s day after departure", "%(count)s days after departure", count
            ),
            ("weeks", "before"): ngettext(
                "%(count)s week before departure", "%(count)s weeks before departure", count
            ),
            ("weeks", "after"): ngettext(
                "%(count)s week after departure", "%(count)s weeks after departure", count
            ),
        }
        return labels[self.unit.value, self.side.value] % {"count": count}


def departure_from(text: str) -> date:
    """Returns the day of departure that a reader gave.

    Raises:
        DepartureError: when it is no day, or one too far away.
    """
    try:
        day = date.fromisoformat(text.strip())
    except ValueError:
        message = _("“%(text)s” is no date. Write year, month and day: 2027-03-15.")
        raise DepartureError(message % {"text": text.strip()[:20]}) from None
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        message = _("Give a date between the years %(first)s and %(last)s.")
        raise DepartureError(message % {"first": FIRST_YEAR, "last": LAST_YEAR})
    return day
