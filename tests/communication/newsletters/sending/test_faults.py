"""Wherever a worker dies and whatever a server says: nobody gets a mail twice or is forgotten."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from communication.delivery.enums import OutgoingState
from communication.newsletters.enums import (
    ConsentSource,
    DispatchState,
    PauseReason,
    SuppressionReason,
)
from communication.newsletters.jobs import DispatchSending
from communication.newsletters.mails import Mail
from communication.newsletters.models import Delivery, Dispatch, Suppression
from communication.newsletters.services.dispatching.moving import DispatchStateError
from communication.newsletters.services.dispatching.pausing import cancel, pause, resume
from communication.newsletters.services.dispatching.resending import (
    resend_uncertain,
    settle_uncertain,
)
from communication.newsletters.services.erasing import erase
from communication.newsletters.services.suppressing import suppress
from communication.newsletters.services.unsubscribing import unsubscribe
from tests.dispatches import NOON, Days, scheduled_dispatch, send, states_of
from tests.mail_sink import (
    HANG_UP,
    SAY_NOTHING,
    TAKE_AND_HANG_UP,
    Letter,
    MailSink,
)

from ..mail_settings import change_server

VICTIM = "r1@school.example"


class KilledError(BaseException):
    """Stands for a ``kill -9``: nothing in the code of a worker may handle it."""


class Wire:
    """A transport that does something of a test's choice at a point of the way."""

    happens: Any = None
    ledger: Counter[str] = Counter()
    ids: list[str] = []

    @contextmanager
    def open(self) -> Iterator["Wire"]:
        self.reach("after the claim", "")
        yield self

    def deliver(self, mail: Mail) -> None:
        self.reach("after the fence", mail.recipient)
        self.reach("before the dot", mail.recipient)
        Wire.ledger[mail.recipient] += 1
        Wire.ids.append(mail.message_id)
        self.reach("after the dot", mail.recipient)
        self.reach("after 250", mail.recipient)

    def forget(self, address: str) -> int:
        return 0

    def reach(self, point: str, recipient: str) -> None:
        if Wire.happens is not None:
            Wire.happens(point, recipient)


@pytest.fixture
def wire(settings: Any) -> Iterator[type[Wire]]:
    settings.V2V_MAIL_TRANSPORT = f"{__name__}.Wire"
    Wire.ledger, Wire.ids, Wire.happens = Counter(), [], None
    yield Wire
    Wire.happens = None


def once_at(point: str, recipient: str, deed: Any) -> Any:
    """Returns what does a deed when a mail to a recipient comes to a point, and only once."""
    done = []

    def happen(at: str, to: str) -> None:
        if not done and at == point and to in {recipient, ""}:
            done.append(at)
            deed()

    return happen


def die() -> None:
    raise KilledError


def balance(dispatch: Dispatch) -> dict[str, int]:
    return dict(Counter(dispatch.deliveries.values_list("state", flat=True)))


@pytest.mark.parametrize(
    ("point", "becomes", "got_it"),
    [
        ("after the claim", OutgoingState.ACCEPTED, 1),
        ("after the fence", OutgoingState.UNCERTAIN, 0),
        ("before the dot", OutgoingState.UNCERTAIN, 0),
        ("after the dot", OutgoingState.UNCERTAIN, 1),
        ("after 250", OutgoingState.UNCERTAIN, 1),
    ],
)
def test_a_worker_that_dies_leaves_at_most_one_uncertain_and_nobody_with_two(
    news: Any, wire: type[Wire], point: str, becomes: OutgoingState, got_it: int
) -> None:
    dispatch = scheduled_dispatch(news, readers=4)
    wire.happens = once_at(point, VICTIM, die)
    days = Days()
    with pytest.raises(KilledError):
        days.run_until_done(dispatch)

    days.crash()
    days.run_until_done(dispatch)

    assert states_of(dispatch)["r1"] == becomes
    assert wire.ledger[VICTIM] == got_it
    others = {address: times for address, times in wire.ledger.items() if address != VICTIM}
    assert set(others.values()) == {1}
    assert len(others) == 3
    assert dispatch.state == (
        DispatchState.SENT if becomes == OutgoingState.ACCEPTED else DispatchState.SENT_UNCERTAIN
    )


