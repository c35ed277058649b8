"""What the database guards, and what time takes away."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from communication.newsletters.enums import ConsentSource, SuppressionReason
from communication.newsletters.jobs import Retention
from communication.newsletters.models import (
    ConsentEvent,
    ConsentText,
    MailingList,
    SignUp,
    Subscriber,
    Subscription,
    Suppression,
)
from communication.newsletters.querysets import UnchangeableError
from communication.newsletters.services.consent_texts import write_consent_text
from communication.newsletters.services.suppressing import suppress
from communication.newsletters.subscribers.addresses import masked, normalised
from tests.newsletters import (
    ADDRESS,
    FORM,
    SubscriberFactory,
    link_in,
    run_answers,
    send_form,
    state_of,
    subscribed,
)

OFFICE = ConsentSource.OFFICE


def test_wordings_cannot_be_changed_or_deleted(site: None) -> None:
    text = write_consent_text(locale="en", text="I agree.", version=None)

    text.text = "I agree to more."
    for change in (
        text.save,
        text.delete,
        lambda: ConsentText.objects.update(text="More."),
        lambda: ConsentText.objects.all().delete(),
    ):
        with pytest.raises(UnchangeableError):
            change()
    assert ConsentText.objects.get().text == "I agree."


def test_events_are_only_ever_added(site: None) -> None:
    event = ConsentEvent.objects.create(hmac="0" * 64, action="requested", source="form")

    for change in (
        event.save,
        event.delete,
        lambda: ConsentEvent.objects.update(action="confirmed"),
        lambda: ConsentEvent.objects.all().delete(),
    ):
        with pytest.raises(UnchangeableError):
            change()
    assert ConsentEvent.objects.get().action == "requested"


def test_the_latest_version_is_shown_in_the_nearest_language(client: Client, news: Any) -> None:
    write_consent_text(locale="en", text="First.", version=None)
    write_consent_text(locale="sq", text="E para.", version=1)
    write_consent_text(locale="en", text="Second.", version=None)
    write_consent_text(locale="hr", text="Drugo.", version=2)

    assert "Second." in client.get(FORM).content.decode()
    assert "Drugo." in client.get("/cnr/subscriptions/").content.decode()
    assert (
        '<p class="meta" lang="en">Second.</p>' in client.get("/sq/subscriptions/").content.decode()
    )


DOUBLES: dict[str, Callable[[], Any]] = {
    "address": lambda: SubscriberFactory(address=ADDRESS, hmac="1" * 64),
    "hmac": lambda: SubscriberFactory(address="other@school.example", hmac="0" * 64),
    "subscription": lambda: Subscription.objects.create(
        mailing_list=MailingList.objects.get(), subscriber=Subscriber.objects.get()
    ),
    "suppression": lambda: Suppression.objects.create(hmac="9" * 64, reason="bounced"),
    "wording": lambda: ConsentText.objects.create(version=1, locale="en", text="Again."),
}


@pytest.mark.parametrize("kind", DOUBLES)
def test_the_database_refuses_doubles(news: Any, kind: str) -> None:
    subscribed(ADDRESS, news, subscriber__hmac="0" * 64)
    Suppression.objects.create(hmac="9" * 64, reason="bounced")
    ConsentText.objects.create(version=1, locale="en", text="Text.")

    with pytest.raises(IntegrityError), transaction.atomic():
        DOUBLES[kind]()


def test_a_suppression_ends_what_there_is_and_keeps_its_first_reason(news: Any) -> None:
    subscribed(ADDRESS, news)

    for reason in (SuppressionReason.BOUNCED, SuppressionReason.COMPLAINED):
        suppress(address=ADDRESS, reason=reason, source=OFFICE, now=timezone.now())

    assert Suppression.objects.get().reason == "bounced"
    assert state_of() == {"news": "unsubscribed"}


def test_a_suppression_wins_over_what_somebody_wrote_into_the_database(news: Any) -> None:
    one = subscribed(ADDRESS, news)
    other = subscribed("other@school.example", news)
    Suppression.objects.create(hmac=one.subscriber.hmac, reason="bounced")

    assert list(Subscription.objects.mailable()) == [other]


def test_a_suppression_between_letter_and_button_wins(client: Client, news: Any) -> None:
    send_form(client)
    [letter] = run_answers()
    reason = SuppressionReason.REQUESTED
    suppress(address=ADDRESS, reason=reason, source=OFFICE, now=timezone.now())

    assert client.post(link_in(letter)).status_code == 404
    assert state_of() == {"news": "unsubscribed"}


def test_time_takes_away_what_is_not_needed(client: Client, news: Any) -> None:
    subscribed("reads@school.example", news)
    subscribed("left@school.example", news, ended=True)
    send_form(client)
    send_form(client, "left@school.example")
    run_answers()
    job = Retention()

    with time_machine.travel(timezone.now(), tick=False) as moment:
        moment.shift(timedelta(hours=25))
        assert job.run_due(timezone.now()).done == 0
        assert set(SignUp.objects.values_list("network_hash", flat=True)) == {""}
        assert state_of() == {"news": "pending"}
        moment.shift(timedelta(days=30))
        result = job.run_due(timezone.now())

        assert result.next_due_at == timezone.now() + timedelta(hours=1)
    assert result.done == 4, "A subscription, its subscriber, two sign-ups."
    assert not SignUp.objects.exists()
    addresses = set(Subscriber.objects.values_list("address", flat=True))
    assert addresses == {"reads@school.example", "left@school.example"}
    assert state_of("left@school.example") == {"news": "unsubscribed"}, "It has left, and stays so."


@pytest.mark.parametrize(
    ("typed", "known"),
    [(" Ana@School.Example ", ADDRESS), ("ana@ŠKOLA.example", "ana@xn--kola-f6a.example")],
)
def test_every_spelling_of_an_address_is_the_same(typed: str, known: str) -> None:
    assert normalised(typed) == known


def test_records_are_named_without_their_address(news: Any) -> None:
    one = subscribed(ADDRESS, news)

    assert str(one.subscriber) == masked(ADDRESS) == "a•••@school.example"
    assert ADDRESS not in str(one)
