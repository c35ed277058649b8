"""Makes dispatches that are ready to go, and plays the worker through hours and days."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from wagtail.models import Page

from communication.newsletters.enums import DispatchState
from communication.newsletters.jobs import DispatchSending
from communication.newsletters.models import Delivery, Dispatch
from communication.newsletters.rendering.placeholders import PREFERENCES_URL, UNSUBSCRIBE_URL
from communication.newsletters.services.dispatching.delivering import LEASE
from communication.newsletters.services.dispatching.preparing import prepare, request_preparation
from communication.newsletters.services.dispatching.scheduling import UNDO_WINDOW, schedule
from tests.newsletters import subscribed

COMPOSER = "tests.dispatches"
NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
SUBJECTS = {
    "en": "News in November",
    "it": "Notizie di novembre",
    "hr": "Vijesti u studenom",
    "es": "Noticias de noviembre",
}
written = ["en"]
"""In which languages the composer below writes; tests change it."""


@dataclass(frozen=True)
class Letter:
    """What a composer returns."""

    subject: str
    preheader: str
    html: str
    text: str
    language: str


def issue_languages(page: Page) -> tuple[str, ...]:
    return tuple(written)


def render_issue(page: Page, language: str, *, site_url: str) -> Letter:
    return Letter(
        subject=SUBJECTS[language],
        preheader="",
        html=f'<p lang="{language}">{page.title}</p><a href="{UNSUBSCRIBE_URL}">–</a> '
        f'<a href="{PREFERENCES_URL}">–</a>',
        text=f"{page.title}\n\n{UNSUBSCRIBE_URL}\n{PREFERENCES_URL}\n",
        language=language,
    )


def an_issue() -> Page:
    """Returns a page that stands for an issue."""
    return Page.objects.filter(depth=2).earliest("pk")


def ready_dispatch(mailing_list: Any, *, readers: int = 0, **fields: Any) -> Dispatch:
    """Makes a dispatch to a list, its content frozen, with so many new readers of the list."""
    for number in range(readers):
        subscribed(f"r{number}@school.example", mailing_list)
    dispatch: Dispatch = Dispatch.objects.create(page=an_issue(), **fields)
    dispatch.mailing_lists.add(mailing_list)
    prepared(dispatch)
    return dispatch


def prepared(dispatch: Dispatch, now: datetime = NOON) -> Dispatch:
    request_preparation(dispatch=dispatch)
    assert prepare(dispatch=dispatch, now=now)
    dispatch.refresh_from_db()
    return dispatch


def scheduled_dispatch(mailing_list: Any, **fields: Any) -> Dispatch:
    """Makes one that begins at noon."""
    dispatch = ready_dispatch(mailing_list, **fields)
    schedule(dispatch=dispatch, now=NOON - UNDO_WINDOW)
    return dispatch


class Days:
    """A worker's life, as fast as it goes: it jumps to the next moment at which it has work."""

    def __init__(self, now: datetime = NOON) -> None:
        self.now = now
        self.job = DispatchSending()
        self.steps = 0

    def step(self) -> Any:
        """Runs one step and moves the clock on."""
        result = self.job.run_due(self.now)
        self.steps += 1
        soonest = self.now if result.done else self.now + timedelta(milliseconds=100)
        self.now = max(soonest, result.next_due_at or self.now + timedelta(hours=1))
        return result

    def run_until_done(self, dispatch: Dispatch, *, most_steps: int = 200) -> None:
        """Goes on until nobody is left to write to, or somebody has to decide."""
        over = {DispatchState.SCHEDULED, DispatchState.SENDING}
        while self.steps < most_steps:
            dispatch.refresh_from_db()
            if dispatch.state not in over:
                self.job.close()
                return
            self.step()
        raise AssertionError(f"After {self.steps} steps it is {self.now}: a busy loop?")

    def crash(self) -> None:
        """Lets the worker die and another begin, after its leases are over."""
        self.job = DispatchSending()
        self.now += LEASE + timedelta(minutes=1)


def send(dispatch: Dispatch, **limits: Any) -> Days:
    """Lets a worker send until it is done."""
    days = Days()
    days.run_until_done(dispatch, **limits)
    return days


def states_of(dispatch: Dispatch) -> dict[str, str]:
    """Returns what became of each delivery, by the part of the address before the @."""
    rows = Delivery.objects.filter(dispatch=dispatch).values_list("address", "state")
    return {address.partition("@")[0]: state for address, state in rows}
