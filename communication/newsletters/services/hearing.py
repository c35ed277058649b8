"""Notes what is heard of mails after a server has taken them over, whoever says it."""

from datetime import datetime, timedelta
from typing import Any, Final

from django.db import transaction

from communication.delivery.enums import OutgoingState

from ..enums import AfterState, ConsentSource, DeliveryEventKind
from ..models import Delivery, DeliveryEvent, Dispatch
from ..returns.reports import Report
from ..subscribers.addresses import known_hmacs
from .dispatching.resending import settle_uncertain
from .suppressing import suppress
from .unsubscribing import unsubscribe

OUTCOMES: Final = {
    DeliveryEventKind.COMPLAINED: AfterState.COMPLAINED,
    DeliveryEventKind.BOUNCED: AfterState.BOUNCED,
    DeliveryEventKind.REJECTED: AfterState.BOUNCED,
    DeliveryEventKind.DELIVERED: AfterState.DELIVERED,
}
"""What an event makes of a delivery; the first of these that was heard counts, in whichever order
they came: who complains has got the mail, and a server that took it may return it."""

HEARD_OF: Final = (OutgoingState.ACCEPTED, OutgoingState.UNCERTAIN)

EARLY: Final = timedelta(days=2)
AT_ONCE: Final = 500


@transaction.atomic
def note_report(*, delivery: Delivery, report: Report, now: datetime) -> bool:
    """Writes down what became of a mail, and what follows for its address.

    Returns:
        Whether it was new; what is said again changes nothing.
    """
    delivery = _locked(delivery)
    _event, is_new = DeliveryEvent.objects.get_or_create(
        event_id=report.event_id,
        defaults={
            "delivery": delivery,
            "kind": report.kind,
            "happened_at": report.happened_at,
            "code": report.code,
        },
    )
    if is_new:
        _settle(delivery, now)
        _spare_reader(delivery, report, now)
    return is_new


def settle_early_reports(*, now: datetime) -> int:
    """Settles deliveries of which somebody spoke before the sender had noted that it was accepted.

    Returns:
        How many were settled.
    """
    early = Delivery.objects.filter(
        state__in=HEARD_OF,
        after_state="",
        events__kind__in=OUTCOMES,
        events__received_at__gt=now - EARLY,
    )
    found = early.distinct().order_by("pk")[:AT_ONCE]
    for delivery in found:
        with transaction.atomic():
            _settle(_locked(delivery), now)
    return len(found)


def delivery_of_mail(message_id: str) -> Delivery | None:
    """Returns the delivery whose mail had a Message-ID, angle brackets and all."""
    return _with_dispatch().filter(message_id=message_id).first() if message_id else None


def delivery_of_metadata(metadata: str) -> Delivery | None:
    """Returns the delivery by what a provider kept with its mail: ``returns.metadata``."""
    if not metadata:
        return None
    return _with_dispatch().filter(message_id__startswith=f"<{metadata}@").first()


def latest_delivery_to(address: str, *, before: datetime) -> Delivery | None:
    """Returns the last delivery to a normalised address that was begun before a moment."""
    theirs = _with_dispatch().to_address(known_hmacs(address))
    return theirs.filter(first_attempt_at__lte=before).order_by("-first_attempt_at", "-pk").first()


def _with_dispatch() -> Any:
    return Delivery.objects.select_related("dispatch")


def _locked(delivery: Delivery) -> Delivery:
    """Returns a delivery as it is now, which nobody else settles meanwhile."""
    if delivery.state == OutgoingState.UNCERTAIN:  # settling it ends its dispatch: lock in order
        Dispatch.objects.select_for_update().get(pk=delivery.dispatch_id)
    return Delivery.objects.select_for_update().get(pk=delivery.pk)


def _settle(delivery: Delivery, now: datetime) -> None:
    heard = set(delivery.events.values_list("kind", flat=True))
    outcome = next((state for kind, state in OUTCOMES.items() if kind in heard), None)
    if outcome is None or delivery.state not in HEARD_OF:
        return
    if delivery.state == OutgoingState.UNCERTAIN:
        settle_uncertain(delivery=delivery, has_arrived=True, now=now)
    Delivery.objects.filter(pk=delivery.pk).update(after_state=outcome)


def _spare_reader(delivery: Delivery, report: Report, now: datetime) -> None:
    """Sees to it that nobody is written to who is not there or does not want it."""
    if report.suppression is not None and delivery.address:
        suppress(
            address=delivery.address,
            reason=report.suppression,
            source=ConsentSource.MAIL_SERVER,
            now=now,
        )
    elif report.kind == DeliveryEventKind.UNSUBSCRIBED and delivery.subscription is not None:
        unsubscribe(
            subscriptions=[delivery.subscription], source=ConsentSource.MAIL_SERVER, now=now
        )
