"""A mistake is mended for those who wait and for those who have it, if the issue is in order."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from communication.delivery.enums import OutgoingState
from communication.newsletters.enums import DispatchKind, DispatchState
from communication.newsletters.models import Delivery, Dispatch
from communication.newsletters.transports.memory import outbox
from tests import dispatches
from tests.dispatches import NOON, Days, ready_dispatch
from tests.newsletters import subscribed

from .places import NOW, Finding, done, findings, paused, remembered, shown, where


def test_the_rest_gets_what_was_mended_meanwhile(sender: Client, news: Any, issue: Any) -> None:
    dispatch = paused(news)
    dispatches.SUBJECTS["en"], before = "Mended", dispatches.SUBJECTS["en"]
    done(sender, "correct_rest", dispatch)
    dispatches.SUBJECTS["en"] = before
    done(sender, "resume", dispatch)
    Days(timezone.now()).run_until_done(dispatch)

    assert {b"Subject: Mended" in mail.content for mail in outbox} == {True}
    assert [action for action, _label in remembered()] == ["correct_rest", "resume"]


def test_a_correction_goes_to_those_who_have_had_the_issue(
    sender: Client, news: Any, sent: Dispatch, issue: Any
) -> None:
    Delivery.objects.filter(pk=sent.deliveries.earliest("pk").pk).update(state=OutgoingState.FAILED)
    outbox.clear()

    done(sender, "correct", sent)
    done(sender, "correct", sent)
    correction = Dispatch.objects.get(kind=DispatchKind.CORRECTION)
    assert correction.corrects == sent
    plan = shown(sender, "plan", correction)
    assert "as it is published now" in plan
    assert "It goes to the 1 reader whose mail was accepted." in plan
    done(sender, "plan", correction, **NOW)
    Days(correction.scheduled_for).run_until_done(correction)

    assert [mail.recipient for mail in outbox] == ["r1@school.example"]
    assert f"Correction: {issue.title}" in shown(sender, "inspect", correction)
    assert where("inspect", correction) in shown(sender, "inspect", sent)
    assert {action for action, _label in remembered()} == {"correct", "schedule"}


def of_state(action: str, news: Any) -> Dispatch:
    """Returns a dispatch to which an action can be done."""
    if action == "correct_rest":
        return paused(news)
    dispatch = ready_dispatch(news, readers=2)
    if action == "correct":
        Dispatch.objects.update(state=DispatchState.CANCELLED)
        dispatch.refresh_from_db()
    return dispatch


@pytest.mark.parametrize("action", ["plan", "correct_rest", "correct"])
def test_what_must_be_mended_keeps_an_issue_from_going_out_by_any_way(
    sender: Client, news: Any, action: str
) -> None:
    dispatch = of_state(action, news)
    findings.append(Finding("No list.", is_blocking=True))
    before = Dispatch.objects.values().get()

    page = shown(sender, action, dispatch)
    assert "Must be mended:" in page
    assert "1 thing keeps this issue from being sent." in page
    assert "keeps this issue" in done(sender, action, dispatch, **NOW)
    assert Dispatch.objects.values().get() == before
    assert remembered() == []

    findings.clear()
    done(sender, action, dispatch, **NOW)
    assert [name for name, _label in remembered()] == [{"plan": "schedule"}.get(action, action)]


@pytest.mark.parametrize("action", ["plan", "correct_rest", "correct"])
def test_what_is_not_published_goes_out_by_no_way(
    sender: Client, news: Any, issue: Any, action: str
) -> None:
    dispatch = of_state(action, news)
    issue.specific.unpublish()

    assert "Publish the issue first" in done(sender, action, dispatch, **NOW)
    assert remembered() == []


def test_a_correction_asks_whom_it_is_for_where_some_have_the_corrected_text(
    sender: Client, sent: Dispatch
) -> None:
    assert "Who had the mistake?" not in shown(sender, "correct", sent)
    first = sent.deliveries.earliest("pk")
    Delivery.objects.filter(pk=first.pk).update(frozen_at=NOON - timedelta(hours=1))

    page = shown(sender, "correct", sent)
    assert "Only those who got it before the rest was corrected (1)" in page
    assert "the corrected text is wrong, too (2)" in page
    plan = done(sender, "correct", sent, readers="earlier")
    assert "It goes to the 1 reader whose mail was accepted." in plan
    plan = done(sender, "correct", sent, readers="all")
    assert "It goes to the 2 readers whose mail was accepted." in plan
    assert Dispatch.objects.filter(kind=DispatchKind.CORRECTION).count() == 1


def test_whoever_corrects_the_rest_reads_who_gets_another_language(
    sender: Client, news: Any
) -> None:
    dispatches.written[:] = ["en", "it"]
    subscribed("ana@school.example", news, subscriber__locale="it")
    dispatch = paused(news, readers=1)
    dispatches.written[:] = ["en"]

    page = shown(sender, "correct_rest", dispatch)

    assert "1 reader will get it in English and not in italiano" in page


def test_an_issue_that_is_gone_is_not_corrected(sender: Client, sent: Dispatch) -> None:
    Dispatch.objects.update(page=None)

    assert "There is nothing to send" in done(sender, "correct", sent)
    assert "a deleted issue" in shown(sender, "inspect", sent)
