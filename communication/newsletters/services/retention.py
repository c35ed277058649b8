"""Forgets what is not needed any more."""

from datetime import datetime

from django.db import transaction
from django.db.models import F

from ..enums import ConsentAction, SubscriptionState
from ..models import (
    ConsentEvent,
    SignUp,
    Subscriber,
    SubscriberImport,
    Subscription,
    Suppression,
)
from ..querysets import IMPORTS_KEPT
from ..subscribers.addresses import known_hmacs
from ..transports import Keeper, load_transport


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


def forget_copies() -> int:
    """Deletes mails to erased addresses that a transport keeps; returns how many.

    A mail may be on its way while its reader is erased, and whoever erases may be killed before the
    files are.
    """
    transport = load_transport()
    if not isinstance(transport, Keeper):
        return 0
    by_hmac = {hmac: each for each in transport.recipients() for hmac in known_hmacs(each)}
    erased = ConsentEvent.objects.filter(action=ConsentAction.ERASED, hmac__in=by_hmac)
    # whoever had the suppression lifted wants mail again
    suppressed = Suppression.objects.filter(hmac__in=by_hmac)
    addresses = [
        {by_hmac[hmac] for hmac in rows.values_list("hmac", flat=True)}
        for rows in (erased, suppressed)
    ]
    return sum(transport.forget(each) for each in set.intersection(*addresses))
