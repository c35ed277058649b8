"""Forgets what is not needed any more."""

from datetime import datetime

from django.db import transaction
from django.db.models import F

from ..enums import SubscriptionState
from ..models import SignUp, Subscriber, SubscriberImport, Subscription
from ..querysets import IMPORTS_KEPT


@transaction.atomic
def forget(*, now: datetime) -> int:
    """Deletes unconfirmed subscriptions, old sign-ups and imports, and hashes of networks.

    Who had ended a subscription before they asked for it again, and did not confirm, has ended it
    still.

    Returns:
        How many subscriptions, subscribers and sign-ups are gone.
    """
    SignUp.objects.naming_networks(now).update(network_hash="")
    unconfirmed = Subscription.objects.unconfirmed(now)
    unconfirmed.filter(unsubscribed_at__isnull=False).update(
        state=SubscriptionState.UNSUBSCRIBED, requested_at=F("unsubscribed_at")
    )
    subscriptions, _rows = unconfirmed.delete()
    # a sign-up that is being answered adds subscriptions in the transaction that makes these
    subscribers, _rows = Subscriber.objects.filter(subscriptions=None).delete()
    sign_ups, _rows = SignUp.objects.forgotten(now).delete()
    SubscriberImport.objects.filter(created_at__lt=now - IMPORTS_KEPT).delete()
    return subscriptions + subscribers + sign_ups
