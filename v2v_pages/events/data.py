"""An event in schema.org's vocabulary: https://schema.org/Event."""

from typing import TYPE_CHECKING, Any, Final

from v2v_snippets.enums import DatePrecision, EventKind, EventStatus

from ..structured_data import VOCABULARY, organization_data, without_empty

if TYPE_CHECKING:
    from ..models.events import EventPage

TYPES: Final = {
    EventKind.TRAINING: "EducationEvent",
    EventKind.VISIT: "EducationEvent",
    EventKind.KICK_OFF: "BusinessEvent",
    EventKind.MEETING: "BusinessEvent",
    EventKind.CONFERENCE: "BusinessEvent",
}
STATES: Final = {
    EventStatus.CANCELLED: "EventCancelled",
    EventStatus.POSTPONED: "EventPostponed",
}


def event_data(page: "EventPage") -> dict[str, Any]:
    """Returns what readers see of an event; a day that is assumed is no start to rely on."""
    is_known = page.date_precision == DatePrecision.DAY and not page.is_date_assumed
    times = page.times
    return without_empty(
        {
            "@type": TYPES.get(EventKind(page.kind), "Event"),
            "name": page.title,
            "description": page.summary,
            "startDate": times.machine_start if is_known else "",
            "endDate": times.machine_end if is_known else "",
            "eventStatus": _term(STATES.get(EventStatus(page.status), "EventScheduled")),
            "eventAttendanceMode": attendance_mode(page),
            "location": locations(page),
            "organizer": [organization_data(partner) for partner in page.organisers],
            "inLanguage": page.language,
        }
    )


def attendance_mode(page: "EventPage") -> str:
    """Returns whether people come, call in, or both; "" where neither is known."""
    has_place = bool(page.venue or page.city or page.country_id)
    modes = {
        (True, True): "MixedEventAttendanceMode",
        (True, False): "OnlineEventAttendanceMode",
        (False, True): "OfflineEventAttendanceMode",
    }
    mode = modes.get((page.is_online, has_place))
    return _term(mode) if mode else ""


def locations(page: "EventPage") -> list[dict[str, Any]]:
    """Returns the place and the address online, as far as they are known."""
    found = []
    if page.venue or page.city or page.country:
        code = page.country.code if page.country else ""
        address = {"@type": "PostalAddress", "addressLocality": page.city, "addressCountry": code}
        name = page.venue or page.place
        found.append({"@type": "Place", "name": name, "address": without_empty(address)})
    if page.is_online:
        found.append(without_empty({"@type": "VirtualLocation", "url": page.online_url}))
    return found


def _term(name: str) -> str:
    return f"{VOCABULARY}/{name}"
