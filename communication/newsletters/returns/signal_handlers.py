"""Listens to what providers tell by webhook, as django-anymail understands it.

Connected where ``anymail`` is installed as an app, and never imported elsewhere. Opened mails and
clicked links are not looked at, even where a provider reports them.
"""

from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from typing import Any, Final

from anymail.signals import AnymailTrackingEvent, EventType, RejectReason, tracking
from django.core.exceptions import ValidationError
from django.dispatch import receiver
from django.utils import timezone

from ..enums import DeliveryEventKind, SuppressionReason
from ..models import Delivery
from ..services.hearing import (
    delivery_of_mail,
    delivery_of_metadata,
    latest_delivery_to,
    note_report,
)
from ..subscribers.addresses import known_hmacs, normalised
from .metadata import KEY
from .reports import Report, enhanced_code_in, is_about_the_address

KINDS: Final = {
    EventType.DELIVERED: DeliveryEventKind.DELIVERED,
    EventType.DEFERRED: DeliveryEventKind.DEFERRED,
    EventType.BOUNCED: DeliveryEventKind.BOUNCED,
    EventType.COMPLAINED: DeliveryEventKind.COMPLAINED,
    EventType.UNSUBSCRIBED: DeliveryEventKind.UNSUBSCRIBED,
    EventType.REJECTED: DeliveryEventKind.REJECTED,
    EventType.FAILED: DeliveryEventKind.REJECTED,
}

SOFT: Final = ("soft", "transient", "temporary", "undetermined")
"""Stand in what providers call a bounce that says nothing of the address; anymail leaves it out."""

KEYS_OF_NAMES: Final = frozenset(
    {"event", "type", "bouncetype", "bounce_type", "severity", "bounce_classification"}
)
DEEPEST: Final = 4
LONGEST_ID: Final = 200


@receiver(tracking, dispatch_uid="v2v newsletters")
def note_tracking_event(
    sender: Any, event: AnymailTrackingEvent, esp_name: str, **kwargs: Any
) -> None:
    """Notes an event about one of our mails; what is about others, or of no use, is passed over."""
    kind = KINDS.get(event.event_type)
    if kind is None:
        return
    now = timezone.now()
    happened_at = min(event.timestamp or now, now)
    delivery = _delivery_of(event, now)
    if delivery is not None:
        report = Report(
            event_id=_event_id(event, esp_name),
            kind=kind,
            happened_at=happened_at,
            code=enhanced_code_in(_words_of(event)),
            suppression=_suppression(event, kind),
        )
        note_report(delivery=delivery, report=report, now=now)


def _delivery_of(event: AnymailTrackingEvent, now: datetime) -> Delivery | None:
    """Finds the mail: by what we gave along, by its Message-ID, or as the last to the address.

    What names one of our mails and another address is not believed.
    """
    try:
        address = normalised(str(event.recipient or ""))
    except ValidationError:
        address = ""
    found = delivery_of_metadata(str((event.metadata or {}).get(KEY) or "")) or delivery_of_mail(
        f"<{str(event.message_id or '').strip('<> ')}>"
    )
    if found is None:
        return latest_delivery_to(address, before=now) if address else None
    is_theirs = not address or found.address_hmac in known_hmacs(address)
    return found if is_theirs else None


def _event_id(event: AnymailTrackingEvent, esp_name: str) -> str:
    """Returns the provider's id, or one made of the facts where it gives none."""
    own = str(event.event_id or "")
    if not own or len(own) > LONGEST_ID:
        facts = (own, event.event_type, event.message_id, event.recipient, event.timestamp)
        own = sha256(repr([str(fact) for fact in facts]).encode()).hexdigest()
    return f"{esp_name} {own}"


def _suppression(event: AnymailTrackingEvent, kind: DeliveryEventKind) -> SuppressionReason | None:
    is_spam = event.reject_reason == RejectReason.SPAM
    if kind == DeliveryEventKind.COMPLAINED or (kind == DeliveryEventKind.REJECTED and is_spam):
        return SuppressionReason.COMPLAINED
    if kind not in {DeliveryEventKind.BOUNCED, DeliveryEventKind.REJECTED}:
        return None
    code = enhanced_code_in(_words_of(event))
    if code:
        is_dead = is_about_the_address(code)
    else:
        is_dead = event.reject_reason in {
            RejectReason.INVALID,
            RejectReason.BOUNCED,
        } and not _is_called_soft(event.esp_event)
    return SuppressionReason.BOUNCED if is_dead else None


def _words_of(event: AnymailTrackingEvent) -> str:
    return f"{event.mta_response or ''} {event.description or ''}"


def _is_called_soft(facts: Any, depth: int = 0) -> bool:
    """Looks into what the provider sent for what it calls the bounce."""
    if depth > DEEPEST:
        return False
    if isinstance(facts, list):
        return any(_is_called_soft(each, depth + 1) for each in facts)
    if not isinstance(facts, Mapping):
        return False
    return any(
        any(word in value.lower() for word in SOFT)
        if isinstance(value, str) and str(key).lower() in KEYS_OF_NAMES
        else _is_called_soft(value, depth + 1)
        for key, value in facts.items()
    )
