"""Sees to it that an address gets no mail any more."""

from datetime import datetime

from django.db import transaction

from ..enums import ConsentSource, SuppressionReason
from ..models import Subscription, Suppression
from ..subscribers.addresses import address_hmac, known_hmacs
from .unsubscribing import unsubscribe


@transaction.atomic
def suppress(
    *, address: str, reason: SuppressionReason, source: ConsentSource, now: datetime
) -> Suppression:
    """Suppresses a normalised address and ends its subscriptions.

    Returns:
        The suppression; that of before where there is one, whose reason stays.
    """
    known = Suppression.objects.filter(hmac__in=known_hmacs(address)).first()
    if known is None:
        known, _created = Suppression.objects.get_or_create(
            hmac=address_hmac(address), defaults={"reason": reason}
        )
    theirs = Subscription.objects.filter(subscriber__address=address)
    unsubscribe(subscriptions=theirs, source=source, now=now, note=str(reason.value))
    return known
