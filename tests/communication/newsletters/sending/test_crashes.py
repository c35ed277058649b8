"""Wherever a worker dies, and whatever comes in between: nobody gets two, nobody is forgotten."""

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from communication.delivery.enums import OutgoingState
from communication.newsletters.enums import ConsentSource, DispatchState, SuppressionReason
from communication.newsletters.jobs import DispatchSending
from communication.newsletters.models import Delivery, Dispatch, Suppression
from communication.newsletters.services.dispatching.delivering import LEASE, reap_deliveries
from communication.newsletters.services.dispatching.moving import DispatchStateError
from communication.newsletters.services.dispatching.pausing import cancel, pause
from communication.newsletters.services.dispatching.resending import (
    resend_uncertain,
    settle_uncertain,
)
from communication.newsletters.services.erasing import erase
from communication.newsletters.services.unsubscribing import unsubscribe
from tests.dispatches import NOON, Days, scheduled_dispatch, send, states_of

from .wire import KilledError, Wire, balance, die, once_at

VICTIM = "r1@school.example"


@pytest.fixture
def wire(settings: Any) -> Iterator[type[Wire]]:
    settings.V2V_MAIL_TRANSPORT = f"{Wire.__module__}.Wire"
    Wire.ledger, Wire.ids, Wire.happens = Counter(), [], None
    yield Wire
    Wire.happens = None


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
    lease_ends = NOON + LEASE
    assert lease_ends <= second.now < lease_ends + timedelta(seconds=1), "It knows when to look."
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


def test_a_mail_that_was_given_up_meanwhile_stays_uncertain_and_the_next_goes(
    news: Any, wire: type[Wire]
) -> None:
    dispatch = scheduled_dispatch(news, readers=2)

    def give_up() -> None:
        Delivery.objects.filter(state=OutgoingState.SENDING).update(leased_until=NOON)
        reap_deliveries(now=NOON)

    wire.happens = once_at("before the dot", "r0@school.example", give_up)
    send(dispatch)

    assert wire.ledger == {"r0@school.example": 1, VICTIM: 1}
    assert states_of(dispatch) == {"r0": "uncertain", "r1": "accepted"}


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
