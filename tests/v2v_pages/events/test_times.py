"""When an event takes place: months, whole days, hours on the clock of a place."""

from datetime import date, time
from typing import Any

import pytest

from v2v_pages.events.times import Times, time_zone_choices

FIRST = date(2021, 3, 15)


def times(**fields: Any) -> Times:
    given = {"first": FIRST, "last": None, "starts_at": None, "ends_at": None}
    return Times(**{**given, "zone": "Europe/Rome", "precision": "day", **fields})


@pytest.mark.parametrize(
    ("fields", "english", "italian", "start", "end", "last_day"),
    [
        ({}, "15 March 2021", "15 marzo 2021", "2021-03-15", "", FIRST),
        (
            {"last": date(2021, 3, 25)},
            "15–25 Mar 2021",
            "15–25 mar 2021",
            "2021-03-15",
            "2021-03-25",
            date(2021, 3, 25),
        ),
        (
            {"precision": "month"},
            "March 2021",
            "marzo 2021",
            "2021-03",
            "",
            date(2021, 3, 31),
        ),
        (
            {"starts_at": time(10), "ends_at": time(12)},
            "15 March 2021",
            "15 marzo 2021",
            "2021-03-15T10:00:00+01:00",
            "2021-03-15T12:00:00+01:00",
            FIRST,
        ),
    ],
)
def test_days_are_written_as_exactly_as_they_are_known(
    fields: dict[str, Any], english: str, italian: str, start: str, end: str, last_day: date
) -> None:
    when = times(**fields)

    assert (when.days_in("en"), when.days_in("it")) == (english, italian)
    assert (when.machine_start, when.machine_end) == (start, end)
    assert when.last_day == last_day


def test_hours_name_the_clock_that_they_follow() -> None:
    winter = times(starts_at=time(10), ends_at=time(12))
    summer = times(first=date(2021, 7, 1), starts_at=time(10))

    assert winter.hours_in("en") == "10:00–12:00 CET"
    assert summer.hours_in("en") == "10:00 CEST"
    assert times().hours_in("en") == ""


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"last": date(2021, 3, 14)}, "ends_on"),
        ({"ends_at": time(12)}, "starts_at"),
        ({"starts_at": time(12), "ends_at": time(12)}, "ends_at"),
        ({"starts_at": time(12), "precision": "month"}, "date_precision"),
    ],
)
def test_what_does_not_fit_together_is_named(fields: dict[str, Any], field: str) -> None:
    assert list(times(**fields).errors()) == [field]
    assert times(starts_at=time(12), ends_at=time(9), last=date(2021, 3, 16)).errors() == {}


def test_zones_are_places_of_the_world() -> None:
    names = dict(time_zone_choices())

    assert {"Europe/Sarajevo", "Europe/Helsinki", "UTC"} <= set(names)
    assert not any(name.startswith("Etc/") for name in names)
