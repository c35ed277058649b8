"""Makes lists and subscribers for tests, and plays readers, who have forms and letters alone."""

import re
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from typing import Any

import factory
from django.apps import apps
from django.test import Client
from django.utils import timezone
from factory.django import DjangoModelFactory

from communication.newsletters import models
from communication.newsletters.enums import SubscriptionState, SuppressionReason
from communication.newsletters.jobs import SignUpAnswering
from communication.newsletters.subscribers.addresses import address_hmac
from communication.newsletters.transports.memory import outbox
from tests.factories import MultilingualFactory

FORM = "/en/subscriptions/"
ADDRESS = "ana@school.example"
LINK = re.compile(r"http://[^\s/]+(/\S+)")
HIDDEN = re.compile(r'name="stamp"\s+value="([^"]+)"')


class MailingListFactory(MultilingualFactory):
    """An open list with an English name; ``texts={"it": {"name": "Notizie"}}`` gives others."""

    slug = factory.Sequence(lambda n: f"list-{n}")

    class Meta:
        model = models.MailingList

    @factory.post_generation
    def name(self, create: Any, extracted: str | None, **kwargs: Any) -> None:
        if not self.texts.exists():
            self.texts.add(models.MailingListText(language="en", name=extracted or self.slug))
            self.save()


class SubscriberFactory(DjangoModelFactory[Any]):
    """Somebody who reads English."""

    address = factory.Sequence(lambda n: f"reader{n}@school.example")
    hmac = factory.LazyAttribute(lambda subscriber: address_hmac(subscriber.address))
    locale = "en"

    class Meta:
        model = models.Subscriber


class SubscriptionFactory(DjangoModelFactory[Any]):
    """Confirmed; the traits ``pending`` and ``ended`` are other states."""

    mailing_list = factory.SubFactory(MailingListFactory)
    subscriber = factory.SubFactory(SubscriberFactory)
    state = SubscriptionState.CONFIRMED
    requested_at = confirmed_at = factory.LazyFunction(timezone.now)

    class Meta:
        model = models.Subscription

    class Params:
        pending = factory.Trait(state=SubscriptionState.PENDING, confirmed_at=None)
        ended = factory.Trait(
            state=SubscriptionState.UNSUBSCRIBED,
            unsubscribed_at=factory.LazyFunction(timezone.now),
        )


def subscribed(address: str, mailing_list: Any, **fields: Any) -> Any:
    """Makes a subscription of an address to a list."""
    return SubscriptionFactory(subscriber__address=address, mailing_list=mailing_list, **fields)


def suppressed(address: str) -> Any:
    """Makes an address one that gets no mail."""
    return models.Suppression.objects.create(
        hmac=address_hmac(address), reason=SuppressionReason.REQUESTED
    )


def stamp_of(client: Client, path: str = FORM) -> str:
    """Opens a page with a form and returns its stamp."""
    found = HIDDEN.search(client.get(path).content.decode())
    assert found, "The page has no form."
    return found[1]


def send_form(client: Client, address: str = ADDRESS, **fields: Any) -> Any:
    """Opens the form, fills it and sends it."""
    stamp = stamp_of(client)
    return client.post(FORM, {"email": address, "language": "en", "stamp": stamp, **fields})


def run_answers() -> list[EmailMessage]:
    """Lets the worker answer everything that is due; returns the letters it sent."""
    before = len(outbox)
    job = SignUpAnswering()
    for _step in range(100):
        now = timezone.now()
        result = job.run_due(now)
        if result.next_due_at is None or result.next_due_at > now:
            break
    return [message_from_bytes(mail.content, policy=SMTP) for mail in outbox[before:]]


def words_of(letter: EmailMessage, kind: str = "plain") -> str:
    """Returns the text of a letter, or its HTML."""
    part = letter.get_body((kind,))
    assert part is not None
    return str(part.get_content())


def link_in(letter: EmailMessage) -> str:
    """Returns the path of the first link in a letter."""
    found = LINK.search(words_of(letter))
    assert found
    return found[1]


def state_of(address: str = ADDRESS) -> dict[str, str]:
    """Returns what an address has to do with each list, by the slug of the list."""
    rows = models.Subscription.objects.filter(subscriber__address=address)
    return dict(rows.values_list("mailing_list__slug", "state"))


def rows_of(model: Any) -> list[dict[str, Any]]:
    return list(model.objects.order_by("pk").values())


def everything() -> dict[str, list[dict[str, Any]]]:
    """Returns all rows of all tables of this app."""
    models = apps.get_app_config("communication_newsletters").get_models()
    return {model.__name__: rows_of(model) for model in models}