def test_until_its_lease_is_over_nobody_else_takes_what_a_worker_has(
    news: Any, wire: type[Wire]
) -> None:
    dispatch = scheduled_dispatch(news, readers=2)
    wire.happens = once_at("after the claim", "", die)
    first, second = Days(), Days()
    with pytest.raises(KilledError):
        first.step()

    second.step()
    assert (balance(dispatch), wire.ledger) == ({"claimed": 2}, {})
    assert second.now == NOON + timedelta(minutes=10), "It knows when to look again."
    second.step()
    assert balance(dispatch) == {"accepted": 2}


def test_a_worker_whose_claim_was_taken_back_sends_nothing_of_it(
    news: Any, wire: type[Wire]
) -> None:
    """The token: another worker has the same rows in the same state, and they are not ours."""
    dispatch = scheduled_dispatch(news, readers=3)

    def another_worker() -> None:
        wire.happens = None
        Delivery.objects.filter(state=OutgoingState.CLAIMED).update(leased_until=NOON)
        other = DispatchSending()
        other.run_due(NOON + timedelta(minutes=1))
        other.close()

    wire.happens = once_at("before the dot", "r0@school.example", another_worker)
    send(dispatch)

    assert wire.ledger == {f"r{number}@school.example": 1 for number in range(3)}


def test_a_claim_that_somebody_else_holds_is_not_begun(news: Any, wire: type[Wire]) -> None:
    """As above, with the other worker still at it when this one comes to the row."""
    dispatch = scheduled_dispatch(news, readers=2)

    def taken_over() -> None:
        waiting = Delivery.objects.filter(state=OutgoingState.CLAIMED)
        waiting.update(token="11111111-1111-1111-1111-111111111111")

    wire.happens = once_at("before the dot", "r0@school.example", taken_over)
    Days().step()

    assert wire.ledger == {"r0@school.example": 1}
    assert balance(dispatch) == {"accepted": 1, "claimed": 1}


def test_a_claim_is_not_begun_after_its_lease(news: Any, wire: type[Wire]) -> None:
    dispatch = scheduled_dispatch(news, readers=2)

    def time_is_over() -> None:
        Delivery.objects.filter(state=OutgoingState.CLAIMED).update(leased_until=NOON)

    wire.happens = once_at("before the dot", "r0@school.example", time_is_over)
    days = Days()
    days.step()

    assert wire.ledger == {"r0@school.example": 1}
    assert balance(dispatch) == {"accepted": 1, "queued": 1}


def end(recipient: str) -> None:
    rows = Delivery.objects.filter(address=recipient)
    subscriptions = [row.subscription for row in rows]
    unsubscribe(subscriptions=subscriptions, source=ConsentSource.LINK, now=timezone.now())


def forbid(recipient: str) -> None:
    Suppression.objects.create(
        hmac=Delivery.objects.get(address=recipient).address_hmac,
        reason=SuppressionReason.REQUESTED,
    )


@pytest.mark.parametrize(
    ("deed", "of_the_next", "dispatch_is"),
    [
        (lambda: pause(dispatch=Dispatch.objects.get()), "queued", DispatchState.PAUSED),
        (
            lambda: cancel(dispatch=Dispatch.objects.get(), now=NOON),
            "skipped",
            DispatchState.CANCELLED,
        ),
        (lambda: end(VICTIM), "skipped", DispatchState.SENT),
        (lambda: forbid(VICTIM), "skipped", DispatchState.SENT),
        (
            lambda: erase(address=VICTIM, source=ConsentSource.LINK),
            "skipped",
            DispatchState.SENT,
        ),
    ],
    ids=["pause", "cancel", "unsubscribe", "suppress", "erase"],
)
def test_whatever_forbids_the_next_mail_acts_while_this_one_is_on_the_wire(
    news: Any, wire: type[Wire], deed: Any, of_the_next: str, dispatch_is: DispatchState
) -> None:
    dispatch = scheduled_dispatch(news, readers=2)
    victim = dispatch.pk, VICTIM
    wire.happens = once_at("before the dot", "r0@school.example", deed)
    days = Days()
    days.run_until_done(dispatch)
    if dispatch.state == DispatchState.SCHEDULED:
        days.run_until_done(dispatch)

    dispatch.refresh_from_db()
    assert wire.ledger == {"r0@school.example": 1}, victim
    assert sorted(balance(dispatch)) == sorted(["accepted", of_the_next])
    assert dispatch.state == dispatch_is


