"""An issue is tested, sent, undone, paused and looked back at in a real browser."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone
from playwright.sync_api import Page, expect

from communication.delivery.enums import OutgoingState
from communication.newsletters.enums import DispatchState, SkipReason
from communication.newsletters.models import Delivery, Dispatch
from communication.newsletters.services.dispatching.scheduling import start
from tests import dispatches
from tests.browser.conftest import Axe
from tests.browser.test_partner_sites import look
from tests.communication.newsletters.operating.places import Finding, checklist, findings
from tests.newsletters import MailingListFactory, subscribed

from .findings import of_ours

pytestmark = pytest.mark.browser

OURS = ".news-office"
"""Without Wagtail's own message above it, which is seen through while it fades in."""

READERS = {"it": 14, "en": 9, "hr": 5, "sq": 3}


@pytest.fixture(autouse=True)
def small_composer(settings: Any) -> Iterator[None]:
    """Any page is an issue, in three languages."""
    settings.V2V_ISSUE_TYPE = "wagtailcore.Page"
    settings.V2V_ISSUE_COMPOSER = dispatches.COMPOSER
    settings.V2V_ISSUE_CHECKLIST = f"{checklist.__module__}.checklist"
    dispatches.written[:] = ["en", "it", "hr"]
    yield
    dispatches.written[:] = ["en"]
    findings.clear()


@pytest.fixture
def desk(page: Page, site_url: str) -> Page:
    """The list of sendings, to an administrator; the list of readers is there."""
    news = MailingListFactory(slug="news", name="News")
    for language, number in READERS.items():
        for place in range(number):
            subscribed(f"{language}{place}@school.example", news, subscriber__locale=language)
    get_user_model().objects.create_superuser(
        "ada", "ada@school.example", password="a very long password"
    )
    page.goto("/admin/newsletters/sendings/")
    page.get_by_label("Username").fill("ada")
    page.locator("[name=password]").fill("a very long password")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="Sendings").first).to_be_attached()
    return page


def begin(dispatch: Dispatch) -> None:
    """Lets a worker come to it, and get through a part of it."""
    Dispatch.objects.update(scheduled_for=timezone.now())
    dispatch.refresh_from_db()
    assert start(dispatch=dispatch, now=timezone.now())
    become(OutgoingState.ACCEPTED, 12)


def become(state: OutgoingState, number: int, **facts: Any) -> None:
    """Lets so many waiting mails end in a state."""
    waiting = Delivery.objects.filter(state=OutgoingState.QUEUED).values_list("pk", flat=True)
    rows = Delivery.objects.filter(pk__in=list(waiting.order_by("-pk")[:number]))
    rows.update(state=state, next_attempt_at=None, finished_at=timezone.now(), **facts)


def end_mixed() -> None:
    """Lets everything become of the rest that can."""
    refusal = {"smtp_code": 550, "enhanced_code": "5.1.1", "last_error": "550 5.1.1"}
    become(OutgoingState.FAILED, 2, **refusal)
    become(OutgoingState.UNCERTAIN, 1)
    become(OutgoingState.SKIPPED, 1, skip_reason=SkipReason.UNSUBSCRIBED)
    become(OutgoingState.ACCEPTED, 31)
    Dispatch.objects.update(
        state=DispatchState.SENT_UNCERTAIN, paused_reason="", finished_at=timezone.now()
    )


def test_an_issue_is_tested_sent_and_looked_back_at(desk: Page, axe: Axe) -> None:
    findings.append(Finding("The subject has 70 characters.", is_blocking=False, language="it"))
    desk.get_by_role("link", name="Send an issue").click()
    look(desk, "sending-issues")
    desk.get_by_role("link", name=dispatches.an_issue().title, exact=True).first.click()
    desk.get_by_role("button", name="Send the test").click()
    expect(desk.get_by_role("cell", name="accepted")).to_be_visible()
    look(desk, "sending-issue")
    assert of_ours(axe(OURS)) == []

    desk.get_by_role("button", name="Send", exact=True).click()
    expect(desk.get_by_text("to 31 readers")).to_be_visible()
    look(desk, "sending-scheduled")
    assert of_ours(axe(OURS)) == []

    dispatch = Dispatch.objects.get()
    begin(dispatch)
    expect(desk.get_by_text("12 of 31 mails")).to_be_visible()  # by itself: nobody asked
    look(desk, "sending-progress")
    desk.get_by_role("button", name="Pause").click()
    expect(desk.get_by_text("Paused by hand")).to_be_visible()
    look(desk, "sending-paused")
    assert of_ours(axe(OURS)) == []

    end_mixed()
    desk.reload()
    desk.get_by_text("The same as a table").click()
    look(desk, "sending-result")
    assert of_ours(axe(OURS)) == []

    desk.get_by_role("link", name="Send a correction").click()
    desk.get_by_role("button", name="Prepare the correction").click()
    look(desk, "sending-correction")
    assert of_ours(axe(OURS)) == []
    desk.goto(f"/admin/newsletters/sendings/{dispatch.pk}/recipients/")
    look(desk, "sending-recipients")
    assert of_ours(axe(OURS)) == []


def test_findings_that_block_stand_where_the_button_would(desk: Page, axe: Axe) -> None:
    findings.append(Finding("There is no lead text.", is_blocking=True))
    desk.goto(f"/admin/newsletters/sendings/issues/{dispatches.an_issue().pk}/")
    look(desk, "sending-blocked")

    expect(desk.get_by_text("1 thing keeps this issue from being sent.")).to_be_visible()
    assert of_ours(axe(OURS)) == []
