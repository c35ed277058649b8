"""What calendars carry of an event for programs that show more than plain text."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from icalendar import Calendar

from tests.events import EventPageFactory, add_events, html_of
from tests.factories import CountryFactory, ImageFactory, ProjectSettingsFactory
from tests.sites import SiteTree
from tests.stories import every_block


def entry_of(event: Any, path: str) -> Any:
    """Returns the only entry of a calendar, which is the event's own or that of all events."""
    response = Client().get(path.format(key=event.translation_key))
    (entry,) = Calendar.from_ical(response.content).events
    return entry


CALENDARS = pytest.mark.parametrize(
    "path", ["/calendars/en/events/{key}.ics", "/calendars/en/events.ics"]
)


@CALENDARS
def test_an_entry_has_the_picture_that_stands_for_the_event(site: SiteTree, path: str) -> None:
    picture = ImageFactory()
    event = EventPageFactory(parent=add_events(site), listing_image=picture)

    image = entry_of(event, path)["IMAGE"]

    rendition = picture.get_rendition("width-1400|format-jpeg")
    assert str(image) == f"http://localhost{rendition.url}"
    assert dict(image.params) == {"VALUE": "URI", "DISPLAY": "FULLSIZE", "FMTTYPE": "image/jpeg"}


@CALENDARS
def test_an_entry_has_the_whole_text_with_all_that_must_stand_beside_it(
    site: SiteTree, path: str
) -> None:
    ProjectSettingsFactory()
    CountryFactory(kosovo=True)
    welcome = {"day": None, "starts_at": None, "ends_at": None, "title": "Welcome", "text": "Tea"}
    event = EventPageFactory(
        parent=add_events(site),
        status="cancelled",
        city="Alba",
        body=every_block(),
        agenda=[("entry", welcome)],
    )

    entry = entry_of(event, path)

    html = html_of(entry)
    assert dict(entry["X-ALT-DESC"].params) == {"LANGUAGE": "en", "FMTTYPE": "text/html"}
    for words in ("this event does not take place", "<dt>When</dt>", "Alba", "We <b>met</b>"):
        assert words in html
    assert (
        html.index("We learned a lot.") < html.index("Welcome") < html.index("Licence: CC BY 4.0")
    )
    for words in ("Funded by the European Union.", "* This designation is without prejudice."):
        assert f'<p lang="en"><small>{words}</small></p>' in html
    assert 'src="http://localhost/media/' in html
    assert "class=" not in html


def test_a_lost_picture_costs_the_entry_its_picture_and_nothing_else(site: SiteTree) -> None:
    picture = ImageFactory()
    event = EventPageFactory(parent=add_events(site), listing_image=picture)
    Path(picture.file.path).unlink()

    entry = entry_of(event, "/calendars/en/events.ics")

    assert "IMAGE" not in entry
    assert str(entry["SUMMARY"]) == event.title
