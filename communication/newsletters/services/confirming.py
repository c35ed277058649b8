"""Confirms what was asked for in a form, by whoever has the letter."""

from datetime import datetime

from django.db import transaction

from ..enums import ConsentAction, ConsentSource, SubscriptionState
from ..models import SignUp, Subscriber, Subscription
from ..selectors import asked_for, is_suppressed
from .records import record


@transaction.atomic
def confirm(*, sign_up: SignUp, now: datetime) -> list[Subscription]:
    """Confirms the subscriptions of a sign-up that still wait for it.

    What was ended meanwhile stays ended, so an old letter resubscribes nobody. The language that
    was chosen in the form holds from now on: before, anybody could have chosen it.

    Returns:
        What is confirmed now, also if it was before.
    """
    Subscriber.objects.select_for_update().filter(hmac=sign_up.hmac).first()
    found = asked_for(sign_up)
    if not found or is_suppressed(found[0].subscriber.address):
        return []
    waiting = [each for each in found if each.state == SubscriptionState.PENDING]
    for each in waiting:
        each.state, each.confirmed_at = SubscriptionState.CONFIRMED, now
        each.save(update_fields=["state", "confirmed_at"])
    record(
        subscriptions=waiting,
        action=ConsentAction.CONFIRMED,
        source=ConsentSource.LINK,
        text=sign_up.consent_text,
    )
    if waiting:
        Subscriber.objects.filter(pk=waiting[0].subscriber_id).update(locale=sign_up.locale)
    return [each for each in found if each.state == SubscriptionState.CONFIRMED]
