"""What does not arrive is tried again as promised, and whoever never answers is left alone."""

import socket
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone
from django.utils.http import http_date

from communication.delivery import outbound
from communication.delivery.enums import OutgoingState
from communication.delivery.selectors import state_counts
from communication.syndication.enums import DisabledReason
from communication.syndication.models import (
    WebhookDelivery,
    WebhookEndpoint,
    WebhookNotice,
)
from communication.syndication.services.webhook_sending import SCHEDULE
from communication.syndication.webhook_jobs import WebhookSending
from tests.receiver import Receiver, byte_by_byte, endless, never, nonsense, status
from tests.webhooks import changes, webhook_to, work

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)
ACCEPTED, RETRY, FAILED = OutgoingState.ACCEPTED, OutgoingState.RETRY, OutgoingState.FAILED


def the_delivery() -> WebhookDelivery:
    return WebhookDelivery.objects.get()


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

    assert forbidden.connections == 0
    assert "127.0.0.2 is no public address" in the_delivery().last_error


def test_a_redirect_into_a_private_network_is_not_followed(
    receiver: Receiver, forbidden: Receiver
) -> None:
    receiver.answers = [status(301, Location=forbidden.url)]
    webhook_to(receiver)
    changes()
    work()

    assert (len(receiver.requests), forbidden.connections) == (1, 0)


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
        pytest.param(
            http_date((timezone.now() + timedelta(days=365)).timestamp()),
            24 * 3600,
            id="in a year",
        ),
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
