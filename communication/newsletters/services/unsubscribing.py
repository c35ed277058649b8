"""Ends subscriptions; what has ended once is remembered, so that no import begins it again."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from django.db import transaction

from communication.delivery.enums import OutgoingState

from ..enums import ConsentAction, ConsentSource, SubscriptionState
from ..models import Delivery, Subscription
from .records import record

HAD: Final = (OutgoingState.ACCEPTED, OutgoingState.UNCERTAIN)
"""In which a mail is one that its reader may have got before they left."""


@transaction.atomic
def unsubscribe(
    *, subscriptions: Iterable[Subscription], source: ConsentSource, now: datetime, note: str = ""
) -> list[Subscription]:
    """Ends subscriptions; returns those that had not ended yet, with their subscribers.

    The mails that came by them remember it, since figures outlive subscriptions.
    """
    keys = [each.pk for each in subscriptions]
    rows = Subscription.objects.select_related("subscriber").select_for_update(of=("self",))
    ending = list(
        rows.filter(pk__in=keys).exclude(state=SubscriptionState.UNSUBSCRIBED).order_by("pk")
    )
    Subscription.objects.filter(pk__in=[each.pk for each in ending]).update(
        state=SubscriptionState.UNSUBSCRIBED, unsubscribed_at=now
    )
    # a mail in a worker's hand is not waited for, and would be waited for by its worker
    had = Delivery.objects.filter(subscription__in=ending, state__in=HAD)
    had.filter(left_at__isnull=True).update(left_at=now)
    record(subscriptions=ending, action=ConsentAction.UNSUBSCRIBED, source=source, note=note)
    return ending
