"""Webhooks say little, and are signed so that the official library verifies them."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.utils import timezone
from pytest_django import Settings
from standardwebhooks import WebhookVerificationError

from communication.delivery.enums import OutgoingState
from communication.syndication.enums import DisabledReason
from communication.syndication.models import (
    WebhookDelivery,
    WebhookEndpoint,
    WebhookSecret,
)
from communication.syndication.services.webhook_endpoints import (
    rotate_secret,
)
from tests.receiver import Receiver
from tests.webhooks import changes, verified, webhook_to, work

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

    other = "B" if secret[-3] == "A" else "A"
    for wrong in (secret[:-3] + other + secret[-2:], "whsec_" + "A" * 44):
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
