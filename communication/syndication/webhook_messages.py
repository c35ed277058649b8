"""What a webhook says: so little that the receiver has to ask the API, which knows the latest."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final
from urllib.parse import quote

from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from wagtail.models import Site

from .enums import EVENTS, WebhookEvent
from .item_types import item_type_name
from .models import WebhookDelivery, WebhookEndpoint
from .webhook_signing import SecretLostError, find_secret, sign

OPERATIONS: Final = {event: operation for operation, event in EVENTS.items()}


@dataclass(frozen=True, slots=True)
class Message:
    """One request, ready to be sent by a thread that asks the database nothing."""

    url: str
    body: bytes
    headers: dict[str, str]


def write_message(delivery: WebhookDelivery, roots: Mapping[int, str]) -> Message:
    """Returns the request of a delivery, signed with each secret of its endpoint that is valid.

    Raises:
        SecretLostError: when a secret cannot be derived any more, or there is none.
    """
    now = timezone.now()
    body = write_body(delivery, roots)
    timestamp = int(now.timestamp())
    signature = sign(
        _secrets(delivery.endpoint, now),
        message_id=delivery.message_id,
        timestamp=timestamp,
        body=body,
    )
    return Message(
        url=delivery.endpoint.url,
        body=body,
        headers={
            "Content-Type": "application/json",
            "webhook-id": delivery.message_id,
            "webhook-timestamp": str(timestamp),
            "webhook-signature": signature,
        },
    )


def write_body(delivery: WebhookDelivery, roots: Mapping[int, str]) -> bytes:
    """Returns the body, the same for each attempt.

    Args:
        delivery: With its endpoint and that one's site.
        roots: What ``site_roots()`` returned.
    """
    content = {
        "type": delivery.event,
        "timestamp": _written(delivery.occurred_at),
        "data": _data(delivery, roots),
    }
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()


def site_roots() -> dict[int, str]:
    """Returns the addresses of all sites by their keys: one query."""
    return {site.pk: site.root_url for site in Site.objects.all()}


def _secrets(endpoint: WebhookEndpoint, now: datetime) -> list[bytes]:
    secrets = [
        find_secret(secret.nonce, secret.digest)
        for secret in endpoint.secrets.all()
        if secret.expires_at is None or secret.expires_at > now
    ]
    if not secrets:
        raise SecretLostError
    return secrets


def _data(delivery: WebhookDelivery, roots: Mapping[int, str]) -> dict[str, Any]:
    if delivery.item_id is None:
        return {"webhook": delivery.endpoint.label}
    return {
        "id": str(delivery.item_id),
        "type": item_type_name(delivery.item_type),
        "locale": delivery.item_locale,
        "operation": str(OPERATIONS[WebhookEvent(delivery.event)]),
        "reason": delivery.reason,
        "sequence": delivery.sequence,
        "url": _item_url(delivery, roots.get(delivery.site_id or 0, "")),
    }


def _item_url(delivery: WebhookDelivery, root: str) -> str | None:
    """Returns where the API has the item; None on a site without the API."""
    try:
        path = reverse("v2v_api:get_content", kwargs={"item_id": delivery.item_id})
    except NoReverseMatch:
        return None
    return f"{root}{path}?locale={quote(delivery.item_locale)}"


def _written(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
