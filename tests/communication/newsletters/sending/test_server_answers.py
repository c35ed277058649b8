"""What a mail server answers has its consequence: for one mail, an address, or the dispatch."""

from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest

from communication.newsletters.enums import (
    ConsentSource,
    DispatchState,
    PauseReason,
    SuppressionReason,
)
from communication.newsletters.models import Suppression
from communication.newsletters.services.dispatching.pausing import resume
from communication.newsletters.services.suppressing import suppress
from tests.dispatches import NOON, Days, scheduled_dispatch, send, states_of
from tests.mail_sink import HANG_UP, TAKE_AND_HANG_UP, Letter, MailSink

from ..mail_settings import change_server
from .wire import VICTIM, answering, at_stages, balance


@pytest.mark.parametrize(
    ("at", "answer", "expected"),
    [
        ("RCPT", "451 4.7.1 greylisted", ("retry", "sending", 451, "4.7.1")),
        ("RCPT", "421 4.3.2 going down", ("retry", "sending", 421, "4.3.2")),
        ("RCPT", "550 5.1.1 nobody here", ("failed", "sent", 550, "5.1.1")),
        ("RCPT", "550 no", ("failed", "sent", 550, "")),
        ("RCPT", "552 5.2.2 full", ("failed", "sent", 552, "5.2.2")),
        ("RCPT", "554 5.7.1 blocked", ("retry", "paused", 554, "5.7.1")),
        ("RCPT", "550 5.1.8 who are you", ("retry", "paused", 550, "5.1.8")),
        ("DATA", "451 4.3.0 later", ("retry", "sending", 451, "4.3.0")),
        ("DATA", HANG_UP, ("retry", "sending", None, "")),
        ("DOT", "451 4.7.0 later", ("retry", "sending", 451, "4.7.0")),
        ("DOT", "554 5.7.1 spam", ("retry", "paused", 554, "5.7.1")),
        ("DOT", "552 5.3.4 too big", ("failed", "sent", 552, "5.3.4")),
        ("DOT", HANG_UP, ("uncertain", "sent_uncertain", None, "")),
        ("DOT", TAKE_AND_HANG_UP, ("uncertain", "sent_uncertain", None, "")),
        ("DOT", "gibberish", ("uncertain", "sent_uncertain", None, "")),
    ],
)
def test_each_answer_of_a_server_has_its_consequence(
    news: Any,
    sink: MailSink,
    at: str,
    answer: str,
    expected: tuple[str, str, int | None, str],
) -> None:
    becomes, dispatch_is, *code = expected
    dispatch = scheduled_dispatch(news, readers=3)
    sink.answers = answering(at, answer)
    days = Days()
    for _step in range(4):
        days.job.run_due(days.now)
    days.job.close()

    dispatch.refresh_from_db()
    victim = dispatch.deliveries.get(address=VICTIM)
    assert (victim.state, dispatch.state) == (becomes, dispatch_is)
    assert [victim.smtp_code, victim.enhanced_code] == code
    assert VICTIM not in victim.last_error
    assert max(sink.taken.values()) == 1
    others = [states_of(dispatch)[name] for name in ("r0", "r2")]
    assert others == ["accepted", "queued" if dispatch_is == "paused" else "accepted"]
    assert Suppression.objects.exists() == (code[1] == "5.1.1")
    assert sink.connections <= 3


def test_a_server_that_wants_content_for_nobody_gets_none(news: Any, sink: MailSink) -> None:
    """RFC 2920, 3.1: it may ask for it, since the commands came in one breath."""
    dispatch = scheduled_dispatch(news, readers=3)
    refuses = answering("RCPT", "550 5.1.1 nobody here")
    sink.answers = lambda stage, letter: "354 go on" if stage == "DATA" else refuses(stage, letter)

    send(dispatch)

    assert states_of(dispatch) == {"r0": "accepted", "r1": "failed", "r2": "accepted"}
    assert sink.taken == {"r0@school.example": 1, "r2@school.example": 1}
    assert sink.connections == 1


@pytest.mark.parametrize("extensions", ["250 PIPELINING", "250 8BITMIME"])
def test_commands_go_in_one_breath_only_where_the_server_listens_so_long(
    news: Any, sink: MailSink, extensions: str
) -> None:
    sink.answers = at_stages({"EHLO": f"250-sink\r\n{extensions}"})
    dispatch = scheduled_dispatch(news, readers=3)

    send(dispatch)

    assert balance(dispatch) == {"accepted": 3}
    assert set(sink.taken.values()) == {1}


