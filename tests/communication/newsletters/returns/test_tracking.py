"""Providers tell by webhook what became of a mail."""

import base64
import json
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from anymail.signals import AnymailTrackingEvent, EventType, RejectReason, tracking
from django.test import Client
from django.utils import timezone

from communication.newsletters.enums import AfterState, SuppressionReason
from communication.newsletters.models import DeliveryEvent, Suppression
from tests.newsletters import ADDRESS, state_of

from .conftest import MESSAGE_ID, make_delivery

HOOK = "/anymail/postmark/tracking/"
METADATA = {"v2v_mail": MESSAGE_ID[1:41]}
BOUNCE = {
    "RecordType": "Bounce",
    "Type": "HardBounce",
    "TypeCode": 1,
    "ID": 4323372036854775807,
    "MessageID": "883953f4-6105-42a2-a16a-77a8eac79483",
    "Metadata": METADATA,
    "Email": ADDRESS,
    "BouncedAt": "2026-11-23T20:02:10Z",
    "Details": "smtp;550 5.1.1 The email account that you tried to reach does not exist.",
}


@pytest.fixture(autouse=True)
def hooks(settings: Any) -> None:
    import_module("communication.newsletters.returns.signal_handlers")  # as an installed app does
    settings.ROOT_URLCONF = "tests.communication.newsletters.returns.webhook_urls"
    settings.ANYMAIL = {"WEBHOOK_SECRET": "name:password"}


def post(event: dict[str, Any], secret: bytes = b"name:password") -> int:
    """Plays the provider."""
    login = base64.b64encode(secret).decode()
    client = Client(raise_request_exception=False, headers={"authorization": f"Basic {login}"})
    return client.post(HOOK, json.dumps(event), content_type="application/json").status_code


def tell(event_type: str, provider: str = "Test", **facts: Any) -> None:
    """Sends an event as anymail does when it has understood a webhook."""
    facts = {"recipient": ADDRESS, "message_id": MESSAGE_ID, "event_id": "1"} | facts
    event = AnymailTrackingEvent(event_type=event_type, timestamp=timezone.now(), **facts)
    tracking.send(sender=None, event=event, esp_name=provider)


def after(delivery: Any) -> str:
    delivery.refresh_from_db()
    return str(delivery.after_state)


def test_a_hard_bounce_ends_the_address(delivery: Any) -> None:
    assert post(BOUNCE) == 200

    event = DeliveryEvent.objects.get()
    assert after(delivery) == AfterState.BOUNCED
    assert (event.event_id, event.code) == ("Postmark 4323372036854775807", "5.1.1")
    assert event.happened_at == datetime(2026, 11, 23, 20, 2, 10, tzinfo=UTC)
    assert Suppression.objects.get().reason == SuppressionReason.BOUNCED
    assert state_of() == {"news": "unsubscribed"}


def test_a_webhook_that_is_sent_again_changes_nothing(delivery: Any) -> None:
    assert [post(BOUNCE) for _time in range(3)] == [200, 200, 200]

    assert DeliveryEvent.objects.count() == 1


def test_events_without_an_id_are_known_again_all_the_same(delivery: Any) -> None:
    event = {
        "RecordType": "Delivery",
        "MessageID": "883953f4",
        "Metadata": METADATA,
        "Recipient": ADDRESS,
        "DeliveredAt": "2026-11-23T20:02:10Z",
        "Details": "250 2.0.0 OK",
    }
    post(event)
    post(event)

    assert DeliveryEvent.objects.count() == 1
    assert after(delivery) == AfterState.DELIVERED


def test_a_bounce_before_a_delivery_stays_a_bounce(delivery: Any) -> None:
    post(BOUNCE)
    tell(EventType.DELIVERED)

    assert after(delivery) == AfterState.BOUNCED


@pytest.mark.parametrize("secret", [b"name:wrong", b""])
def test_nobody_else_can_tell_of_bounces(delivery: Any, secret: bytes) -> None:
    assert post(BOUNCE, secret) == 400

    assert after(delivery) == ""
    assert not Suppression.objects.exists()


def test_a_complaint_ends_all_subscriptions(delivery: Any) -> None:
    tell(EventType.COMPLAINED)

    assert after(delivery) == AfterState.COMPLAINED
    assert Suppression.objects.get().reason == SuppressionReason.COMPLAINED
    assert state_of() == {"news": "unsubscribed"}


def test_who_leaves_at_the_provider_leaves_here(delivery: Any) -> None:
    tell(EventType.UNSUBSCRIBED)

    assert state_of() == {"news": "unsubscribed"}
    assert not Suppression.objects.exists()


