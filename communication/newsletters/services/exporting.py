"""Gives people what is known about them (GDPR, articles 15 and 20), and the office its readers."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from ..exchange.columns import Row
from ..models import ConsentEvent, Delivery, SignUp, Subscriber, Subscription, Suppression
from ..selectors import subscriptions_of
from ..subscribers.addresses import known_hmacs


def export_of(*, subscriber: Subscriber) -> dict[str, Any]:
    """Returns everything that is known about a subscriber, as JSON can hold it."""
    hmacs = known_hmacs(subscriber.address)
    events = ConsentEvent.objects.filter(hmac__in=hmacs).select_related("mailing_list", "text")
    sign_ups = SignUp.objects.filter(hmac__in=hmacs)
    mails = Delivery.objects.to_address(hmacs).select_related("variant").prefetch_related("events")
    suppressions = Suppression.objects.filter(hmac__in=hmacs)
    return {
        "address": subscriber.address,
        "language": subscriber.locale,
        "since": _moment(subscriber.created_at),
        "subscriptions": [_subscription(each) for each in subscriptions_of(subscriber)],
        "consents": [_event(each) for each in events],
        "forms": [
            {"sent_at": _moment(each.created_at), "language": each.locale, "from": each.source}
            for each in sign_ups
        ],
        "mails": [_mail(each) for each in mails],
        "suppressed": [
            {"since": _moment(each.created_at), "reason": each.reason} for each in suppressions
        ],
    }


def rows_of_all() -> Iterator[Row]:
    """Yields a row a subscription, of all subscribers; their number does not change the memory."""
    rows = Subscription.objects.select_related("subscriber", "mailing_list", "consent_text")
    for each in rows.order_by("subscriber__pk", "pk").iterator(chunk_size=1000):
        yield Row(
            address=each.subscriber.address,
            language=each.subscriber.locale,
            list_slug=each.mailing_list.slug,
            state=each.state,
            requested_at=each.requested_at,
            confirmed_at=each.confirmed_at,
            unsubscribed_at=each.unsubscribed_at,
            evidence=each.evidence,
        )


def _subscription(each: Subscription) -> dict[str, Any]:
    return {
        "list": each.mailing_list.slug,
        "name": each.mailing_list.name,
        "state": each.state,
        "requested_at": _moment(each.requested_at),
        "confirmed_at": _moment(each.confirmed_at),
        "unsubscribed_at": _moment(each.unsubscribed_at),
        "evidence": each.evidence,
    }


def _event(each: ConsentEvent) -> dict[str, Any]:
    return {
        "happened_at": _moment(each.happened_at),
        "what": each.action,
        "where": each.source,
        "list": each.mailing_list.slug if each.mailing_list else None,
        "note": each.note,
        "text": each.text.text if each.text else None,
        "text_language": each.text.locale if each.text else None,
        "text_version": each.text.version if each.text else None,
    }


def _mail(each: Delivery) -> dict[str, Any]:
    return {
        "subject": each.variant.subject,
        "language": each.variant.locale,
        "selected_at": _moment(each.created_at),
        "first_attempt_at": _moment(each.first_attempt_at),
        "finished_at": _moment(each.finished_at),
        "state": each.state,
        "answer": each.enhanced_code or each.smtp_code,
        "left_out_because": each.skip_reason,
        "afterwards": each.after_state,
        "list_left_at": _moment(each.left_at),
        "events": [
            {"happened_at": _moment(event.happened_at), "what": event.kind, "code": event.code}
            for event in each.events.all()
        ],
    }


def _moment(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
