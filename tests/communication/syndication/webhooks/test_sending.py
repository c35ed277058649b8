"""Webhooks arrive signed and in order, and what does not arrive is tried again as promised."""

import socket
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.http import http_date
from pytest_django import Settings
from standardwebhooks import WebhookVerificationError

from communication.delivery import outbound
from communication.delivery.enums import OutgoingState
from communication.delivery.selectors import state_counts
from communication.syndication import webhook_jobs
from communication.syndication.enums import DisabledReason
from communication.syndication.models import (
    WebhookDelivery,
    WebhookEndpoint,
    WebhookNotice,
    WebhookSecret,
)
from communication.syndication.services.webhook_endpoints import (
    disable_webhook,
    rotate_secret,
    send_test,
)
from communication.syndication.services.webhook_sending import LEASE, SCHEDULE, take_deliveries
from communication.syndication.webhook_jobs import WebhookSending
from tests.receiver import Receiver, byte_by_byte, endless, never, nonsense, status
from tests.webhooks import changes, sequences, verified, webhook_to, work

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)
ACCEPTED, RETRY, FAILED = OutgoingState.ACCEPTED, OutgoingState.RETRY, OutgoingState.FAILED


def the_delivery() -> WebhookDelivery:
    return WebhookDelivery.objects.get()


def test_a_webhook_says_little_and_is_verified_by_the_official_library(receiver: Receiver) -> None:
    _endpoint, secret = webhook_to(receiver)
    moment = datetime.fromisoformat("2026-11-28T10:00:00.25+01:00")
    [change] = changes(locale="sr-latn", reason="moved", recorded_at=moment)

    work()

    [request] = receiver.requests
    assert verified(request, secret) == {
        "type": "content.upserted",
        "timestamp": "2026-11-28T09:00:00.250Z",
        "data": {
            "id": str(change.public_id),
            "type": "news",
            "locale": "sr-latn",
            "operation": "upsert",
            "reason": "moved",
            "sequence": change.sequence,
            "url": f"http://localhost/api/v1/content/{change.public_id}/?locale=sr-latn",
        },
    }
    delivery = the_delivery()
    assert request.headers["webhook-id"] == f"msg_{delivery.public_id.hex}"
    assert request.headers["Content-Type"] == "application/json"
    assert (delivery.state, delivery.status, delivery.attempts) == (ACCEPTED, 200, 1)
    assert delivery.endpoint.last_success_at is not None


def test_a_signature_is_none_of_another_secret_nor_of_another_body(receiver: Receiver) -> None:
    _endpoint, secret = webhook_to(receiver)
    changes()
    work()
    [request] = receiver.requests

    for wrong in (secret[:-2] + "A=", "whsec_" + "A" * 44):
        with pytest.raises(WebhookVerificationError):
            verified(request, wrong)
    with pytest.raises(WebhookVerificationError):
        verified(type(request)(request.path, request.headers, request.body + b" "), secret)


def test_while_secrets_rotate_both_sign_and_then_the_new_one_alone(receiver: Receiver) -> None:
    endpoint, first = webhook_to(receiver)
    second = rotate_secret(endpoint=endpoint, grace=timedelta(days=7))
    changes()
    work()
    with time_machine.travel(timezone.now() + timedelta(days=8)):
        changes()
        work()
        assert verified(receiver.requests[1], second)
        with pytest.raises(WebhookVerificationError):
            verified(receiver.requests[1], first)

    assert verified(receiver.requests[0], first) == verified(receiver.requests[0], second)
    assert len({first, second}) == 2


def test_never_more_than_two_secrets_sign(receiver: Receiver) -> None:
    endpoint, first = webhook_to(receiver)
    second, third = (rotate_secret(endpoint=endpoint, grace=timedelta(days=7)) for _turn in "12")
    changes()
    work()

    [request] = receiver.requests
    assert len(request.headers["webhook-signature"].split()) == 2
    assert verified(request, second) == verified(request, third)
    with pytest.raises(WebhookVerificationError):
        verified(request, first)


def test_the_database_holds_nothing_that_signs(receiver: Receiver) -> None:
    _endpoint, secret = webhook_to(receiver)

    [row] = WebhookSecret.objects.values()

    assert secret.removeprefix("whsec_") not in str(row)