@pytest.mark.parametrize(
    "facts",
    [
        {"esp_event": {"Type": "SoftBounce"}, "reject_reason": RejectReason.BOUNCED},
        {"esp_event": {"event": "soft_bounce"}, "reject_reason": RejectReason.BOUNCED},
        {"esp_event": {"type": "activity.soft_bounced"}, "reject_reason": RejectReason.BOUNCED},
        {
            "esp_event": {"data": [{"bounce": {"bounceType": "Transient"}}]},
            "reject_reason": RejectReason.BOUNCED,
        },
        {"mta_response": "452 4.2.2 Over quota", "reject_reason": RejectReason.BOUNCED},
        {"mta_response": "550 5.7.1 Looks like spam", "reject_reason": RejectReason.BOUNCED},
        {"reject_reason": RejectReason.BLOCKED},
    ],
)
def test_a_bounce_that_says_nothing_of_the_address_does_not_end_it(
    delivery: Any, facts: dict[str, Any]
) -> None:
    tell(EventType.BOUNCED, **facts)

    assert after(delivery) == AfterState.BOUNCED
    assert not Suppression.objects.exists()
    assert state_of() == {"news": "confirmed"}


@pytest.mark.parametrize(
    ("event_type", "reason", "suppression"),
    [
        (EventType.BOUNCED, RejectReason.INVALID, "bounced"),
        (EventType.REJECTED, RejectReason.BOUNCED, "bounced"),
        (EventType.REJECTED, RejectReason.SPAM, "complained"),
    ],
)
def test_what_the_provider_knows_of_an_address_is_believed(
    delivery: Any, event_type: str, reason: str, suppression: str
) -> None:
    tell(event_type, reject_reason=reason)

    assert after(delivery) == AfterState.BOUNCED
    assert Suppression.objects.get().reason == suppression


def test_a_mail_that_is_put_off_is_only_noted(delivery: Any) -> None:
    tell(EventType.DEFERRED)

    assert after(delivery) == ""
    assert DeliveryEvent.objects.get().kind == "deferred"


@pytest.mark.parametrize("event_type", [EventType.OPENED, EventType.CLICKED, EventType.QUEUED])
def test_what_readers_do_with_a_mail_is_not_noted(delivery: Any, event_type: str) -> None:
    tell(event_type)

    assert not DeliveryEvent.objects.exists()


@pytest.mark.parametrize(
    "facts",
    [
        {"message_id": MESSAGE_ID},
        {"message_id": MESSAGE_ID.strip("<>")},
        {"message_id": "their-own", "metadata": METADATA},
        {"message_id": "their-own"},
        {"message_id": None, "recipient": ADDRESS.upper()},
    ],
)
def test_a_mail_is_known_by_its_id_or_its_recipient(delivery: Any, facts: dict[str, Any]) -> None:
    tell(EventType.DELIVERED, **facts)

    assert after(delivery) == AfterState.DELIVERED


def test_of_several_mails_to_an_address_it_was_the_last(subscription: Any) -> None:
    week = timedelta(days=7)
    earlier = make_delivery(
        subscription, message_id="<1@x>", first_attempt_at=timezone.now() - week
    )
    later = make_delivery(subscription, message_id="<2@x>")

    tell(EventType.DELIVERED, message_id="their-own")

    assert (after(earlier), after(later)) == ("", "delivered")


@pytest.mark.parametrize(
    "facts",
    [
        {"recipient": "other@school.example"},
        {"recipient": "other@school.example", "message_id": None},
        {"recipient": None, "message_id": None},
        {"recipient": "no address", "message_id": "x" * 400},
    ],
)
def test_what_is_about_another_mail_changes_nothing(delivery: Any, facts: dict[str, Any]) -> None:
    tell(EventType.BOUNCED, reject_reason=RejectReason.INVALID, **facts)

    assert after(delivery) == ""
    assert not Suppression.objects.exists()


def test_the_same_id_of_another_provider_is_another_event(delivery: Any) -> None:
    tell(EventType.DEFERRED, provider="One")
    tell(EventType.DEFERRED, provider="Two")
    tell(EventType.DEFERRED, provider="Two", event_id="x" * 4_000)

    assert DeliveryEvent.objects.count() == 3


def test_events_are_listened_to_where_anymail_is_installed_and_loaded_nowhere_else(
    tmp_path: Path,
) -> None:
    program = (
        "import sys, django; from django.conf import settings; "
        "settings.INSTALLED_APPS += ['anymail'] * (sys.argv[1] == 'with'); django.setup(); "
        "from communication.newsletters.returns import bounces_are_measured; "
        "print(bounces_are_measured(), 'anymail.signals' in sys.modules, "
        "'communication.newsletters.returns.signal_handlers' in sys.modules)"
    )
    said = {
        how: subprocess.run(
            [sys.executable, "-c", program, how],
            capture_output=True,
            text=True,
            check=True,
            timeout=60,
        ).stdout.split()
        for how in ("with", "without")
    }

    assert said == {"with": ["True", "True", "True"], "without": ["False", "False", "False"]}
