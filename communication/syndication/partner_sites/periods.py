"""How much the keys of a site were used: by day for a month, by month for a year."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.db.models import Sum

from ..models import ApiKeyUsage, PartnerSite

DAYS: Final = 30
MONTHS: Final = 13
"""With this one, so that a month can be compared with the same one of the year before."""


@dataclass(slots=True)
class Period:
    """A day or a month, by its first day, and what was counted in it."""

    first_day: date
    requests: int = 0
    refused: int = 0
    limited: int = 0

    @property
    def answered(self) -> int:
        """Requests that got what they asked for."""
        return self.requests - self.refused - self.limited

    def add(self, requests: int, refused: int, limited: int) -> None:
        """Adds what was counted on a day."""
        self.requests += requests
        self.refused += refused
        self.limited += limited


@dataclass(frozen=True, slots=True)
class Usage:
    """All periods that are shown, the latest last; also those in which nobody asked."""

    days: list[Period]
    months: list[Period]


def read_usage(partner_site: PartnerSite, today: date) -> Usage:
    """Returns how much the keys of a site were used until ``today``; one query."""
    months = {first: Period(first) for first in _months_until(today)}
    days = {
        today - timedelta(days=back): Period(today - timedelta(days=back)) for back in range(DAYS)
    }
    rows = (
        ApiKeyUsage.objects.filter(
            api_key__partner_site=partner_site, day__gte=min([*months, *days]), day__lte=today
        )
        .values_list("day")
        .annotate(Sum("requests"), Sum("refused"), Sum("limited"))
        .order_by("day")
    )
    for day, *counts in rows:
        months[day.replace(day=1)].add(*counts)
        if day in days:
            days[day].add(*counts)
    return Usage([days[day] for day in sorted(days)], [months[month] for month in sorted(months)])


def _months_until(today: date) -> Iterator[date]:
    """Yields the first days of the months, the latest first."""
    first = today.replace(day=1)
    for _month in range(MONTHS):
        yield first
        first = (first - timedelta(days=1)).replace(day=1)
