"""Webhooks of partner sites, for the tests of those."""

import json
from typing import Any
from uuid import uuid4

import factory
from django.db import transaction
from django.utils import timezone
from factory.django import DjangoModelFactory
from standardwebhooks import Webhook
from wagtail.models import Site

from communication.syndication.enums import ChangeOperation, ChangeReason
from communication.syndication.models import Change, ContentVersion, WebhookEndpoint
from communication.syndication.services.webhook_endpoints import start_webhook
from communication.syndication.webhook_jobs import WebhookSending
from tests.partner_sites import PartnerSiteFactory
from tests.receiver import Received, Receiver


class WebhookEndpointFactory(DjangoModelFactory[Any]):
    """An endpoint without a secret; ``webhook_to()`` makes one that is told of everything."""

    partner_site = factory.SubFactory(PartnerSiteFactory)
    label = factory.Sequence(lambda n: f"News {n}")
    url = factory.Sequence(lambda n: f"https://www.school.example/hooks/{n}")

    class Meta:
        model = WebhookEndpoint


def webhook_to(receiver: Receiver, **fields: Any) -> tuple[WebhookEndpoint, str]:
    """Returns an endpoint at a receiver, told of what changes from now on, and its secret."""
    endpoint = WebhookEndpointFactory(url=receiver.url, **fields)
    return endpoint, start_webhook(endpoint=endpoint)


def changes(number: int = 1, **fields: Any) -> list[Change]:
    """Writes changes into the log as a commit does, each of another item unless one is given."""
    with transaction.atomic():
        version = ContentVersion.locked()
        rows = [
            Change(
                **{
                    "sequence": version.counter + 1 + index,
                    "site_id": Site.objects.get(is_default_site=True).pk,
                    "public_id": uuid4(),
                    "locale": "en",
                    "type": "v2v_pages.newspage",
                    "operation": ChangeOperation.UPSERT,
                    "reason": ChangeReason.OWN,
                    "recorded_at": timezone.now(),
                    **fields,
                }
            )
            for index in range(number)
        ]
        Change.objects.bulk_create(rows)
        version.counter += number
        version.save()
    return rows


def work(job: WebhookSending | None = None, *, steps: int = 200) -> WebhookSending:
    """Lets a job do what is due now, until it has nothing under way; no pause is waited for."""
    job = job or WebhookSending()
    for _step in range(steps):
        result = job.run_due(timezone.now())
        if not (result.done or result.failed or result.in_progress):
            return job
    raise AssertionError("The job does not come to rest.")


def verified(received: Received, secret: str) -> Any:
    """Returns the content of a webhook, once the official library has verified it.

    Raises:
        WebhookVerificationError: when the signature is none of the secret.
    """
    return Webhook(secret).verify(received.body, received.headers)


def sequences(receiver: Receiver) -> list[int]:
    """Returns the numbers of the changes that a receiver was told of, in the order they came."""
    return [json.loads(request.body)["data"]["sequence"] for request in receiver.requests]
