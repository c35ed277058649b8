"""Makes what tests of events need: the list, and events of either side of today."""

import re
from datetime import date
from typing import Any

import factory

from tests.factories import ArticlePageFactory, PageFactory
from tests.sites import SiteTree
from v2v_pages import models as pages


class EventIndexPageFactory(PageFactory):
    """The list of events, in the menu."""

    title = "Events"
    show_in_menus = True

    class Meta:
        model = pages.EventIndexPage


class EventPageFactory(ArticlePageFactory):
    """A meeting of one whole day, long over; the trait ``coming`` is one far ahead.

    ``hosts`` and ``twinnings`` take records.
    """

    title = factory.Sequence(lambda n: f"Event {n}")
    starts_on = date(2021, 3, 15)

    class Meta:
        model = pages.EventPage

    class Params:
        coming = factory.Trait(starts_on=date(2121, 3, 15))


def add_events(site: SiteTree) -> Any:
    """Adds the list to the site, below the home page."""
    return EventIndexPageFactory(parent=site.home)


def html_of(entry: Any) -> str:
    """Returns the HTML of an entry of a calendar; icalendar leaves its escapes to the reader."""
    text = str(entry.get("X-ALT-DESC", ""))
    return re.sub(r"\\([\\;,nN])", lambda m: "\n" if m[1] in "nN" else m[1], text)
