"""A server that drops one mail after the other is not given the whole list to drop."""

import threading
from datetime import timedelta
from typing import Any

import pytest

from communication.newsletters.enums import DispatchState, PauseReason
from communication.newsletters.services.dispatching.breaking import UNCERTAIN_IN_A_ROW
from communication.newsletters.services.dispatching.correcting import draft_correction
from communication.newsletters.services.dispatching.delivering import LEASE
from communication.newsletters.services.dispatching.moving import DispatchStateError
from communication.newsletters.services.dispatching.pausing import resume
from communication.newsletters.services.dispatching.resending import (
    resend_all_uncertain,
    settle_all_uncertain,
)
from communication.newsletters.wire.mails import PATIENCE
from tests.dispatches import NOON, Days, an_issue, prepared, scheduled_dispatch, send
from tests.mail_sink import HANG_UP, Letter, MailSink

from ..mail_settings import change_server
from .wire import balance

HOUR = timedelta(hours=1)


def hang_up_after_the_dot(stage: str, letter: Letter) -> str | None:
    return HANG_UP if stage == "DOT" else None


def test_a_server_that_hangs_up_after_each_mail_pauses_the_dispatch(
    news: Any, sink: MailSink
) -> None:
    dispatch = scheduled_dispatch(news, readers=8)
    sink.answers = hang_up_after_the_dot

    days = send(dispatch)

    assert (dispatch.state, dispatch.paused_reason) == (
        DispatchState.PAUSED,
        PauseReason.UNCERTAIN,
    )
    assert dispatch.notice_due_at is not None
    assert balance(dispatch) == {"uncertain": UNCERTAIN_IN_A_ROW, "queued": 8 - UNCERTAIN_IN_A_ROW}
    sink.answers = lambda _stage, _letter: None
    resume(dispatch=dispatch, now=days.now)
    days.run_until_done(dispatch)
    assert (dispatch.state, balance(dispatch)["accepted"]) == (DispatchState.SENT_UNCERTAIN, 3)


def test_a_server_that_hangs_up_now_and_then_pauses_nothing(news: Any, sink: MailSink) -> None:
    dispatch = scheduled_dispatch(news, readers=12)
    sink.answers = lambda stage, letter: HANG_UP if stage == "DOT" and letter.number == 1 else None

    send(dispatch)

    assert dispatch.state == DispatchState.SENT_UNCERTAIN
    assert balance(dispatch) == {"accepted": 6, "uncertain": 6}


def test_a_server_may_think_about_a_whole_mail_for_longer_than_about_a_command(
    news: Any, sink: MailSink, settings: Any
) -> None:
    change_server(settings, timeout=0.3)
    dispatch = scheduled_dispatch(news, readers=2)

    def think(stage: str, letter: Letter) -> None:
        if stage == "DOT" and letter.number == 0:
            threading.Event().wait(0.7)

    sink.answers = think
    send(dispatch)

    assert balance(dispatch) == {"accepted": 2}
    assert sink.connections == 1
    assert LEASE > PATIENCE >= timedelta(minutes=10), "As RFC 5321 asks; and nobody takes it over."


@pytest.fixture
def dropped(news: Any, sink: MailSink) -> Any:
    """A dispatch whose four mails are all uncertain, and a server that is well again."""
    dispatch = scheduled_dispatch(news, readers=4)
    sink.answers = hang_up_after_the_dot
    send(dispatch)
    assert balance(dispatch) == {"uncertain": 4}
    sink.answers = lambda _stage, _letter: None
    return dispatch


def test_all_uncertain_mails_are_sent_again_with_their_ids(dropped: Any, sink: MailSink) -> None:
    ids = set(dropped.deliveries.values_list("message_id", flat=True))

    assert resend_all_uncertain(dispatch=dropped, now=NOON + HOUR) == 4
    Days(NOON + HOUR).run_until_done(dropped)

    assert (dropped.state, balance(dropped)) == (DispatchState.SENT, {"accepted": 4})
    assert set(sink.taken.values()) == {1}
    assert set(dropped.deliveries.values_list("message_id", flat=True)) == ids


def test_what_is_sent_again_after_a_correction_is_the_corrected_text(
    dropped: Any, sink: MailSink
) -> None:
    ids, later = set(dropped.deliveries.values_list("message_id", flat=True)), NOON + HOUR
    page = an_issue()
    page.title = "Corrected"
    page.save()
    prepared(draft_correction(of=dropped, page=page), later)

    resend_all_uncertain(dispatch=dropped, now=later)
    sink.contents.clear()
    Days(later).run_until_done(dropped)

    assert balance(dropped) == {"accepted": 4}
    assert [b"Corrected" in content for content in sink.contents] == [True] * 4
    assert ids.isdisjoint(dropped.deliveries.values_list("message_id", flat=True))


@pytest.mark.parametrize("has_arrived", [True, False])
def test_the_same_is_noted_of_all_uncertain_mails(dropped: Any, *, has_arrived: bool) -> None:
    number = settle_all_uncertain(dispatch=dropped, has_arrived=has_arrived, now=NOON)

    assert number == 4
    assert balance(dropped) == {"accepted" if has_arrived else "failed": 4}
    assert dropped.state == DispatchState.SENT
    with pytest.raises(DispatchStateError):
        settle_all_uncertain(dispatch=dropped, has_arrived=has_arrived, now=NOON)
    with pytest.raises(DispatchStateError):
        resend_all_uncertain(dispatch=dropped, now=NOON)
