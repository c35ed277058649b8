"""Changes what a subscriber reads and in which language, as they say themselves."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from ..enums import ConsentAction, ConsentSource, SubscriptionState
from ..models import ConsentText, MailingList, Subscriber, Subscription
from ..selectors import is_suppressed
from .records import record
from .unsubscribing import unsubscribe


@transaction.atomic
def save_preferences(
    *,
    subscriber: Subscriber,
    locale: str,
    lists: Collection[MailingList],
    text: ConsentText,
    now: datetime,
) -> None:
    """Lets a subscriber read exactly ``lists``, in ``locale``.

    Whoever comes by the link in a mail has shown that the address is theirs, so a list that they
    choose here needs no further letter. A suppressed address can only end subscriptions.
    """
    Subscriber.objects.select_for_update().get(pk=subscriber.pk)
    Subscriber.objects.filter(pk=subscriber.pk).update(locale=locale)
    known = {
        each.mailing_list_id: each
        for each in subscriber.subscriptions.select_related("subscriber", "mailing_list")
    }
    wanted = {each.pk for each in lists}
    ended = [each for key, each in known.items() if key not in wanted]
    unsubscribe(subscriptions=ended, source=ConsentSource.PREFERENCES, now=now)
    if not is_suppressed(subscriber.address):
        chosen = [known.get(each.pk) or _new(subscriber, each) for each in lists]
        _confirm([each for each in chosen if not _is_confirmed(each)], text, now)


def _new(subscriber: Subscriber, mailing_list: MailingList) -> Subscription:
    return Subscription(subscriber=subscriber, mailing_list=mailing_list)


def _is_confirmed(subscription: Subscription) -> bool:
    return subscription.state == SubscriptionState.CONFIRMED


def _confirm(chosen: list[Subscription], text: ConsentText, now: datetime) -> None:
    for each in chosen:
        each.state, each.confirmed_at, each.consent_text = SubscriptionState.CONFIRMED, now, text
        each.requested_at = each.requested_at or now
        each.save()
    record(
        subscriptions=chosen,
        action=ConsentAction.CONFIRMED,
        source=ConsentSource.PREFERENCES,
        text=text,
    )
