"""A mail server that is not there, or says nothing, costs no reader the mail, nor us the rest."""

from datetime import timedelta
from typing import Any

import pytest

from communication.newsletters.enums import PauseReason
from communication.newsletters.services.dispatching.pausing import resume
from communication.newsletters.transports import smtp
from tests.dispatches import NOON, Days, scheduled_dispatch, send, states_of
from tests.mail_sink import SAY_NOTHING, MailSink

from ..mail_settings import change_server
from .wire import answering, at_stages, balance


def test_nobody_listening_is_tried_again_with_longer_and_longer_pauses(
    news: Any, sink: MailSink
) -> None:
    sink.close()
    dispatch = scheduled_dispatch(news, readers=1)
    days, waits = Days(), []
    for _attempt in range(6):
        before = days.now
        days.step()
        waits.append((days.now - before).total_seconds())

    assert waits == pytest.approx([5, 10, 20, 40, 80, 160], abs=1)
    days.run_until_done(dispatch, most_steps=40)
    assert (dispatch.state, dispatch.paused_reason) == ("paused", PauseReason.UNREACHABLE)
    assert (dispatch.notice_due_at is not None, balance(dispatch)) == (True, {"queued": 1})
    assert days.steps == 10
    assert days.now - NOON < timedelta(hours=1)


@pytest.mark.parametrize("at", ["CONNECT", "EHLO", "MAIL"])
def test_a_server_that_says_nothing_to_anybody_pauses_the_dispatch(
    news: Any, sink: MailSink, settings: Any, at: str
) -> None:
    change_server(settings, timeout=0.05)
    dispatch = scheduled_dispatch(news, readers=3)
    sink.answers = answering(at, SAY_NOTHING)

    days = send(dispatch, most_steps=40)

    assert (dispatch.state, dispatch.paused_reason) == ("paused", PauseReason.UNREACHABLE)
    assert set(states_of(dispatch).values()) <= {"queued", "retry"}
    assert sink.connections <= 10, "It is not asked again and again."
    assert timedelta(minutes=5) < days.now - NOON < timedelta(hours=1)
    assert dispatch.notice_due_at is not None
    change_server(settings, timeout=5)
    sink.answers = answering("", "")
    resume(dispatch=dispatch, now=days.now)
    days.run_until_done(dispatch)
    assert balance(dispatch) == {"accepted": 3}


def test_encryption_that_fails_is_no_verdict_on_anybody(
    news: Any, sink: MailSink, settings: Any
) -> None:
    sink.answers = at_stages({"EHLO": "250-sink\r\n250 STARTTLS", "STAR": "220 go on"})
    change_server(settings, use_tls=True, timeout=0.2)
    dispatch = scheduled_dispatch(news, readers=1)
    days = Days()

    result = days.step()

    assert (result.failed, balance(dispatch)) == (0, {"queued": 1})
    assert result.error
    assert timedelta(seconds=5) <= days.now - NOON < timedelta(seconds=6)
    days.run_until_done(dispatch, most_steps=40)
    assert (dispatch.state, dispatch.paused_reason) == ("paused", PauseReason.UNREACHABLE)
    assert (dispatch.notice_due_at is not None, balance(dispatch)) == (True, {"queued": 1})
    assert sink.connections == 10


@pytest.mark.parametrize(
    ("at", "becomes"), [("RCPT", "retry"), ("DATA", "retry"), ("DOT", "uncertain")]
)
def test_a_server_that_falls_silent_is_left(
    news: Any,
    sink: MailSink,
    settings: Any,
    monkeypatch: pytest.MonkeyPatch,
    at: str,
    becomes: str,
) -> None:
    change_server(settings, timeout=0.2)
    monkeypatch.setattr(smtp, "PATIENCE", timedelta(seconds=0.2))
    dispatch = scheduled_dispatch(news, readers=3)
    sink.answers = answering(at, SAY_NOTHING)

    days = Days()
    days.step()
    days.job.close()

    assert states_of(dispatch) == {"r0": "accepted", "r1": becomes, "r2": "accepted"}
