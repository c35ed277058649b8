"""Endpoints are switched off and on without losing a thing, and whoever has to know is told."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.core.exceptions import ValidationError
from django.utils import timezone
from pytest_django import Settings
from wagtail.models import ModelLogEntry

from communication.delivery.enums import OutgoingState
from communication.delivery.selectors import state_counts
from communication.syndication.jobs import DeliveryPruning
from communication.syndication.models import WebhookDelivery, WebhookNotice
from communication.syndication.services import webhook_notices
from communication.syndication.services.webhook_endpoints import (
    EndpointStateError,
    disable_webhook,
    enable_webhook,
)
from communication.syndication.services.webhook_replaying import (
    ReplayError,
    replay,
    replay_delivery,
)
from communication.syndication.webhook_addresses import validate_webhook_url
from communication.syndication.webhook_jobs import WebhookNotices
from tests.partner_sites import PartnerSiteFactory
from tests.receiver import Receiver, status
from tests.webhooks import changes, sequences, webhook_to, work

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


def all_counts() -> dict[str, int]:
    return state_counts(WebhookDelivery.objects.all())


def test_what_waits_for_an_endpoint_that_is_switched_off_is_left_out(receiver: Receiver) -> None:
    receiver.answers = [status(500)]
    endpoint, _secret = webhook_to(receiver)
    changes(1)
    work()

    disable_webhook(endpoint=endpoint)
    changes(1)
    work()

    assert all_counts() == {"skipped": 1}
    assert len(receiver.requests) == 1
    assert not WebhookNotice.objects.exists()
    with pytest.raises(EndpointStateError, match="off already"):
        disable_webhook(endpoint=endpoint)


def test_whoever_switches_it_on_again_lets_it_have_what_it_missed(receiver: Receiver) -> None:
    endpoint, _secret = webhook_to(receiver)
    arrived = changes(1)
    work()
    receiver.answers = [status(500)]
    failed = changes(1)
    work()
    disable_webhook(endpoint=endpoint)
    missed = changes(2)
    work()
    endpoint.refresh_from_db()

    assert enable_webhook(endpoint=endpoint, catch_up=True) == 3
    new = changes(1)
    work()

    assert sequences(receiver)[:2] == [arrived[0].sequence, failed[0].sequence]
    # of different items, in whichever order
    assert sorted(sequences(receiver)[2:]) == [c.sequence for c in (*failed, *missed, *new)]
    with pytest.raises(EndpointStateError, match="on already"):
        enable_webhook(endpoint=endpoint, catch_up=True)


def test_what_the_worker_had_yet_to_read_is_missed_too(receiver: Receiver) -> None:
    endpoint, _secret = webhook_to(receiver)
    arrived = changes(1)
    work()
    unread = changes(1, recorded_at=timezone.now() - HOUR)
    disable_webhook(endpoint=endpoint)
    work()
    endpoint.refresh_from_db()

    assert enable_webhook(endpoint=endpoint, catch_up=True) == 1
    work()

    assert sequences(receiver) == [change.sequence for change in (*arrived, *unread)]


def test_without_catching_up_it_is_told_of_what_is_new_alone(receiver: Receiver) -> None:
    endpoint, _secret = webhook_to(receiver)
    disable_webhook(endpoint=endpoint)
    changes(2)

    assert enable_webhook(endpoint=endpoint, catch_up=False) == 0
    new = changes(1)
    work()

    assert sequences(receiver) == [new[0].sequence]


def test_one_delivery_is_sent_again_with_its_number(receiver: Receiver) -> None:
    endpoint, _secret = webhook_to(receiver)
    changes(2)
    work()
    delivery = WebhookDelivery.objects.last()
    assert delivery is not None

    replay_delivery(delivery=delivery)
    with pytest.raises(ReplayError, match="on its way already"):
        replay_delivery(delivery=delivery)
    work()

    ids = [request.headers["webhook-id"] for request in receiver.requests]
    assert sorted(map(ids.count, set(ids))) == [1, 2]
    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts, len(delivery.tries)) == ("accepted", 1, 2)
    disable_webhook(endpoint=endpoint)
    with pytest.raises(ReplayError, match="switch it on first"):
        replay_delivery(delivery=WebhookDelivery.objects.get(pk=delivery.pk))


@pytest.mark.parametrize(("everything", "number"), [(True, 3), (False, 1)])
def test_what_happened_in_a_time_is_sent_again(
    receiver: Receiver, everything: bool, number: int
) -> None:
    start = timezone.now()
    before = changes(1, recorded_at=start - 3 * HOUR)  # nobody listened yet
    endpoint, _secret = webhook_to(receiver, locales=["en"])
    changes(1, recorded_at=start - 9 * HOUR)
    within = changes(2, recorded_at=start - 2 * HOUR)
    changes(1, recorded_at=start - 2 * HOUR, locale="it")
    changes(1, recorded_at=start)
    work()
    told = len(receiver.requests)

    window = {"since": start - 4 * HOUR, "until": start - HOUR}
    assert replay(endpoint=endpoint, everything=everything, **window) == number
    work()

    again = [c.sequence for c in (before + within if everything else before)]
    assert sorted(sequences(receiver)[told:]) == again
    assert all_counts() == {"accepted": 5}


def test_the_history_of_the_site_says_what_was_done(receiver: Receiver, admin_user: Any) -> None:
    endpoint, _secret = webhook_to(receiver)
    disable_webhook(endpoint=endpoint, user=admin_user)
    endpoint.refresh_from_db()
    enable_webhook(endpoint=endpoint, catch_up=False, user=admin_user)

    entries = ModelLogEntry.objects.filter(object_id=str(endpoint.partner_site_id))
    sentences = {str(entry.formatter.format_message(entry)) for entry in entries}

    assert f"Switched the webhook “{endpoint.label}” off: somebody has switched it off" in sentences
    assert f"Switched the webhook “{endpoint.label}” on" in sentences
    assert {entry.user for entry in entries.exclude(user=None)} == {admin_user}


def switched_off(receiver: Receiver) -> None:
    receiver.answers = [status(410)]
    site = PartnerSiteFactory(contact_email="ada@sic.example", name="SIC")
    webhook_to(receiver, partner_site=site, label="News\nBcc: eve@example.com")
    changes()
    work()


def test_the_contact_is_told_once_why_nothing_is_sent_any_more(receiver: Receiver) -> None:
    switched_off(receiver)
    job = WebhookNotices()

    assert [job.run_due(timezone.now()).done for _step in range(3)] == [1, 0, 0]

    [message] = mail.outbox
    assert message.to == ["ada@sic.example"]
    assert message.subject == "Webhook switched off: News Bcc: eve@example.com"
    assert "gone for good (410)" in message.body
    assert receiver.url in message.body
    assert "Answered with 410" in message.body
    assert "whsec_" not in message.body
    assert message.extra_headers["Auto-Submitted"] == "auto-generated"


def test_a_notice_that_the_mail_server_refuses_is_sent_later_and_not_for_ever(
    receiver: Receiver, monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    switched_off(receiver)

    def refuse(_notice: WebhookNotice) -> None:
        raise OSError("The mail server refuses")

    monkeypatch.setattr(webhook_notices, "mail_about", refuse)
    job, now = WebhookNotices(), timezone.now()

    results = [job.run_due(now + days * timedelta(days=1)) for days in range(5)]

    assert [result.failed for result in results] == [1, 1, 1, 1, 0]
    assert WebhookNotice.objects.get().state == OutgoingState.FAILED


def test_a_notice_that_was_interrupted_is_not_sent_twice(receiver: Receiver) -> None:
    switched_off(receiver)
    now = timezone.now()
    assert webhook_notices.take_notice(now=now) is not None  # and the worker dies

    assert webhook_notices.take_notice(now=now + HOUR) is None

    assert WebhookNotice.objects.get().state == OutgoingState.UNCERTAIN
    assert mail.outbox == []


def test_deliveries_are_forgotten_ninety_days_after_they_ended(receiver: Receiver) -> None:
    webhook_to(receiver)
    changes(3)
    work()
    receiver.answers = [status(500)]
    changes(1)
    work()
    job = DeliveryPruning()

    with time_machine.travel(timezone.now() + timedelta(days=89)):
        assert job.run_due(timezone.now()).done == 0
    with time_machine.travel(timezone.now() + timedelta(days=91)):
        assert [job.run_due(timezone.now()).done for _step in range(2)] == [3, 0]

    assert all_counts() == {"retry": 1}


@pytest.mark.parametrize(
    "url",
    [
        "https://www.school.eu/v2v-webhook",
        "https://school.eu:8443/hook?token=1",
        "https://8.8.8.8/hook",
        "https://[2606:4700::1111]/hook",
        "http://127.0.0.1:8000/hook",
    ],
)
def test_encrypted_addresses_of_the_open_internet_are_taken(url: str) -> None:
    validate_webhook_url(url)


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("http://www.school.eu/hook", "begin the address with https"),
        ("https://localhost/hook", "no address|no name"),
        ("https://127.0.0.2/hook", "no address of the open internet"),
        ("https://10.0.0.1/hook", "no address of the open internet"),
        ("https://[::1]/hook", "no address of the open internet"),
        ("https://[fec0::1]/hook", "no address of the open internet"),
        ("https://exa mple.eu/", "Give the whole address"),
        ("https://škola.eu/", "ASCII"),
        ("https://bad..name/", "no name of the open internet"),
        ("https://" + "a-" * 40 + "/", "no name of the open internet"),
        ("https://user:pass@school.eu/", "Leave out names, passwords"),
        ("https://school.eu/#part", "Leave out"),
        ("https://school.eu:99999/", "no web address"),
        ("https://[::1/", "no web address"),
        ("ftp://school.eu/", "Give the whole address"),
        ("javascript:alert(1)", "Give the whole address"),
        ("https:///hook", "Give the whole address"),
    ],
)
def test_other_addresses_are_refused_with_a_sentence(
    url: str, message: str, settings: Settings
) -> None:
    if "localhost" in url:
        settings.V2V_OUTBOUND_ALLOWED_NETWORKS = []
    with pytest.raises(ValidationError, match=message):
        validate_webhook_url(url)
