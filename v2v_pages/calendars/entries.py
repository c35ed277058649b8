"""Dates as a calendar that programs and telephones read (iCalendar: RFC 5545, RFC 7986).

The writer needs the extra ``calendar``. A site without it works, and offers no calendars: ask
``can_write_calendars()`` before a link is shown.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from importlib.util import find_spec
from typing import Final, Literal

from django.utils.module_loading import import_string

LIBRARY: Final = "icalendar"
MIME_TYPE: Final = "text/calendar"
CONTENT_TYPE: Final = f"{MIME_TYPE}; charset=utf-8"

EntryStatus = Literal["", "TENTATIVE", "CONFIRMED", "CANCELLED"]
"""How sure it is that an entry takes place; "" says nothing about it."""


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """One event as calendars show it; all texts are in ``language``, and plain but for ``html``."""

    uid: str
    """The same for ever and in all languages, so that calendars replace what they have."""
    start: date | datetime
    """A day, or a moment with its time zone."""
    summary: str
    last_modified: datetime
    """With a time zone. The file says nothing of when it was written, so that it can be cached."""
    end: date | datetime | None = None
    """The last day itself, or the moment of the end; of the same kind as ``start``."""
    language: str = ""
    """BCP 47; empty: that of the calendar."""
    description: str = ""
    html: str = ""
    """The whole text, for programs that show more than ``description``; absolute addresses."""
    image: str = ""
    """Address of a JPEG."""
    location: str = ""
    url: str = ""
    status: EntryStatus = ""
    categories: tuple[str, ...] = ()
    sequence: int = 0
    """Grows with every change that matters to those who come."""


def can_write_calendars() -> bool:
    """Tells whether the extra ``calendar`` is installed."""
    return bool(find_spec(LIBRARY))


def write_calendar(
    *,
    name: str,
    language: str,
    entries: Iterable[CalendarEntry],
    description: str = "",
    url: str = "",
    source: str = "",
) -> bytes:
    """Returns a calendar as a file: the same bytes for the same entries, whenever it is asked.

    Args:
        name: What programs call it.
        language: Of the name, the description and all entries that have none (BCP 47).
        entries: In the order of the file.
        description: What it holds.
        url: Of a page for people.
        source: Where the file itself can be fetched again; empty for what is imported once.

    Raises:
        ImportError: where the extra ``calendar`` is not installed.
    """
    write = import_string("v2v_pages.calendars.files.calendar_file")
    head = {"name": name, "description": description, "url": url, "source": source}
    content: bytes = write(head, language, list(entries))
    return content


def webcal(address: str) -> str:
    """Returns an absolute address with the scheme by which calendar programs subscribe."""
    _scheme, separator, rest = address.partition("://")
    return f"webcal://{rest}" if separator else address
