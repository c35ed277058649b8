"""One event as visitors, search engines and feeds read it."""

from datetime import date, time
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.events import EventPageFactory, add_events
from tests.factories import CountryFactory, PartnerFactory, ProjectSettingsFactory, TwinningFactory
from tests.sites import SiteTree, translate
from tests.v2v_pages.documents import links, one, read, text_of
from v2v_pages.models import EventPage


@pytest.fixture
def events(site: SiteTree) -> Any:
    """An empty list of events."""
    return add_events(site)


def whole_event(events: Any, **fields: Any) -> Any:
    """Makes an event that has everything."""
    given: dict[str, Any] = {
        "slug": "session",
        "title": "First session",
        "kind": "kick_off",
        "status": "confirmed",
        "starts_at": time(10),
        "ends_at": time(12),
        "is_online": True,
        "online_url": "https://meet.example/room",
        "venue": "Main hall",
        "city": "Ferizaj",
        "country": CountryFactory(kosovo=True),
        "hosts": [PartnerFactory(short_name="SEDU", slug="sedu", website="https://sedu.example/")],
        "twinnings": [TwinningFactory(number=2)],
        "agenda": [
            ("entry", {"day": None, "starts_at": time(10), "ends_at": None, "title": "The plan"})
        ],
    }
    return EventPageFactory(parent=events, **(given | fields))


def test_an_event_tells_when_where_with_whom_and_what(events: Any) -> None:
    ProjectSettingsFactory()
    whole_event(events)

    page = read("/en/events/session/")

    assert text_of(one(page, ".facts")) == (
        "When 15 March 2021, 10:00–12:00 CET Where Main hall, Ferizaj, Kosovo*;"
        " online (meet.example) Hosts SEDU Status Confirmed; this event is over"
    )
    assert one(page, ".facts time")["datetime"] == "2021-03-15T10:00:00+01:00"
    assert links(page, ".facts a")["SEDU"] == "/en/schools/sedu/"
    assert text_of(one(page, ".steps li")) == "The plan 10:00"
    assert text_of(one(page, "article .tag")) == "Kick-off session"
    assert "Report a mistake" in links(page, ".box--use a")


@pytest.mark.parametrize(
    ("fields", "mark"),
    [
        ({"status": "cancelled"}, "Cancelled: this event does not take place."),
        (
            {"status": "postponed"},
            "Postponed: this event does not take place on the day given here.",
        ),
        (
            {"is_date_assumed": True, "date_precision": "month"},
            "The source gives no exact date: March 2021 is assumed.",
        ),
        ({"is_demo_text": True}, "Demo text: an example that reports nothing."),
    ],
)
def test_an_event_says_what_cannot_be_relied_on(
    events: Any, fields: dict[str, Any], mark: str
) -> None:
    event = EventPageFactory(parent=events, slug="session", **fields)

    assert [text_of(li) for li in read("/en/events/session/").select(".marks li")] == [mark]
    assert [text.text for text in event.listing_marks()] == [mark]


def test_an_event_is_told_to_search_engines(events: Any) -> None:
    data = whole_event(events).structured_data()["mainEntity"]

    assert data == {
        "@type": "BusinessEvent",
        "name": "First session",
        "description": "What stands here, in one sentence.",
        "startDate": "2021-03-15T10:00:00+01:00",
        "endDate": "2021-03-15T12:00:00+01:00",
        "eventStatus": "https://schema.org/EventScheduled",
        "eventAttendanceMode": "https://schema.org/MixedEventAttendanceMode",
        "location": [
            {
                "@type": "Place",
                "name": "Main hall",
                "address": {
                    "@type": "PostalAddress",
                    "addressLocality": "Ferizaj",
                    "addressCountry": "XK",
                },
            },
            {"@type": "VirtualLocation", "url": "https://meet.example/room"},
        ],
        "organizer": [
            {"@type": "EducationalOrganization", "name": "SEDU", "url": "https://sedu.example/"}
        ],
        "inLanguage": "en",
    }


def test_search_engines_hear_no_day_that_is_assumed(events: Any) -> None:
    event = EventPageFactory(parent=events, is_date_assumed=True, status="postponed")

    data = event.structured_data()["mainEntity"]

    assert "startDate" not in data
    assert data["eventStatus"] == "https://schema.org/EventPostponed"
    assert "location" not in data


@time_machine.travel("2021-03-10T12:00:00+01:00", tick=False)
def test_the_clock_alone_makes_an_event_past(events: Any) -> None:
    event = EventPageFactory(parent=events, ends_on=date(2021, 3, 25))

    assert not event.is_past
    assert timezone.localtime(event.next_boundary_at).isoformat()[:16] == "2021-03-26T00:00"
    with time_machine.travel("2021-03-26T00:00:00+01:00", tick=False):
        assert event.is_past
        assert event.next_boundary_at is None


def test_an_address_online_belongs_to_an_event_that_is_online(events: Any) -> None:
    event = EventPageFactory(parent=events)
    event.online_url = "https://meet.example/"
    event.ends_on = date(2021, 3, 1)

    with pytest.raises(ValidationError) as refused:
        event.full_clean()

    assert set(refused.value.message_dict) == {"is_online", "ends_on"}


def test_no_translation_changes_facts(site: SiteTree, events: Any) -> None:
    translation = translate(events, "it", slug="eventi")
    fixed = {
        field.field_name
        for field in EventPage.override_translatable_fields
        if not field.is_overridable(translation)
    }

    assert {"starts_on", "status", "hosts", "twinnings", "time_zone", "online_url"} <= fixed


def test_copies_carry_when_and_where(site: SiteTree, events: Any) -> None:
    translate(events, "it", slug="eventi")
    event = translate(whole_event(events), "it", title="Prima sessione")

    html = event.body_html()

    assert "15 marzo 2021" in html
    assert "Main hall, Ferizaj" in html
    assert "The plan" in html
    assert event.listing_tags != []


def test_a_page_costs_the_same_queries_for_five_hosts(events: Any) -> None:
    event = whole_event(events)

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            read("/en/events/session/")
        return len(captured)

    queries()  # the first reader fills caches
    few = queries()
    for number in range(4):
        event.hosts.add(PartnerFactory(slug=f"host-{number}"))
        event.twinnings.add(TwinningFactory(number=number + 10))
    event.save_revision().publish()

    assert queries() == few
