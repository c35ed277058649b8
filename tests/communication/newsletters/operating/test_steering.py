"""What is on its way is undone, paused, resumed, cancelled and corrected, by those who may."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from communication.delivery.enums import OutgoingState
from communication.newsletters.enums import DispatchState, PauseReason
from communication.newsletters.models import Delivery, Dispatch
from communication.newsletters.office.dispatches.words import REMEDIES
from communication.newsletters.services.dispatching.pausing import pause_for_trouble
from communication.newsletters.transports.memory import outbox
from tests import dispatches
from tests.dispatches import NOON, Days, ready_dispatch, scheduled_dispatch, states_of

from ..office import someone
from .places import NOW, done, on_its_way, paused, remembered, shown, where

ACTIONS = ("plan", "undo", "pause", "resume", "correct_rest", "correct", "cancel")


def test_a_schedule_is_undone_and_made_anew(sender: Client, news: Any, issue: Any) -> None:
    dispatch = scheduled_dispatch(news)

    page = done(sender, "undo", dispatch)
    assert dispatch.state == DispatchState.READY
    assert "nothing was sent" in page
    dispatches.SUBJECTS["en"], before = "Mended", dispatches.SUBJECTS["en"]
    done(sender, "plan", dispatch, **NOW)
    dispatches.SUBJECTS["en"] = before

    assert dispatch.state == DispatchState.SCHEDULED
    assert dispatch.variants.get().subject == "Mended"
    assert remembered() == [("undo", issue.title), ("schedule", issue.title)]


def test_sending_is_paused_and_goes_on(sender: Client, news: Any, issue: Any) -> None:
    dispatch = on_its_way(news)

    page = done(sender, "pause", dispatch)
    assert dispatch.state == DispatchState.PAUSED
    assert "Paused by hand" in page
    assert "Let it go on when you are ready." in page
    done(sender, "resume", dispatch)

    assert dispatch.state == DispatchState.SENDING
    assert remembered() == [("pause", issue.title), ("resume", issue.title)]


def test_cancelling_asks_first_and_leaves_out_the_rest(
    sender: Client, news: Any, issue: Any
) -> None:
    dispatch = on_its_way(news)

    assert "cannot be taken up again" in shown(sender, "cancel", dispatch)
    assert "Cancelled. 2 readers get nothing." in done(sender, "cancel", dispatch)

    assert dispatch.state == DispatchState.CANCELLED
    assert set(states_of(dispatch).values()) == {OutgoingState.SKIPPED}
    assert remembered() == [("cancel", issue.title)]


@pytest.mark.parametrize("action", ACTIONS)
def test_opening_a_page_does_nothing(sender: Client, news: Any, action: str) -> None:
    for dispatch in (scheduled_dispatch(news, readers=1), paused(news, readers=0)):
        before = Dispatch.objects.filter(pk=dispatch.pk).values().get()
        shown(sender, action, dispatch)
        assert Dispatch.objects.filter(pk=dispatch.pk).values().get() == before
    assert Dispatch.objects.count() == 2
    assert remembered() == []


@pytest.mark.parametrize("action", ACTIONS)
def test_nothing_is_done_without_the_right_to_send(news: Any, action: str) -> None:
    stranger = someone("view_dispatch", "view_subscriber", "see_addresses", "export_subscriber")
    dispatch = scheduled_dispatch(news)

    assert stranger.post(where(action, dispatch), NOW).status_code == 302
    assert where(action, dispatch) not in shown(stranger, "inspect", dispatch)

    dispatch.refresh_from_db()
    assert dispatch.state == DispatchState.SCHEDULED
    assert remembered() == []


@pytest.mark.parametrize("action", ["pause", "resume", "correct_rest"])
def test_what_is_not_possible_any_more_is_said(sender: Client, sent: Dispatch, action: str) -> None:
    page = done(sender, action, sent)

    assert "messages" in page
    assert "error" in page
    assert sent.state == DispatchState.SENT
    assert remembered() == []


@pytest.mark.parametrize("reason", [each for each in PauseReason if each != PauseReason.ASKED])
def test_a_pause_says_why_and_what_to_do(sender: Client, news: Any, reason: PauseReason) -> None:
    dispatch = on_its_way(news)
    pause_for_trouble(dispatch=dispatch, reason=reason, words="535 5.7.8", now=NOON)

    page = shown(sender, "inspect", dispatch)

    assert "(535 5.7.8)" in page
    assert str(REMEDIES[reason]).partition("'")[0] in page
    assert where("resume", dispatch) in page


def test_a_person_decides_about_an_uncertain_mail(
    sender: Client, sent: Dispatch, issue: Any
) -> None:
    delivery = sent.deliveries.earliest("pk")
    first_id = delivery.message_id
    Delivery.objects.filter(pk=delivery.pk).update(state=OutgoingState.UNCERTAIN)
    Dispatch.objects.update(state=DispatchState.SENT_UNCERTAIN)

    assert where("decide", delivery) in shown(sender, "inspect", sent)
    shown(sender, "decide", delivery)
    assert states_of(sent)["r0"] == OutgoingState.UNCERTAIN, "Looking decides nothing."
    outbox.clear()
    done(sender, "decide", delivery, decision="again")
    Days(timezone.now()).run_until_done(sent)

    assert [mail.message_id for mail in outbox] == [first_id]
    assert remembered() == [("resend", issue.title)]
    assert sent.state == DispatchState.SENT


@pytest.mark.parametrize(
    ("decision", "state"),
    [("arrived", OutgoingState.ACCEPTED), ("lost", OutgoingState.FAILED)],
)
def test_what_somebody_finds_out_is_noted(
    sender: Client, sent: Dispatch, decision: str, state: str
) -> None:
    delivery = sent.deliveries.earliest("pk")
    Delivery.objects.filter(pk=delivery.pk).update(state=OutgoingState.UNCERTAIN)
    Dispatch.objects.update(state=DispatchState.SENT_UNCERTAIN)

    done(sender, "decide", delivery, decision=decision)
    sent.refresh_from_db()

    assert states_of(sent)["r0"] == state
    assert sent.state == DispatchState.SENT
    assert "What became of this mail is known." in done(
        sender, "decide", delivery, decision="again"
    )


def test_a_person_decides_about_all_uncertain_mails_at_once(
    sender: Client, sent: Dispatch, issue: Any
) -> None:
    Delivery.objects.update(state=OutgoingState.UNCERTAIN)
    Dispatch.objects.update(state=DispatchState.SENT_UNCERTAIN)

    assert where("decide_all", sent) in shown(sender, "inspect", sent)
    assert "2 mails of this sending are uncertain." in shown(sender, "decide_all", sent)
    assert set(states_of(sent).values()) == {OutgoingState.UNCERTAIN}, "Looking decides nothing."
    page = done(sender, "decide_all", sent, decision="again")
    assert "2 mails are sent again" in page
    assert set(states_of(sent).values()) == {OutgoingState.RETRY}

    Delivery.objects.update(state=OutgoingState.UNCERTAIN, next_attempt_at=None)
    done(sender, "decide_all", sent, decision="lost")
    assert set(states_of(sent).values()) == {OutgoingState.FAILED}
    assert "No mail of this sending is uncertain any more." in done(
        sender, "decide_all", sent, decision="lost"
    )
    assert remembered() == [("resend_all", issue.title), ("settle_all", issue.title)]


def test_only_those_who_send_decide(sent: Dispatch) -> None:
    delivery = sent.deliveries.earliest("pk")
    Delivery.objects.filter(pk=delivery.pk).update(state=OutgoingState.UNCERTAIN)
    seer = someone("view_dispatch", "view_subscriber")

    for name, subject in (("decide", delivery), ("decide_all", sent)):
        assert where(name, subject) not in shown(seer, "inspect", sent)
        answer = seer.post(where(name, subject), {"decision": "again"})
        assert answer.status_code == 302
    assert states_of(sent)["r0"] == OutgoingState.UNCERTAIN


def test_what_could_not_be_prepared_says_so(sender: Client, news: Any, issue: Any) -> None:
    dispatch = ready_dispatch(news)
    Dispatch.objects.update(state=DispatchState.FAILED, paused_words="KeyError: 'xx'")

    page = shown(sender, "inspect", dispatch)

    assert "The issue could not be prepared" in page
    assert where("plan", dispatch) in page
