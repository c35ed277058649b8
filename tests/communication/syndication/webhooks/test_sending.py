"""Webhooks go out in order, side by side, and whatever happens to the worker."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from communication.delivery.enums import OutgoingState
from communication.delivery.selectors import state_counts
from communication.syndication import webhook_jobs
from communication.syndication.models import (
    WebhookDelivery,
    WebhookEndpoint,
)
from communication.syndication.services.webhook_endpoints import (
    disable_webhook,
    send_test,
)
from communication.syndication.services.webhook_sending import (
    DOUBTFUL_AT_ONCE,
    LEASE,
    take_deliveries,
)
from communication.syndication.services.webhook_writing import write_deliveries
from communication.syndication.webhook_jobs import WebhookSending
from tests.receiver import Receiver, never, receiving, status
from tests.webhooks import changes, sequences, verified, webhook_to, work

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)
ACCEPTED, RETRY, FAILED = OutgoingState.ACCEPTED, OutgoingState.RETRY, OutgoingState.FAILED


def the_delivery() -> WebhookDelivery:
    return WebhookDelivery.objects.get()


def test_versions_of_an_item_are_told_of_one_after_the_other(receiver: Receiver) -> None:
    receiver.answers = [status(500)]
    webhook_to(receiver)
    key = uuid4()
    first, second = changes(2, public_id=key)
    work()
    [other] = changes(public_id=key, locale="it")
    # what waits behind a failure waits; another version does not, once the endpoint has rested
    with time_machine.travel(timezone.now() + timedelta(seconds=2)):
        work()
    assert sequences(receiver) == [first.sequence, other.sequence]

    with time_machine.travel(timezone.now() + timedelta(seconds=10)):
        work()
    assert sequences(receiver) == [
        first.sequence,
        other.sequence,
        first.sequence,
        second.sequence,
    ]


def test_an_endpoint_that_is_down_is_not_asked_for_each_event(receiver: Receiver) -> None:
    receiver.otherwise = status(503)
    webhook_to(receiver)
    changes(50)
    work()
    at_first = len(receiver.requests)
    now = timezone.now()
    for minute in range(1, 11):
        with time_machine.travel(now + minute * MINUTE):
            work()
    assert at_first <= 4
    assert len(receiver.requests) <= at_first + 10

    receiver.otherwise = status(200)
    for minute in (12, 13, 60):
        with time_machine.travel(now + minute * MINUTE):
            work()
    assert state_counts(WebhookDelivery.objects.all()) == {"accepted": 50}


def test_a_slow_endpoint_holds_up_no_other(receiver: Receiver) -> None:
    receiver.otherwise = never
    slow, _secret = webhook_to(receiver)
    WebhookEndpoint.objects.filter(pk=slow.pk).update(url=receiver.url + "/slow")
    changes(20)
    job = WebhookSending()
    job.run_due(timezone.now())
    receiver.otherwise = status(200)
    quick, _secret = webhook_to(receiver)
    changes(20)

    for _step in range(60):
        job.run_due(timezone.now())

    assert quick.deliveries.filter(state=ACCEPTED).count() == 20
    receiver.ended.set()
    job.close()
    assert not slow.deliveries.filter(state=OutgoingState.SENDING).exists()


def test_any_number_of_endpoints_that_never_answer_leave_room_for_the_others(
    receiver: Receiver,
) -> None:
    receiver.otherwise = never
    with receiving() as quick:
        answering, _secret = webhook_to(quick)
        [first] = changes()
        job = work()
        for number in range(DOUBTFUL_AT_ONCE + 4):
            silent, _secret = webhook_to(receiver)
            WebhookEndpoint.objects.filter(pk=silent.pk).update(url=f"{receiver.url}/{number}")
        told = changes(8)

        for _step in range(30):
            job.run_due(timezone.now())

        assert set(sequences(quick)) == {change.sequence for change in [first, *told]}
        assert len(receiver.requests) == DOUBTFUL_AT_ONCE
    receiver.ended.set()
    job.close()
    answering.refresh_from_db()
    assert not answering.is_doubtful


def test_who_was_tried_least_comes_first_of_those_that_never_answered(receiver: Receiver) -> None:
    for failures in (3, 1, 0, 2):
        endpoint, _secret = webhook_to(receiver, label=str(failures))
        WebhookEndpoint.objects.filter(pk=endpoint.pk).update(
            url=f"{receiver.url}/{failures}", failures=failures
        )
    changes()
    write_deliveries(now=timezone.now())

    taken = take_deliveries(limit=3, under_way=[], now=timezone.now())

    assert [delivery.endpoint.label for delivery in taken] == ["0", "1", "2"]


def test_what_a_killed_worker_had_in_hand_is_sent_by_the_next(receiver: Receiver) -> None:
    receiver.answers = [never]
    webhook_to(receiver)
    changes()
    WebhookSending().run_due(timezone.now())  # and is never seen again
    assert the_delivery().state == OutgoingState.SENDING

    work()
    assert the_delivery().state == OutgoingState.SENDING
    with time_machine.travel(timezone.now() + LEASE):
        work()

    assert (the_delivery().state, the_delivery().attempts) == (ACCEPTED, 2)


def test_a_worker_that_ends_waits_for_what_it_has_sent(receiver: Receiver) -> None:
    webhook_to(receiver)
    changes(5)
    job = WebhookSending()
    job.run_due(timezone.now())

    job.close()

    assert not WebhookDelivery.objects.filter(state=OutgoingState.SENDING).exists()


def test_what_is_switched_off_after_it_was_taken_is_not_sent(
    receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    endpoint, _secret = webhook_to(receiver)
    changes()

    def take_and_be_late(**facts: Any) -> Any:
        taken = take_deliveries(**facts)
        if taken:
            disable_webhook(endpoint=endpoint)
        return taken

    monkeypatch.setattr(webhook_jobs, "take_deliveries", take_and_be_late)
    work()

    assert receiver.requests == []
    assert the_delivery().state == OutgoingState.SKIPPED


def test_a_test_goes_out_once_and_changes_nothing_else(receiver: Receiver) -> None:
    endpoint, secret = webhook_to(receiver)
    receiver.answers = [status(500)]
    send_test(endpoint=endpoint)
    work()
    disable_webhook(endpoint=endpoint)
    send_test(endpoint=endpoint)
    work()

    assert [verified(request, secret)["type"] for request in receiver.requests] == ["ping"] * 2
    assert state_counts(WebhookDelivery.objects.all()) == {"failed": 1, "accepted": 1}
    endpoint.refresh_from_db()
    assert (endpoint.failures, endpoint.failing_since) == (0, None)


def test_idle_costs_three_queries_and_sending_the_same_for_each(receiver: Receiver) -> None:
    webhook_to(receiver)
    job = work()
    with CaptureQueriesContext(connection) as idle:
        job.run_due(timezone.now())
    costs = []
    for number in (1, 4):
        changes(number)
        with CaptureQueriesContext(connection) as captured:
            work(job)
        costs.append(len(captured))

    # a test for each of the steps that waited for an answer, and what is noted of each
    assert len(idle) == 3
    assert costs[1] - costs[0] <= 3 * 8