def test_a_replaced_key_signs_as_before_while_it_is_a_fallback(
    receiver: Receiver, settings: Settings
) -> None:
    _endpoint, secret = webhook_to(receiver)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another", [settings.SECRET_KEY]
    changes()
    work()
    assert verified(receiver.requests[0], secret)

    settings.SECRET_KEY_FALLBACKS = []
    changes()
    work()

    endpoint = WebhookEndpoint.objects.get()
    assert len(receiver.requests) == 1
    assert endpoint.disabled_reason == DisabledReason.SECRET_LOST
    assert "Give the webhook a new secret" in WebhookDelivery.objects.latest("pk").last_error


@pytest.mark.parametrize("number", [200, 201, 202, 204, 299])
def test_every_answer_of_the_200s_is_a_success(receiver: Receiver, number: int) -> None:
    receiver.answers = [status(number)]
    webhook_to(receiver)
    changes()
    work()

    assert the_delivery().state == ACCEPTED


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (status(400), "Answered with 400: said the receiver"),
        (status(404), "Answered with 404"),
        (status(500), "Answered with 500"),
        (status(503), "Answered with 503"),
        (status(301, Location="http://127.0.0.2/"), "Answered with 301, a redirect"),
        (nonsense, "No answer"),
        (endless(500), "Answered with 500: xxx"),
    ],
)
def test_every_other_answer_is_a_failure_and_is_tried_again(
    receiver: Receiver, answer: Any, error: str
) -> None:
    receiver.answers = [answer]
    webhook_to(receiver)
    changes()
    work()

    delivery = the_delivery()
    assert (delivery.state, delivery.attempts) == (RETRY, 1)
    assert delivery.last_error.startswith(error)
    assert len(delivery.last_error) < 300
    [attempt] = delivery.tries
    assert attempt["error"] == delivery.last_error
    assert len(receiver.requests) == 1


def test_a_huge_answer_is_a_success_when_its_status_says_so(receiver: Receiver) -> None:
    receiver.answers = [endless(200)]
    webhook_to(receiver)
    changes()
    work()

    assert the_delivery().state == ACCEPTED


@pytest.mark.parametrize("behaviour", [never, byte_by_byte])
def test_who_answers_too_late_or_never_is_tried_again(
    receiver: Receiver, behaviour: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outbound, "TOTAL_SECONDS", 0.3)
    receiver.answers = [behaviour]
    webhook_to(receiver)
    changes()
    work()

    assert (the_delivery().state, the_delivery().status) == (RETRY, None)
    assert the_delivery().last_error.startswith("No answer within")


