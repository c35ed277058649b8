"""Where the office goes to send, and what the checklist of tests finds."""

from dataclasses import dataclass
from typing import Any

from django.test import Client
from wagtail.models import ModelLogEntry

from communication.newsletters.models import Dispatch
from communication.newsletters.office.dispatches.places import NAMESPACE
from communication.newsletters.services.dispatching.pausing import pause
from communication.newsletters.services.dispatching.scheduling import start
from tests.dispatches import NOON, scheduled_dispatch

from ..office import path


@dataclass
class Finding:
    """As a composer's checklist returns it."""

    message: str
    is_blocking: bool
    language: str = ""


findings: list[Finding] = []
NOW = {"when": "now", "time_zone": "Europe/Rome", "send": ""}


def checklist(page: Any) -> list[Finding]:
    return list(findings)


def where(name: str, subject: Any = None) -> str:
    """Returns the address of a page of sending."""
    return path(f"{NAMESPACE}:{name}", *([subject.pk] if subject else []))


def shown(client: Client, name: str, subject: Any = None, **query: Any) -> str:
    """Returns what somebody sees there."""
    answer = client.get(where(name, subject), query)
    assert answer.status_code == 200, answer
    return " ".join(answer.content.decode().split())


def done(client: Client, name: str, subject: Any, **form: Any) -> str:
    """Does something there; returns what is shown next."""
    answer = client.post(where(name, subject), form, follow=True)
    assert answer.status_code == 200, answer
    if isinstance(subject, Dispatch):
        subject.refresh_from_db()
    return " ".join(answer.content.decode().split())


def remembered() -> list[tuple[str, str]]:
    """Returns what histories say was done, and to what, in order."""
    entries = ModelLogEntry.objects.filter(action__startswith="newsletters.").order_by("pk")
    return [(entry.action.partition(".")[2], entry.label) for entry in entries]


def on_its_way(news: Any, readers: int = 2) -> Dispatch:
    """Returns a dispatch that has begun, of which nothing has gone."""
    dispatch = scheduled_dispatch(news, readers=readers)
    assert start(dispatch=dispatch, now=NOON)
    dispatch.refresh_from_db()
    return dispatch


def paused(news: Any, readers: int = 2) -> Dispatch:
    """Returns one that somebody has paused."""
    dispatch = on_its_way(news, readers)
    pause(dispatch=dispatch)
    return dispatch
