"""Calendars as files: any text survives, and nothing in it becomes a line of its own."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from hypothesis import example, given
from hypothesis import strategies as st
from icalendar import Calendar

from tests.events import html_of
from v2v_pages.calendars.entries import CalendarEntry, webcal, write_calendar
from v2v_pages.calendars.files import plain

MOMENT = datetime(2021, 3, 1, 12, tzinfo=UTC)


def written(*entries: CalendarEntry, **head: Any) -> bytes:
    return write_calendar(**{"name": "Dates", "language": "en", "entries": entries, **head})


@given(st.text(min_size=1), st.text())
@example("\ufeff", "\ufeffA date")
def test_any_text_survives(summary: str, description: str) -> None:
    entry = CalendarEntry(
        "1", date(2021, 3, 15), summary, MOMENT, description=description, html=description
    )

    content = written(entry, name=summary)

    calendar: Any = Calendar.from_ical(content)
    (event,) = calendar.events
    assert str(event.get("SUMMARY", "")) == plain(summary)
    assert str(event.get("DESCRIPTION", "")) == plain(description)
    assert html_of(event) == plain(description)
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    assert content.decode()


@given(st.text())
@example("\\n")
def test_no_text_becomes_a_line_of_its_own(text: str) -> None:
    hostile = f"{text}\r\nATTENDEE:mailto:x@example.org\nEND:VEVENT\r{text}"
    entry = CalendarEntry(
        hostile, date(2021, 3, 15), hostile, MOMENT,
        location=hostile, url=hostile, categories=(hostile,), language="en", html=hostile,
        image=hostile,
    )  # fmt: skip

    calendar = Calendar.from_ical(written(entry, url=hostile, source=hostile))

    (event,) = calendar.events
    assert "ATTENDEE" not in event


def test_a_calendar_names_itself_as_new_and_old_programs_read_it() -> None:
    content = written(description="All", url="https://a.example/", source="https://a.example/x.ics")

    calendar: Any = Calendar.from_ical(content)

    assert (str(calendar["NAME"]), str(calendar["X-WR-CALNAME"])) == ("Dates", "Dates")
    assert str(calendar["DESCRIPTION"]) == "All"
    assert calendar["REFRESH-INTERVAL"].dt == timedelta(hours=6)
    assert str(calendar["SOURCE"]) == "https://a.example/x.ics"
    assert str(calendar["URL"]) == "https://a.example/"


def test_the_same_entries_are_the_same_bytes() -> None:
    entry = CalendarEntry("1", date(2021, 3, 15), "Day", MOMENT, sequence=3)

    assert written(entry) == written(entry)
    event: Any = Calendar.from_ical(written(entry)).events[0]
    assert (event["DTSTAMP"].dt, event["SEQUENCE"]) == (MOMENT, 3)


def test_programs_subscribe_by_a_scheme_of_their_own() -> None:
    assert webcal("https://a.example/x.ics") == "webcal://a.example/x.ics"
    assert webcal("/x.ics") == "/x.ics"
