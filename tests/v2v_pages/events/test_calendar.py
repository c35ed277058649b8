"""Events as calendars: what programs and telephones take over, and what they must never see."""

from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar

from tests.events import EventPageFactory, add_events
from tests.factories import (
    CountryFactory,
    FundingStatementFactory,
    ImageFactory,
    PartnerFactory,
    ProjectSettingsFactory,
    TwinningFactory,
)
from tests.sites import SiteTree, translate
from tests.stories import every_block
from tests.v2v_pages.documents import links, read


@pytest.fixture
def events(site: SiteTree) -> Any:
    """An empty list of events."""
    return add_events(site)


def entries(client: Client, path: str = "/calendars/en/events.ics") -> list[Any]:
    """Returns the entries of a calendar as a program reads them."""
    response = client.get(path)
    assert response.status_code == 200, path
    return list(Calendar.from_ical(response.content).events)


def names(client: Client, path: str = "/calendars/en/events.ics") -> list[str]:
    return [str(entry["SUMMARY"]) for entry in entries(client, path)]


def address(event: Any, locale: str = "en") -> str:
    return f"/calendars/{locale}/events/{event.translation_key}.ics"


def test_a_program_reads_what_the_page_says(client: Client, events: Any) -> None:
    ProjectSettingsFactory()
    funding = FundingStatementFactory()
    event = EventPageFactory(
        parent=events,
        title="First; session, or so",
        slug="session",
        kind="visit",
        status="confirmed",
        starts_at=time(10),
        ends_at=time(12),
        city="Ferizaj",
        country=CountryFactory(kosovo=True),
        hosts=[PartnerFactory(short_name="SEDU")],
        is_online=True,
        online_url="https://meet.example/room",
        funding_statement=funding,
    )

    (entry,) = entries(client, address(event))

    rome = ZoneInfo("Europe/Rome")
    assert entry.start == datetime(2021, 3, 15, 10, tzinfo=rome)
    assert entry.end == datetime(2021, 3, 15, 12, tzinfo=rome)
    assert str(entry["UID"]) == str(event.translation_key)
    assert str(entry["SUMMARY"]) == "First; session, or so"
    assert entry["SUMMARY"].params["LANGUAGE"] == "en"
    assert str(entry["LOCATION"]) == "Ferizaj, Kosovo*; online (https://meet.example/room)"
    assert str(entry["URL"]).endswith("/en/events/session/")
    assert entry["STATUS"] == "CONFIRMED"
    assert entry.categories == ["Professional visit"]
    text = str(entry["DESCRIPTION"])
    assert "Hosts: SEDU" in text
    assert "CC BY 4.0" in text
    assert all(each.text in text for each in (*event.funding_texts(), *event.footnotes()))
    assert event.funding_texts()
    assert event.footnotes()


@pytest.mark.parametrize(("day", "hour"), [(date(2021, 1, 15), 9), (date(2021, 7, 15), 8)])
def test_hours_are_right_in_summer_and_in_winter(
    client: Client, events: Any, day: date, hour: int
) -> None:
    event = EventPageFactory(parent=events, starts_on=day, starts_at=time(10), ends_at=time(11))

    content = client.get(address(event)).content
    entry: Any = Calendar.from_ical(content).events[0]
    (zone,) = Calendar.from_ical(content).timezones

    assert entry.start.astimezone(UTC).hour == hour
    # by the rules in the file itself, for programs that know no zones by their names
    rule = zone.to_tz(lookup_tzid=False)
    local = datetime(day.year, day.month, day.day, 10, tzinfo=rule)
    assert local.astimezone(UTC).hour == hour


def test_whole_days_end_with_the_day_after_as_the_standard_has_it(
    client: Client, events: Any
) -> None:
    EventPageFactory(parent=events, title="Days", ends_on=date(2021, 3, 25))
    EventPageFactory(
        parent=events, title="Month", starts_on=date(2021, 9, 1), date_precision="month"
    )
    EventPageFactory(
        parent=events, title="From", starts_on=date(2022, 1, 1), starts_at=time(9),
        ends_on=date(2022, 1, 3),
    )  # fmt: skip

    spans = {str(e["SUMMARY"]): (e["DTSTART"].dt, e["DTEND"].dt) for e in entries(client)}

    assert spans == {
        "Days": (date(2021, 3, 15), date(2021, 3, 26)),
        "Month": (date(2021, 9, 1), date(2021, 10, 1)),
        "From": (date(2022, 1, 1), date(2022, 1, 4)),
    }


@pytest.mark.parametrize(
    ("fields", "status", "summary"),
    [
        ({}, "TENTATIVE", "Visit"),
        ({"status": "confirmed"}, "CONFIRMED", "Visit"),
        ({"status": "confirmed", "is_date_assumed": True}, "TENTATIVE", "Visit"),
        ({"status": "postponed"}, "CANCELLED", "Postponed: Visit"),
        ({"status": "cancelled"}, "CANCELLED", "Cancelled: Visit"),
    ],
)
def test_calendars_are_told_whether_an_event_takes_place(
    client: Client, events: Any, fields: dict[str, Any], status: str, summary: str
) -> None:
    EventPageFactory(parent=events, title="Visit", **fields)

    (entry,) = entries(client)

    assert (entry["STATUS"], str(entry["SUMMARY"])) == (status, summary)


