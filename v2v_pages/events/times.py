"""When an event takes place: a month, whole days, or hours in a time zone."""

import calendar
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from v2v_snippets.enums import DatePrecision
from v2v_snippets.language.formats import clock_span, date_span


def site_time_zone() -> str:
    """Returns the name of the time zone in which the site lives."""
    return str(settings.TIME_ZONE)


def time_zone_choices() -> list[tuple[str, str]]:
    """Returns the places whose clocks an event can follow, by their IANA names."""
    places = (name for name in available_timezones() if "/" in name or name == "UTC")
    return [(name, name) for name in sorted(places) if not name.startswith(("Etc/", "posix/"))]


@dataclass(frozen=True, slots=True)
class Times:
    """First and last day with the hours, as somebody on the spot reads them off the clock."""

    first: date
    last: date | None
    starts_at: time | None
    ends_at: time | None
    zone: str
    precision: str

    @property
    def is_all_day(self) -> bool:
        """Whether no hour is known, or none matters."""
        return self.starts_at is None

    @property
    def last_day(self) -> date:
        """The last day on which it can still take place: of a month, the end."""
        day = self.last or self.first
        if self.precision == DatePrecision.MONTH:
            return day.replace(day=calendar.monthrange(day.year, day.month)[1])
        return day

    @property
    def starts(self) -> datetime | None:
        """The moment of the start; None where no hour is given."""
        return self._moment(self.first, self.starts_at)

    @property
    def ends(self) -> datetime | None:
        """The moment of the end; None where no hour is given."""
        return self._moment(self.last or self.first, self.ends_at) if self.starts_at else None

    @property
    def machine_start(self) -> str:
        """The start as HTML and schema.org write it: as exact as it is known."""
        if self.precision == DatePrecision.MONTH:
            return f"{self.first:%Y-%m}"
        return (self.starts or self.first).isoformat()

    @property
    def machine_end(self) -> str:
        """The end in the same way; "" where none is known."""
        if self.ends:
            return self.ends.isoformat()
        if self.last is None:
            return ""
        return f"{self.last:%Y-%m}" if self.precision == DatePrecision.MONTH else f"{self.last}"

    def days_in(self, language: str) -> str:
        """Writes the days, or months, as briefly as the language allows."""
        only_months = self.precision == DatePrecision.MONTH
        return date_span(self.first, self.last, language, only_months=only_months)

    def hours_in(self, language: str) -> str:
        """Writes the hours with the time zone; "" where none are given."""
        return clock_span(self.starts, self.ends, language) if self.starts else ""

    def errors(self) -> dict[str, Any]:
        """Returns what does not fit together, by field."""
        errors = {}
        last = self.last or self.first
        if last < self.first:
            errors["ends_on"] = _("The end lies before the start.")
        if self.ends_at and not self.starts_at:
            errors["starts_at"] = _("Give the hour of the start, too.")
        elif self.starts_at and self.precision == DatePrecision.MONTH:
            errors["date_precision"] = _("With an hour, the day must be known.")
        elif self.starts and self.ends and self.ends <= self.starts and last == self.first:
            errors["ends_at"] = _("The end lies before the start.")
        return {field: ValidationError(message) for field, message in errors.items()}

    def _moment(self, day: date, hour: time | None) -> datetime | None:
        return datetime.combine(day, hour, ZoneInfo(self.zone)) if hour else None
