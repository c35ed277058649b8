"""The list of events: what is to come first, then the past by year, filtered by links."""

from datetime import date, time
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.events import EventPageFactory, add_events
from tests.factories import CountryFactory, PartnerFactory, TwinningFactory
from tests.sites import SiteTree, translate
from tests.v2v_pages.documents import links, one, read, text_of
from v2v_pages.models import EventIndexPage


@pytest.fixture
def events(site: SiteTree) -> Any:
    """An empty list of events."""
    return add_events(site)


def titles(page: Any) -> list[str]:
    return list(links(page, ".item__title a"))


def choices(page: Any, label: str) -> dict[str, str]:
    """Returns the filters of one group with their addresses; a name ends in its count."""
    for group in page.select(".filters__group"):
        if text_of(one(group, "p")) == label:
            return {text_of(link): link["href"] for link in group.select("a")}
    return {}


@time_machine.travel("2021-05-10T12:00:00+02:00", tick=False)
def test_the_next_event_comes_first_and_the_past_stands_by_year(events: Any) -> None:
    for title, day in (
        ("In June", date(2021, 6, 1)),
        ("Today", date(2021, 5, 10)),
        ("Yesterday", date(2021, 5, 9)),
        ("In 2020", date(2020, 5, 9)),
    ):
        EventPageFactory(parent=events, title=title, starts_on=day)
    EventPageFactory(
        parent=events, title="Lasts", starts_on=date(2021, 4, 1), ends_on=date(2021, 5, 11)
    )
    EventPageFactory(
        parent=events, title="This month", starts_on=date(2021, 5, 2), date_precision="month"
    )

    page = read("/en/events/")

    assert titles(page) == ["Lasts", "This month", "Today", "In June", "Yesterday", "In 2020"]
    assert [text_of(h2) for h2 in page.select("main section h2")] == [
        "Coming events",
        "Past events of 2021",
        "Past events of 2020",
    ]


def test_filters_combine_and_count(events: Any) -> None:
    host = PartnerFactory(short_name="SEDU", slug="sedu")
    pair = TwinningFactory(number=3, european_school=PartnerFactory(short_name="Apro", slug="apro"))
    make = EventPageFactory
    make(parent=events, title="Visit", kind="visit", hosts=[host], twinnings=[pair])
    make(parent=events, title="Meeting", hosts=[host], starts_on=date(2022, 1, 1))
    make(parent=events, title="Start", kind="kick_off", twinnings=[TwinningFactory(number=4)])

    page = read("/en/events/")
    of_host = read("/en/events/partner/sedu/")

    assert choices(page, "Kind")["Kick-off session 1"] == "/en/events/kind/kick-off/"
    assert choices(page, "Year")["2022 1"] == "/en/events/year/2022/"
    assert choices(page, "Twinning")["Twinning 3 1"] == "/en/events/twinning/3/"
    assert "Apro 1" in choices(page, "Partner")
    assert titles(of_host) == ["Meeting", "Visit"]
    assert choices(of_host, "Kind")["Meeting 1"] == "/en/events/kind/meeting/partner/sedu/"
    assert text_of(one(of_host, "h1")) == "Events: SEDU"
    read("/en/events/partner/nobody/", status=404)
    assert EventIndexPage.public_paths() == ["kind/kick-off/", "kind/visit/", "kind/meeting/"]


def test_where_nothing_fits_the_reader_learns_which_filter_to_drop(events: Any) -> None:
    EventPageFactory(parent=events, kind="visit")
    EventPageFactory(parent=events, starts_on=date(2022, 1, 1))

    page = read("/en/events/kind/visit/year/2022/")

    assert text_of(one(page, "p.empty")).startswith("Nothing in this list fits all the filters.")