def test_a_name_that_leads_into_a_private_network_is_never_connected_to(
    receiver: Receiver, forbidden: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = socket.getaddrinfo
    monkeypatch.setattr(
        socket,
        "getaddrinfo",
        lambda host, *rest, **more: real(
            "127.0.0.2" if host == "hooks.example" else host, *rest, **more
        ),
    )
    endpoint, _secret = webhook_to(receiver)
    WebhookEndpoint.objects.filter(pk=endpoint.pk).update(
        url=forbidden.url.replace("127.0.0.2", "hooks.example")
    )
    changes()
    work()

    assert forbidden.requests == []
    assert "127.0.0.2 is no public address" in the_delivery().last_error


def test_a_redirect_into_a_private_network_is_not_followed(
    receiver: Receiver, forbidden: Receiver
) -> None:
    receiver.answers = [status(301, Location=forbidden.url)]
    webhook_to(receiver)
    changes()
    work()

    assert (len(receiver.requests), forbidden.requests) == (1, [])


def test_attempts_follow_the_schedule_and_then_the_endpoint_is_switched_off(
    receiver: Receiver,
) -> None:
    receiver.otherwise = status(500)
    webhook_to(receiver)
    changes()
    pauses, now = [], timezone.now()
    job = WebhookSending()
    while True:
        with time_machine.travel(now):
            work(job)
            delivery = the_delivery()
            if delivery.next_attempt_at is None:
                break
            pauses.append((delivery.next_attempt_at - timezone.now()) / timedelta(seconds=1))
            just_before = delivery.next_attempt_at - timedelta(seconds=1)
            with time_machine.travel(just_before, tick=False):
                work(job)
            assert len(receiver.requests) == delivery.attempts
            now = delivery.next_attempt_at + timedelta(milliseconds=1)

    promised = [pause / timedelta(seconds=1) for pause in SCHEDULE.pauses]
    assert promised == [5, 300, 1800, 7200, 18000, 36000, 50400, 72000, 86400]
    assert all(0.8 * p <= real <= 1.1 * p + 1 for real, p in zip(pauses, promised, strict=True))
    assert (delivery.state, delivery.attempts, len(receiver.requests)) == (FAILED, 10, 10)
    assert len({request.headers["webhook-id"] for request in receiver.requests}) == 1
    assert len({request.body for request in receiver.requests}) == 1
    assert len({request.headers["webhook-timestamp"] for request in receiver.requests}) == 10
    assert WebhookEndpoint.objects.get().disabled_reason == DisabledReason.FAILING
    assert WebhookNotice.objects.count() == 1


def test_one_event_that_is_refused_for_good_switches_no_working_endpoint_off(
    receiver: Receiver,
) -> None:
    receiver.answers = [status(400)]
    webhook_to(receiver)
    changes()
    work()
    WebhookDelivery.objects.update(attempts=9)
    with time_machine.travel(timezone.now() + MINUTE):
        changes()
        receiver.answers = [status(200), status(400)]
        WebhookDelivery.objects.filter(attempts=9).update(next_attempt_at=timezone.now() + MINUTE)
        work()
    with time_machine.travel(timezone.now() + 3 * MINUTE):
        work()

    assert state_counts(WebhookDelivery.objects.all()) == {"accepted": 1, "failed": 1}
    assert WebhookEndpoint.objects.get().is_enabled


def test_an_endpoint_that_fails_for_five_days_is_switched_off(receiver: Receiver) -> None:
    receiver.otherwise = status(500)
    endpoint, _secret = webhook_to(receiver)
    since = timezone.now() - timedelta(days=5)
    WebhookEndpoint.objects.update(failing_since=since, failures=3)
    changes()
    work()

    endpoint.refresh_from_db()
    assert endpoint.disabled_reason == DisabledReason.FAILING


def test_who_is_gone_for_good_gets_nothing_more(receiver: Receiver) -> None:
    receiver.answers = [status(410)]
    webhook_to(receiver)
    [change] = changes()
    changes(3, public_id=change.public_id)
    work()
    changes()
    work()

    endpoint = WebhookEndpoint.objects.get()
    assert endpoint.disabled_reason == DisabledReason.GONE
    assert len(receiver.requests) == 1
    assert state_counts(WebhookDelivery.objects.all()) == {"failed": 1, "skipped": 3}


@pytest.mark.parametrize(
    ("header", "pause"),
    [
        ("120", 120),
        ("0", 4),
        ("999999999", 24 * 3600),
        ("in a while", 4),
        ("-5", 4),
        (http_date((timezone.now() + timedelta(days=365)).timestamp()), 24 * 3600),
        ("Thu, 01 Jan 1970 00:00:00 GMT", 4),
    ],
)
def test_who_asks_for_time_gets_it_within_a_day(
    receiver: Receiver, header: str, pause: int
) -> None:
    receiver.answers = [status(429, Retry_After=header)]
    webhook_to(receiver)
    changes()
    work()

    delivery = the_delivery()
    assert delivery.next_attempt_at is not None
    seconds = (delivery.next_attempt_at - timezone.now()).total_seconds()
    assert pause - 2 <= seconds <= pause + 2
    if pause > 100:  # nor does anything else go there meanwhile
        changes()
        with time_machine.travel(timezone.now() + timedelta(seconds=pause - 10)):
            work()
        assert len(receiver.requests) == 1


def test_versions_of_an_item_are_told_of_one_after_the_other(receiver: Receiver) -> None:
    receiver.answers = [status(500)]
    webhook_to(receiver)
    key = uuid4()
    first, second = changes(2, public_id=key)
    [other] = changes(public_id=key, locale="it")
    work()
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