def test_an_uncertain_mail_waits_for_a_person_and_keeps_its_id(news: Any, wire: type[Wire]) -> None:
    dispatch = scheduled_dispatch(news, readers=3)
    wire.happens = once_at("after the dot", VICTIM, die)
    days = Days()
    with pytest.raises(KilledError):
        days.run_until_done(dispatch)
    days.crash()
    days.run_until_done(dispatch)
    [uncertain] = Delivery.objects.uncertain()

    resend_uncertain(delivery=uncertain, now=days.now)
    with pytest.raises(DispatchStateError):
        resend_uncertain(delivery=uncertain, now=days.now)
    days.run_until_done(dispatch)

    assert dispatch.state == DispatchState.SENT
    assert wire.ledger[VICTIM] == 2, "Somebody has decided so."
    assert Counter(wire.ids)[uncertain.message_id] == 2


@pytest.mark.parametrize("has_arrived", [True, False])
def test_what_is_found_out_of_an_uncertain_mail_can_be_noted(
    news: Any, wire: type[Wire], *, has_arrived: bool
) -> None:
    dispatch = scheduled_dispatch(news, readers=1)
    wire.happens = once_at("after the dot", "r0@school.example", die)
    days = Days()
    with pytest.raises(KilledError):
        days.run_until_done(dispatch)
    days.crash()
    days.run_until_done(dispatch)

    settle_uncertain(delivery=Delivery.objects.get(), has_arrived=has_arrived, now=days.now)

    dispatch.refresh_from_db()
    assert dispatch.state == DispatchState.SENT
    assert balance(dispatch) == {"accepted" if has_arrived else "failed": 1}


def test_a_cancelled_dispatch_lets_nothing_lie_that_a_dead_worker_had(
    news: Any, wire: type[Wire]
) -> None:
    dispatch = scheduled_dispatch(news, readers=2)
    wire.happens = once_at("after the claim", "", die)
    days = Days()
    with pytest.raises(KilledError):
        days.step()
    dispatch.refresh_from_db()
    cancel(dispatch=dispatch, now=days.now)

    days.crash()
    days.step()

    assert (balance(dispatch), wire.ledger) == ({"skipped": 2}, {})


def answering(at: str, answer: str, recipient: str = VICTIM) -> Any:
    """Returns answers of a sink that treats one reader otherwise."""

    def decide(stage: str, letter: Letter) -> str | None:
        is_theirs = letter.recipient == recipient or at in {"CONNECT", "EHLO", "MAIL"}
        return answer if stage == at and is_theirs else None

    return decide