def test_the_past_goes_on_on_further_pages(events: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(EventIndexPage, "PER_PAGE", 2)
    EventPageFactory(parent=events, coming=True, title="Ahead")
    for _number in range(3):
        EventPageFactory(parent=events)

    first, second = read("/en/events/"), read("/en/events/page/2/")

    assert len(titles(first)) == 3
    assert links(first, ".pn a") == {"Older": "/en/events/page/2/"}
    assert len(titles(second)) == 1
    assert not set(titles(first)) & set(titles(second))
    read("/en/events/page/1/", status=404)
    read("/en/events/page/3/", status=404)


def test_a_list_marks_what_a_reader_must_know(events: Any) -> None:
    EventPageFactory(
        parent=events,
        status="cancelled",
        is_date_assumed=True,
        is_demo_text=True,
        is_online=True,
        starts_at=time(10),
        country=CountryFactory(kosovo=True),
        city="Ferizaj",
    )

    item = one(read("/en/events/"), ".item")

    assert [text_of(mark) for mark in item.select(".mark")] == [
        "Cancelled",
        "date assumed",
        "demo text",
    ]
    assert text_of(one(item, "time")) == "15 March 2021, 10:00 CET"
    assert "Ferizaj, Kosovo*" in text_of(item)
    assert "online" in text_of(item)


def test_readers_get_each_event_once_in_their_best_language(site: SiteTree, events: Any) -> None:
    translate(events, "it", slug="eventi")
    event = EventPageFactory(parent=events, title="Meeting", kind="visit", venue="Hall")
    translate(event, "it", title="Incontro")
    EventPageFactory(parent=events, title="Only English")

    assert sorted(titles(read("/it/eventi/"))) == ["Incontro", "Only English"]
    assert sorted(titles(read("/en/events/"))) == ["Meeting", "Only English"]


def test_a_list_costs_the_same_queries_for_five_events(events: Any) -> None:
    country = CountryFactory(code="IT")

    def event(number: int) -> None:
        EventPageFactory(
            parent=events,
            country=country,
            hosts=[PartnerFactory(slug=f"host-{number}")],
            twinnings=[TwinningFactory(number=number)],
            coming=bool(number % 2),
        )

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            read("/en/events/")
        return len(captured)

    event(1)
    event(2)
    queries()  # the first reader fills caches
    few = queries()
    for number in range(3, 6):
        event(number)

    assert queries() == few


@pytest.mark.parametrize("path", ["/en/", "/en/twinnings/1/"])
def test_next_dates_cost_the_same_queries_for_five(events: Any, path: str) -> None:
    pair = TwinningFactory(number=1)
    country = CountryFactory(code="IT")

    def event() -> None:
        EventPageFactory(parent=events, coming=True, twinnings=[pair], country=country)

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            read(path)
        return len(captured)

    event()
    queries()  # the first reader fills caches
    few = queries()
    for _number in range(4):
        event()

    assert queries() == few


@time_machine.travel("2021-05-10T12:00:00+02:00", tick=False)
def test_the_home_page_has_the_next_events_or_no_section(events: Any) -> None:
    EventPageFactory(parent=events, title="Over", starts_on=date(2021, 5, 9))
    assert "Next events" not in text_of(one(read("/en/"), "main"))

    for day in (14, 11, 13, 12):
        EventPageFactory(parent=events, title=f"On {day} May", starts_on=date(2021, 5, day))

    page = read("/en/")
    assert list(links(page, ".next a")) == ["On 11 May", "On 12 May", "On 13 May"]
    assert links(page, "main a")["All events"] == "/en/events/"


def test_a_twinning_shows_its_visits(events: Any) -> None:
    pair, other = TwinningFactory(number=1), TwinningFactory(number=2)
    EventPageFactory(parent=events, title="Visit", kind="visit", twinnings=[pair])
    EventPageFactory(parent=events, title="Elsewhere", twinnings=[other])

    assert list(links(read("/en/twinnings/1/"), ".steps a")) == ["Visit"]


def test_a_twinning_shows_its_events_as_they_happen_and_marks_where_it_stands(events: Any) -> None:
    pair = TwinningFactory(number=1)
    for title, day, status in [
        ("Return visit", date(2121, 9, 1), "planned"),
        ("Kick-off", date(2021, 3, 15), "confirmed"),
        ("Called off", date(2121, 3, 1), "cancelled"),
        ("First visit", date(2121, 5, 1), "planned"),
        ("Missed", date(2021, 9, 1), "cancelled"),
    ]:
        EventPageFactory(parent=events, title=title, starts_on=day, status=status, twinnings=[pair])

    steps = read("/en/twinnings/1/").select(".steps > li")

    assert [text_of(one(step, "a")) for step in steps] == [
        "Kick-off",
        "Missed",
        "Called off",
        "First visit",
        "Return visit",
    ]
    over = [text_of(one(step, "a")) for step in steps if "this event is over" in text_of(step)]
    assert over == ["Kick-off"]
    here = [text_of(one(step, "a")) for step in steps if step.get("aria-current") == "step"]
    assert here == ["First visit"]


def test_a_twinning_whose_events_are_all_over_stands_nowhere(events: Any) -> None:
    EventPageFactory(parent=events, title="Kick-off", twinnings=[TwinningFactory(number=1)])

    assert read("/en/twinnings/1/").select(".steps [aria-current]") == []


@pytest.mark.parametrize(
    "state",
    [{"draft": True}, {"scheduled": True}, {"expired": True}, {"restriction": "login"}],
    ids=lambda state: next(iter(state)),
)
def test_what_is_not_public_is_in_no_list(events: Any, client: Any, state: dict[str, Any]) -> None:
    pair = TwinningFactory(number=1)
    EventPageFactory(
        parent=events, title="Canary", slug="canary", coming=True, twinnings=[pair], **state
    )

    paths = ("/en/", "/en/events/", "/en/twinnings/1/", "/api/v1/events/", "/feeds/en/events.json")

    for path in paths:
        answer = client.get(path)
        assert answer.status_code == 200
        assert b"canary" not in answer.content.lower(), path
    assert EventIndexPage.public_paths() == []
