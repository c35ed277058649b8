"""The project's dates for other sites."""

from collections.abc import Callable
from datetime import date, time
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cms.api.schemas.lists import EventListSchema
from tests.events import EventPageFactory, add_events
from tests.factories import CountryFactory, PartnerFactory, TwinningFactory
from tests.sites import SiteTree

Get = Callable[..., Any]


@pytest.fixture
def events(tree: SiteTree) -> Any:
    """An empty list of events."""
    return add_events(tree)


def whole_event(events: Any, number: int = 1, **fields: Any) -> Any:
    """Makes an event that has everything."""
    given: dict[str, Any] = {
        "kind": "visit",
        "starts_at": time(10),
        "ends_at": time(12),
        "city": "Ferizaj",
        "country": CountryFactory(kosovo=True),
        "hosts": [PartnerFactory(slug=f"host-{number}")],
        "twinnings": [TwinningFactory(number=number)],
        "agenda": [("entry", {"day": date(2021, 3, 15), "starts_at": time(10), "title": "Plan"})],
    }
    return EventPageFactory(parent=events, **(given | fields))


def test_an_event_says_when_and_where_it_is(get: Get, events: Any) -> None:
    event = whole_event(events, is_date_assumed=True, is_online=True)

    item = get(f"events/{event.translation_key}/").json()

    assert item["type"] == "events"
    assert (item["kind"], item["status"]) == ("visit", "planned")
    assert (item["starts_on"], item["starts_at"], item["ends_at"]) == (
        "2021-03-15",
        "10:00:00",
        "12:00:00",
    )
    assert (item["time_zone"], item["date_precision"]) == ("Europe/Rome", "day")
    assert item["is_date_assumed"] is item["is_online"] is True
    assert item["country"]["name"] == "Kosovo*"
    assert [host["slug"] for host in item["hosts"]] == ["host-1"]
    assert [pair["number"] for pair in item["twinnings"]] == [1]
    assert item["agenda"] == [
        {
            "day": "2021-03-15",
            "starts_at": "10:00:00",
            "ends_at": None,
            "title": "Plan",
            "text": "",
        }
    ]


def test_an_event_says_where_its_calendar_file_is(client: Client, get: Get, events: Any) -> None:
    event = EventPageFactory(parent=events)

    url = get(f"events/{event.translation_key}/", locale="fi").json()["calendar_url"]

    assert urlsplit(url).path == f"/calendars/fi/events/{event.translation_key}.ics"
    assert client.get(urlsplit(url).path).status_code == 200


def test_answers_hold_what_their_schemas_say(get: Get, events: Any) -> None:
    whole_event(events)
    EventPageFactory(parent=events)

    answer = get("events/", fields="*").json()

    assert len(answer["items"]) == 2
    EventListSchema.model_validate(answer, extra="forbid")


def test_filters_combine(get: Get, events: Any) -> None:
    school = PartnerFactory(slug="sedu")
    pair = TwinningFactory(number=3, european_school=school)
    make = EventPageFactory
    make(parent=events, title="Visit", kind="visit", twinnings=[pair], starts_on=date(2021, 9, 1))
    make(parent=events, title="Long", ends_on=date(2021, 3, 25), hosts=[school])
    make(parent=events, title="Off", status="cancelled", starts_on=date(2022, 1, 1))

    def titles(**parameters: Any) -> list[str]:
        return [item["title"] for item in get("events/", **parameters).json()["items"]]

    assert titles() == ["Off", "Visit", "Long"]
    assert titles(order="starts_on") == ["Long", "Visit", "Off"]
    assert titles(kind="visit") == titles(twinning=3) == ["Visit"]
    assert titles(status="cancelled") == ["Off"]
    assert titles(partner="sedu") == ["Visit", "Long"]
    assert titles(**{"from": "2021-03-25"}) == ["Off", "Visit", "Long"]
    assert titles(**{"from": "2021-03-26", "to": "2021-12-31"}) == ["Visit"]
    assert titles(partner="sedu", kind="meeting") == ["Long"]
    assert get("events/", kind="party").status_code == 400
    assert get("events/", **{"from": "soon"}).status_code == 400


def test_a_list_costs_the_same_queries_whatever_its_length(get: Get, events: Any) -> None:
    for number in range(5):
        whole_event(events, number + 1)

    def queries(count: int) -> int:
        get("events/", limit=count)
        with CaptureQueriesContext(connection) as captured:
            assert len(get("events/", limit=count).json()["items"]) == count
        return len(captured)

    assert queries(5) == queries(1)