@pytest.mark.parametrize(
    ("at", "answer", "reason"),
    [
        ("MAIL", "530 5.7.0 log in first", PauseReason.REFUSED),
        ("MAIL", "553 5.1.8 no such sender", PauseReason.REFUSED),
        ("CONNECT", "554 no service for you", PauseReason.REFUSED),
        ("CONNECT", "421 busy", PauseReason.UNREACHABLE),
        ("CONNECT", HANG_UP, PauseReason.UNREACHABLE),
        ("MAIL", "421 closing", PauseReason.UNREACHABLE),
        ("MAIL", HANG_UP, PauseReason.UNREACHABLE),
    ],
)
def test_a_server_that_wants_none_of_us_pauses_the_dispatch_and_blames_no_reader(
    news: Any, sink: MailSink, at: str, answer: str, reason: PauseReason
) -> None:
    dispatch = scheduled_dispatch(news, readers=3)
    sink.answers = answering(at, answer)

    days = send(dispatch, most_steps=40)

    assert (dispatch.state, dispatch.paused_reason) == (DispatchState.PAUSED, reason)
    assert set(states_of(dispatch).values()) <= {"queued", "retry"}
    assert sink.connections <= 10, "It is not asked again and again."
    assert days.now - NOON < timedelta(hours=1)
    assert dispatch.notice_due_at is not None
    sink.answers = answering("", "")
    resume(dispatch=dispatch, now=days.now)
    days.run_until_done(dispatch)
    assert balance(dispatch) == {"accepted": 3}


def test_a_password_that_is_wrong_pauses_at_once(news: Any, sink: MailSink, settings: Any) -> None:
    sink.answers = at_stages({"EHLO": "250-sink\r\n250 AUTH PLAIN", "AUTH": "535 5.7.8 wrong"})
    change_server(settings, username="office", password="wrong")
    dispatch = scheduled_dispatch(news, readers=1)

    send(dispatch)

    assert (dispatch.paused_reason, dispatch.paused_words) == (
        PauseReason.REFUSED,
        "535 5.7.8",
    )


def test_a_refusal_for_all_that_was_about_one_reader_pauses_only_once(
    news: Any, sink: MailSink
) -> None:
    dispatch = scheduled_dispatch(news, readers=3)
    sink.answers = answering("RCPT", "554 5.7.1 you are blocked by her")
    days = send(dispatch)
    assert dispatch.state == DispatchState.PAUSED

    resume(dispatch=dispatch, now=days.now)
    days.run_until_done(dispatch)

    assert states_of(dispatch) == {"r0": "accepted", "r1": "failed", "r2": "accepted"}


def test_too_many_dead_addresses_stop_a_dispatch(news: Any, sink: MailSink) -> None:
    dispatch = scheduled_dispatch(news, readers=40)
    sink.answers = at_stages({"RCPT": "550 5.1.1 gone"})

    days = send(dispatch)

    assert (dispatch.paused_reason, dispatch.paused_words) == (PauseReason.FAILURES, "11/11")
    assert balance(dispatch) == {"failed": 11, "queued": 29}
    sink.answers = answering("", "")
    resume(dispatch=dispatch, now=days.now)
    days.run_until_done(dispatch)
    assert balance(dispatch) == {"failed": 11, "accepted": 29}


def test_one_dead_address_in_twenty_stops_nothing(news: Any, sink: MailSink) -> None:
    dispatch = scheduled_dispatch(news, readers=60)
    sink.answers = lambda stage, letter: (
        "550 5.1.1 gone"
        if stage == "RCPT" and letter.recipient in {"r7@school.example", "r8@school.example"}
        else None
    )

    send(dispatch)

    assert (dispatch.state, balance(dispatch)) == ("sent", {"accepted": 58, "failed": 2})


def test_greylisting_is_waited_out_for_nearly_three_days(news: Any, sink: MailSink) -> None:
    dispatch = scheduled_dispatch(news, readers=1)
    tries = []

    def decide(stage: str, letter: Letter) -> str | None:
        if stage == "RCPT":
            tries.append(days.now)
        return "450 4.7.1 not yet" if stage == "RCPT" else None

    sink.answers = decide
    days = Days()
    days.run_until_done(dispatch, most_steps=60)

    minutes = [(later - before) / timedelta(minutes=1) for before, later in pairwise(tries)]
    expected = [1, 5, 15, 60, *[240] * 17]
    assert len(minutes) == len(expected)
    assert all(
        0.8 * pause <= waited <= 1.21 * pause
        for pause, waited in zip(expected, minutes, strict=True)
    )
    assert (dispatch.state, balance(dispatch)) == ("sent", {"failed": 1})


def test_a_suppression_by_hand_is_not_undone_by_a_dispatch(news: Any, sink: MailSink) -> None:
    dispatch = scheduled_dispatch(news, readers=2)
    suppress(
        address=VICTIM,
        reason=SuppressionReason.COMPLAINED,
        source=ConsentSource.OFFICE,
        now=NOON,
    )

    send(dispatch)

    assert sink.taken == {"r0@school.example": 1}
    assert states_of(dispatch) == {"r0": "accepted"}, "It was not even selected."
