"""The demo's events: the dates that the kick-off article gives, as exactly as it gives them."""

import tomllib
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final

from v2v_pages.models import EventPage
from v2v_snippets.models import Twinning

from .identifiers import identifier
from .pages import find_page, publish
from .streams import stream

EVENTS: Final = Path(__file__).parent / "events.toml"
INDEX: Final = "events"
ANNOUNCED_ON: Final = date(2021, 3, 29)
"""The day that is assumed for the article, from which all of it comes."""
HOURS: Final = {"day": None, "starts_at": None, "ends_at": None, "text": ""}


@cache
def content() -> dict[str, Any]:
    """Returns what ``events.toml`` says."""
    return tomllib.loads(EVENTS.read_text(encoding="utf-8"))


def load_events() -> None:
    """Adds and publishes the events below the English list."""
    twinnings = list(Twinning.objects.all())
    for row in content()["events"]:
        add_event(dict(row), twinnings)


def event_names() -> list[str]:
    """Returns the names of the events, which are their slugs in English."""
    return [str(row["slug"]) for row in content()["events"]]


def add_event(fields: dict[str, Any], twinnings: list[Twinning]) -> EventPage:
    """Adds and publishes an event of all pairs."""
    parent, slug = find_page(INDEX), fields["slug"]
    agenda = [("entry", {**HOURS, **entry}) for entry in fields.pop("agenda", ())]
    page = EventPage(
        locale=parent.locale,
        translation_key=identifier("page", slug),
        live=False,
        published_on=ANNOUNCED_ON,
        body=stream(slug, [("paragraph", fields.pop("body"))]),
        agenda=stream(f"{slug}/agenda", agenda),
        **fields,
    )
    page.twinnings = twinnings
    parent.add_child(instance=page)
    publish(page)
    return page
