"""What is heard of a mail counts once, in whichever order it comes."""

from datetime import timedelta
from itertools import permutations
from typing import Any

import pytest
from django.utils import timezone

from communication.delivery.enums import OutgoingState
from communication.delivery.services.claiming import finish
from communication.newsletters.enums import (
    AfterState,
    ConsentSource,
    DeliveryEventKind,
    DispatchState,
    SuppressionReason,
)
from communication.newsletters.models import ConsentEvent, DeliveryEvent, Dispatch, Suppression
from communication.newsletters.returns.jobs import DeliveryUpkeep
from communication.newsletters.returns.reports import Report
from communication.newsletters.services.erasing import erase
from communication.newsletters.services.hearing import note_report
from tests.newsletters import ADDRESS, state_of

from .conftest import being_sent, make_delivery

KINDS = DeliveryEventKind


def report(kind: DeliveryEventKind, number: int = 0, **facts: Any) -> Report:
    return Report(f"test {kind} {number}", kind, timezone.now(), **facts)


def note(delivery: Any, *reports: Report) -> list[bool]:
    now = timezone.now()
    noted = [note_report(delivery=delivery, report=each, now=now) for each in reports]
    delivery.refresh_from_db()
    return noted


@pytest.mark.parametrize(
    "order",
    list(permutations([KINDS.DELIVERED, KINDS.DEFERRED, KINDS.BOUNCED])),
    ids="-".join,
)
def test_a_bounce_wins_in_whichever_order_events_come(delivery: Any, order: Any) -> None:
    note(delivery, *map(report, order))

    assert delivery.after_state == AfterState.BOUNCED
    assert delivery.events.count() == 3


@pytest.mark.parametrize("is_first", [True, False])
def test_a_complaint_wins_over_a_delivery(delivery: Any, *, is_first: bool) -> None:
    complaint = report(KINDS.COMPLAINED, suppression=SuppressionReason.COMPLAINED)
    reports = [complaint, report(KINDS.DELIVERED)]

    note(delivery, *(reports if is_first else reversed(reports)))

    assert delivery.after_state == AfterState.COMPLAINED
    assert Suppression.objects.get().reason == SuppressionReason.COMPLAINED
    assert state_of() == {"news": "unsubscribed"}


def test_what_is_said_again_changes_nothing(delivery: Any) -> None:
    bounce = report(KINDS.BOUNCED, suppression=SuppressionReason.BOUNCED)

    assert note(delivery, bounce, bounce, bounce) == [True, False, False]

    assert DeliveryEvent.objects.count() == 1
    assert ConsentEvent.objects.count() == 1


@pytest.mark.parametrize("kind", [KINDS.DEFERRED, KINDS.BOUNCED])
def test_a_soft_bounce_ends_no_subscription(delivery: Any, kind: DeliveryEventKind) -> None:
    note(delivery, report(kind, code="4.2.2"))

    assert state_of() == {"news": "confirmed"}
    assert not Suppression.objects.exists()


def test_leaving_at_the_provider_ends_the_one_subscription(delivery: Any) -> None:
    note(delivery, report(KINDS.UNSUBSCRIBED))

    assert state_of() == {"news": "unsubscribed"}
    assert not Suppression.objects.exists()
    assert delivery.after_state == ""


def test_an_uncertain_mail_that_was_heard_of_has_arrived(subscription: Any) -> None:
    dispatch = Dispatch.objects.create(
        state=DispatchState.SENDING, started_at=timezone.now() - timedelta(hours=1)
    )
    delivery = make_delivery(subscription, dispatch=dispatch, state=OutgoingState.UNCERTAIN)

    note(delivery, report(KINDS.DELIVERED))

    dispatch.refresh_from_db()
    assert (delivery.state, delivery.after_state) == ("accepted", "delivered")
    assert dispatch.state == DispatchState.SENT


def test_an_event_that_overtakes_the_sender_counts_as_soon_as_he_is_done(subscription: Any) -> None:
    delivery = make_delivery(subscription, **being_sent())
    note(delivery, report(KINDS.BOUNCED))
    assert (delivery.state, delivery.after_state) == ("sending", "")
    assert DeliveryUpkeep().run_due(timezone.now()).done == 0, "The sender is not done."

    assert finish(row=delivery, state=OutgoingState.ACCEPTED, now=timezone.now())
    assert DeliveryUpkeep().run_due(timezone.now()).done == 1

    delivery.refresh_from_db()
    assert (delivery.state, delivery.after_state) == ("accepted", "bounced")
    assert DeliveryUpkeep().run_due(timezone.now()).done == 0


def test_what_is_heard_of_an_erased_reader_brings_nothing_back(
    delivery: Any, settings: Any, tmp_path: Any
) -> None:
    erase(address=ADDRESS, source=ConsentSource.OFFICE)
    delivery.refresh_from_db()

    note(delivery, report(KINDS.BOUNCED, suppression=SuppressionReason.BOUNCED))

    assert delivery.address == ""
    assert Suppression.objects.get().reason == SuppressionReason.ERASED


def test_an_event_costs_the_same_however_many_came_before(
    delivery: Any, django_assert_num_queries: Any
) -> None:
    note(delivery, *(report(KINDS.DEFERRED, number) for number in range(15)))

    with django_assert_num_queries(9):
        note_report(delivery=delivery, report=report(KINDS.DELIVERED), now=timezone.now())
