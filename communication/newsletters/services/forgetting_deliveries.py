"""Forgets who got an issue long ago. How many did stays."""

from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.db import transaction

from ..models import Delivery, DeliveryEvent

MONTHS_KEPT: Final = 12
"""After the end of a dispatch, unless ``V2V_DELIVERIES_KEPT_MONTHS`` says otherwise."""

A_MONTH: Final = timedelta(days=365) / 12
AT_ONCE: Final = 2_000


def forget_recipients(*, now: datetime) -> int:
    """Takes address, reader and Message-ID out of old deliveries, and deletes their events.

    State, code and hmac stay: the figures of an issue do not change, and nobody who was erased or
    suppressed is written to again because a row is gone.

    Returns:
        How many rows it were, at most a few thousand; more may be due.
    """
    months = getattr(settings, "V2V_DELIVERIES_KEPT_MONTHS", MONTHS_KEPT)
    old = Delivery.objects.filter(dispatch__finished_at__lt=now - months * A_MONTH)
    named = old.exclude(address="", message_id="", subscriber=None, subscription=None)
    keys = list(named.order_by("pk").values_list("pk", flat=True)[:AT_ONCE])
    with transaction.atomic():
        DeliveryEvent.objects.filter(delivery__in=keys).delete()
        Delivery.objects.filter(pk__in=keys).update(
            address="", message_id="", subscriber=None, subscription=None
        )
    return len(keys)
