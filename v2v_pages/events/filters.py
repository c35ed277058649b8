"""By what events can be filtered, and in which order a path holds that."""

import re
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from v2v_snippets.enums import EventKind

from ..facets import Facet

if TYPE_CHECKING:
    from ..models.events import EventPage

EVENTS_ROUTE: Final = (
    r"^(?P<filters>(?:(?:kind|year|partner|twinning)/[a-z0-9-]+/){0,4})"
    r"(?:page/(?P<number>[0-9]{1,6})/)?$"
)


def _kind_of(event: "EventPage") -> dict[str, str]:
    return {event.kind: str(event.get_kind_display())}


def _years_of(event: "EventPage") -> dict[str, str]:
    years = range(event.starts_on.year, event.last_day.year + 1)
    return {str(year): str(year) for year in years}


def _partners_of(event: "EventPage") -> dict[str, str]:
    """The hosts, and the schools of the twinnings."""
    schools = [school for pair in event.twinnings.all() for school in pair.schools]
    return {partner.slug: str(partner) for partner in (*event.hosts.all(), *schools)}


def _twinnings_of(event: "EventPage") -> dict[str, str]:
    numbers = [pair.number for pair in event.twinnings.all()]
    return {str(number): _("Twinning %(number)s") % {"number": number} for number in numbers}


EVENT_FACETS: Final = (
    Facet("kind", gettext_lazy("Kind"), _kind_of, dict(EventKind.choices)),
    Facet("year", gettext_lazy("Year"), _years_of, {}),
    Facet("partner", gettext_lazy("Partner"), _partners_of, {}),
    Facet("twinning", gettext_lazy("Twinning"), _twinnings_of, {}),
)
"""The filters of the list, in the order in which a path holds them."""

CALENDAR_FACETS: Final = tuple(facet for facet in EVENT_FACETS if facet.name != "year")
"""Those of calendars: nobody subscribes to a year."""


def without_year(filters: str) -> str:
    """Returns the path of filters as calendars have it."""
    return re.sub(r"year/[0-9]{4}/", "", filters)