@pytest.mark.parametrize(
    ("at", "answer", "becomes", "dispatch_is", "code"),
    [
        ("RCPT", "451 4.7.1 greylisted", "retry", "sending", (451, "4.7.1")),
        ("RCPT", "421 4.3.2 going down", "retry", "sending", (421, "4.3.2")),
        ("RCPT", "550 5.1.1 nobody here", "failed", "sent", (550, "5.1.1")),
        ("RCPT", "550 no", "failed", "sent", (550, "")),
        ("RCPT", "552 5.2.2 full", "failed", "sent", (552, "5.2.2")),
        ("RCPT", "554 5.7.1 blocked", "retry", "paused", (554, "5.7.1")),
        ("RCPT", "550 5.1.8 who are you", "retry", "paused", (550, "5.1.8")),
        ("DATA", "451 4.3.0 later", "retry", "sending", (451, "4.3.0")),
        ("DATA", HANG_UP, "retry", "sending", (None, "")),
        ("DOT", "451 4.7.0 later", "retry", "sending", (451, "4.7.0")),
        ("DOT", "554 5.7.1 spam", "retry", "paused", (554, "5.7.1")),
        ("DOT", "552 5.3.4 too big", "failed", "sent", (552, "5.3.4")),
        ("DOT", HANG_UP, "uncertain", "sent_uncertain", (None, "")),
        ("DOT", TAKE_AND_HANG_UP, "uncertain", "sent_uncertain", (None, "")),
        ("DOT", "gibberish", "uncertain", "sent_uncertain", (None, "")),
    ],
)
def test_each_answer_of_a_server_has_its_consequence(
    news: Any,
    sink: MailSink,
    at: str,
    answer: str,
    becomes: str,
    dispatch_is: str,
    code: tuple[int | None, str],
) -> None:
    dispatch = scheduled_dispatch(news, readers=3)
    sink.answers = answering(at, answer)
    days = Days()
    for _step in range(4):
        days.job.run_due(days.now)
    days.job.close()

    dispatch.refresh_from_db()
    victim = dispatch.deliveries.get(address=VICTIM)
    assert (victim.state, dispatch.state) == (becomes, dispatch_is)
    assert (victim.smtp_code, victim.enhanced_code) == code
    assert VICTIM not in victim.last_error
    assert max(sink.taken.values()) == 1
    others = [states_of(dispatch)[name] for name in ("r0", "r2")]
    assert others == ["accepted", "queued" if dispatch_is == "paused" else "accepted"]
    assert Suppression.objects.exists() == (code[1] == "5.1.1")
    assert sink.connections <= 3


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

    assert waits == [5, 10, 20, 40, 80, 160]
    assert balance(dispatch) == {"queued": 1}


def test_a_password_that_is_wrong_pauses_at_once(news: Any, sink: MailSink, settings: Any) -> None:
    sink.answers = lambda stage, letter: {
        "EHLO": "250-sink\r\n250 AUTH PLAIN",
        "AUTH": "535 5.7.8 wrong",
    }.get(stage)
    change_server(settings, username="office", password="wrong")
    dispatch = scheduled_dispatch(news, readers=1)

    send(dispatch)

    assert (dispatch.paused_reason, dispatch.paused_words) == (
        PauseReason.REFUSED,
        "535 5.7.8",
    )


def test_encryption_that_fails_is_no_verdict_on_anybody(
    news: Any, sink: MailSink, settings: Any
) -> None:
    sink.answers = lambda stage, letter: {
        "EHLO": "250-sink\r\n250 STARTTLS",
        "STARTTLS": "220 go on",
        "\x16\x03\x01": HANG_UP,
    }.get(stage[:3] if stage.startswith("\x16") else stage)
    change_server(settings, use_tls=True, timeout=0.3)
    dispatch = scheduled_dispatch(news, readers=1)
    days = Days()

    result = days.step()

    assert (result.failed, balance(dispatch)) == (0, {"queued": 1})
    assert result.error
    assert days.now == NOON + timedelta(seconds=5)


@pytest.mark.parametrize(
    ("at", "becomes"), [("RCPT", "retry"), ("DATA", "retry"), ("DOT", "uncertain")]
)
def test_a_server_that_falls_silent_is_left(
    news: Any, sink: MailSink, settings: Any, at: str, becomes: str
) -> None:
    change_server(settings, timeout=0.2)
    dispatch = scheduled_dispatch(news, readers=3)
    sink.answers = answering(at, SAY_NOTHING)

    days = Days()
    days.step()
    days.job.close()

    assert states_of(dispatch) == {"r0": "accepted", "r1": becomes, "r2": "accepted"}


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
    sink.answers = lambda stage, letter: "550 5.1.1 gone" if stage == "RCPT" else None

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

    minutes = [(later - before) / timedelta(minutes=1) for before, later in pairs(tries)]
    expected = [1, 5, 15, 60, *[240] * 17]
    assert len(minutes) == len(expected)
    assert all(
        0.8 * pause <= waited <= 1.21 * pause
        for pause, waited in zip(expected, minutes, strict=True)
    )
    assert (dispatch.state, balance(dispatch)) == ("sent", {"failed": 1})


def pairs(moments: list[Any]) -> Any:
    return zip(moments, moments[1:], strict=False)


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
