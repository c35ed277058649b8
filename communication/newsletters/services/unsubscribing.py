"""Ends subscriptions; what has ended once is remembered, so that no import begins it again."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from ..enums import ConsentAction, ConsentSource, SubscriptionState
from ..models import Subscription
from .records import record


@transaction.atomic
def unsubscribe(
    *, subscriptions: Iterable[Subscription], source: ConsentSource, now: datetime, note: str = ""
) -> list[Subscription]:
    """Ends subscriptions; returns those that had not ended yet, with their subscribers."""
    keys = [each.pk for each in subscriptions]
    rows = Subscription.objects.select_related("subscriber").select_for_update(of=("self",))
    ending = list(
        rows.filter(pk__in=keys).exclude(state=SubscriptionState.UNSUBSCRIBED).order_by("pk")
    )
    Subscription.objects.filter(pk__in=[each.pk for each in ending]).update(
        state=SubscriptionState.UNSUBSCRIBED, unsubscribed_at=now
    )
    record(subscriptions=ending, action=ConsentAction.UNSUBSCRIBED, source=source, note=note)
    return ending
