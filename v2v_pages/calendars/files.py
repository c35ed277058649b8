"""Writes iCalendar files; imported only when one is asked for, since its library is an extra."""

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

from icalendar import Calendar, Event, vText

from .entries import CalendarEntry

PRODUCER: Final = "-//V2V CMS//Calendar//EN"
REFRESHED_AFTER: Final = timedelta(hours=6)
MARGIN: Final = timedelta(days=366)
"""Around the entries: for this long, the file knows the changes of the clock."""

IMAGE: Final = {"VALUE": "URI", "DISPLAY": "FULLSIZE", "FMTTYPE": "image/jpeg"}
"""How RFC 7986 has a picture that stands for an event."""

NOTHING: Final[Mapping[str, str]] = {}

_LINE_BREAKS = re.compile(r"\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_NOT_IN_TEXT = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff\ufeff]")
_NOT_IN_ADDRESSES = re.compile(r"[\s\x00-\x1f\x7f\ud800-\udfff]")


def calendar_file(
    head: Mapping[str, str], language: str, entries: Iterable[CalendarEntry]
) -> bytes:
    """Returns the file of ``write_calendar()``; ``head`` is what it says of itself."""
    entries = list(entries)
    calendar = Calendar()
    calendar.add("prodid", PRODUCER)
    calendar.add("version", "2.0")
    _add_head(calendar, head, language)
    if entries:
        calendar.add("last-modified", max(_utc(entry.last_modified) for entry in entries))
    for entry in entries:
        calendar.add_component(_event(entry, entry.language or language))
    _add_time_zones(calendar, entries)
    content: bytes = calendar.to_ical()
    return content


def plain(text: str) -> str:
    """Returns ``text`` without what no calendar can hold; line breaks become one kind.

    icalendar takes a backslash with N for a line break, and with n for what it is; a byte order
    mark, which nobody sees, it drops at the start of a text.
    """
    return _NOT_IN_TEXT.sub("", _LINE_BREAKS.sub("\n", text)).replace(r"\N", r"\n")


def _add_head(calendar: Calendar, head: Mapping[str, str], language: str) -> None:
    """Names the calendar as RFC 7986 has it, and as programs read it that are older."""
    for name, older, text in (
        ("name", "x-wr-calname", head["name"]),
        ("description", "x-wr-caldesc", head["description"]),
    ):
        _add_text(calendar, name, text, language)
        _add_text(calendar, older, text, language)
    _add_address(calendar, "url", head["url"])
    if head["source"]:
        _add_address(calendar, "source", head["source"], {"VALUE": "URI"})
        calendar.add("refresh-interval", REFRESHED_AFTER, parameters={"VALUE": "DURATION"})
        calendar.add("x-published-ttl", "PT6H")


def _event(entry: CalendarEntry, language: str) -> Event:
    event = Event()
    event.add("uid", plain(entry.uid))
    event.add("dtstamp", _utc(entry.last_modified))
    event.add("last-modified", _utc(entry.last_modified))
    event.add("dtstart", entry.start)
    _add_end(event, entry)
    for name in ("summary", "description", "location"):
        _add_text(event, name, getattr(entry, name), language)
    # Outlook shows it in place of the description
    _add_text(event, "x-alt-desc", entry.html, language, {"FMTTYPE": "text/html"})
    _add_address(event, "url", entry.url)
    _add_address(event, "image", entry.image, IMAGE)
    if entry.categories:
        words = [plain(word) for word in entry.categories]
        event.add("categories", words, parameters={"LANGUAGE": language})
    if entry.status:
        event.add("status", entry.status)
    if entry.sequence:
        event.add("sequence", entry.sequence)
    return event


def _add_end(event: Event, entry: CalendarEntry) -> None:
    """Adds the end, which is no part of the event; whole days leave people free."""
    if isinstance(entry.start, datetime):
        if entry.end is not None:
            event.add("dtend", entry.end)
        return
    last: date = entry.end or entry.start
    event.add("dtend", last + timedelta(days=1))
    event.add("transp", "TRANSPARENT")


def _add_text(
    component: Any, name: str, text: str, language: str, parameters: Mapping[str, str] = NOTHING
) -> None:
    if text:
        component.add(name, vText(plain(text), params={"LANGUAGE": language, **parameters}))


def _add_address(
    component: Any, name: str, address: str, parameters: Mapping[str, str] = NOTHING
) -> None:
    # no address has a backslash (RFC 3986, 2); icalendar reads one with n as a line break here, too
    clean = _NOT_IN_ADDRESSES.sub("", address).replace("\\", "%5C")
    if clean:
        component.add(name, clean, parameters=dict(parameters))


def _add_time_zones(calendar: Calendar, entries: Iterable[CalendarEntry]) -> None:
    """Adds the rules of the clocks that the entries follow, for the time of the entries."""
    moments = [m for e in entries for m in (e.start, e.end) if isinstance(m, datetime)]
    if moments:
        first, last = min(moments).date() - MARGIN, max(moments).date() + MARGIN
        calendar.add_missing_timezones(first, last)


def _utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC)