def test_each_event_is_there_once_in_the_best_language_past_or_coming(
    client: Client, site: SiteTree, events: Any
) -> None:
    past = EventPageFactory(parent=events, title="Past")
    EventPageFactory(parent=events, title="Coming", coming=True)
    translate(events, "it", title="Eventi")
    translate(past, "it", title="Passato", slug="passato")

    assert names(client) == ["Past", "Coming"]
    assert names(client, "/calendars/it/events.ics") == ["Passato", "Coming"]
    assert names(client, address(past, "it")) == ["Passato"]
    assert [e["SUMMARY"].params["LANGUAGE"] for e in entries(client, "/calendars/it/events.ics")] \
        == ["it", "en"]  # fmt: skip
    assert client.get(address(past, "it"))["Content-Language"] == "it"


def test_nothing_hidden_is_in_a_calendar(client: Client, events: Any) -> None:
    hidden = [
        EventPageFactory(parent=events, draft=True),
        EventPageFactory(parent=events, expired=True),
        EventPageFactory(parent=events, scheduled=True),
        EventPageFactory(parent=events, restriction="login"),
    ]

    assert names(client) == []
    assert {client.get(address(event)).status_code for event in hidden} == {404}


def test_calendars_are_filtered_as_the_list_is(client: Client, events: Any) -> None:
    pair = TwinningFactory(number=2)
    EventPageFactory(parent=events, title="Visit", kind="visit", twinnings=[pair])
    EventPageFactory(parent=events, title="Meeting")

    assert names(client, "/calendars/en/kind/visit/events.ics") == ["Visit"]
    assert names(client, "/calendars/en/twinning/2/events.ics") == ["Visit"]
    assert names(client, "/calendars/en/kind/visit/twinning/2/events.ics") == ["Visit"]
    for unknown in ("twinning/2/kind/visit/", "twinning/9/", "kind/party/", "year/2021/"):
        response = client.get(f"/calendars/en/{unknown}events.ics")
        assert (response.status_code, response.content) == (404, b"There is no such calendar.\n")


@pytest.mark.parametrize("path", ["xx/events.ics", "en/news.ics", "en/events/x.ics", ""])
def test_unknown_calendars_are_not_found(client: Client, events: Any, path: str) -> None:
    assert client.get(f"/calendars/{path}").status_code == 404


def test_any_site_and_any_cache_may_keep_a_calendar(client: Client, events: Any) -> None:
    EventPageFactory(parent=events)
    path = "/calendars/en/events.ics"

    first = client.get(path)

    assert first["Content-Type"] == "text/calendar; charset=utf-8"
    assert first["Cache-Control"] == "public, max-age=60"
    assert first["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert first["Content-Language"] == "en"
    assert first["Content-Disposition"] == 'inline; filename="events-en.ics"'
    assert not first.cookies
    with time_machine.travel("2031-01-01", tick=False):
        assert client.get(path).content == first.content
    assert client.get(path, headers={"If-None-Match": first["ETag"]}).status_code == 304
    head = client.head(path)
    assert (head.status_code, head.content) == (200, b"")
    assert head["Content-Length"] == str(len(first.content))
    assert client.post(path).status_code == 405


def test_a_calendar_costs_the_same_queries_whatever_its_length(client: Client, events: Any) -> None:
    def queries() -> int:
        client.get("/calendars/en/events.ics")
        with CaptureQueriesContext(connection) as captured:
            client.get("/calendars/en/events.ics")
        return len(captured)

    def add(number: int) -> None:
        EventPageFactory(
            parent=events,
            country=CountryFactory(),
            hosts=[PartnerFactory()],
            twinnings=[TwinningFactory(number=number)],
            funding_statement=FundingStatementFactory(),
            listing_image=ImageFactory(),
            body=every_block(),
        )

    add(1)
    few = queries()
    for number in range(2, 6):
        add(number)

    assert queries() == few


def test_pages_lead_to_the_calendars(events: Any) -> None:
    event = EventPageFactory(parent=events, slug="session", kind="visit", coming=True)
    EventPageFactory(parent=events)
    calendar = "/calendars/en/events.ics"
    subscribe = "webcal://testserver/calendars/en/events.ics"

    page = read("/en/events/session/")
    box = links(page, ".box--use a")
    assert box["Add to calendar (ICS)"] == address(event)
    assert box["Subscribe to all events"].startswith("webcal://")
    assert box["Follow the feed: Events"] == "/feeds/en/events.atom"
    alternates = [link["href"] for link in page.select('link[type="text/calendar"]')]
    assert alternates == [calendar, address(event)]

    index = links(read("/en/events/"), ".follow a")
    assert index["calendar (ICS)"] == calendar
    assert index["Subscribe in your calendar"] == subscribe
    filtered = links(read("/en/events/kind/visit/"), ".follow a")
    assert filtered == {
        "calendar (ICS)": "/calendars/en/kind/visit/events.ics",
        "Subscribe in your calendar": "webcal://testserver/calendars/en/kind/visit/events.ics",
    }
    assert links(read("/en/"), ".follow a")["Subscribe in your calendar"] == subscribe


@pytest.mark.usefixtures("kept_facts")
def test_a_page_names_the_calendar_once_however_often_it_is_read(events: Any) -> None:
    EventPageFactory(parent=events, slug="session")

    first, second = read("/en/events/session/"), read("/en/events/session/")

    for page in (first, second):
        assert len(page.select('.box--use a[href^="webcal:"]')) == 1
        assert len(page.select('link[href="/calendars/en/events.ics"]')) == 1


def test_the_day_of_an_announcement_is_not_assumed(events: Any) -> None:
    EventPageFactory(parent=events, slug="session", is_date_assumed=True)

    assert "date assumed" not in str(read("/en/events/session/").select(".cite"))
