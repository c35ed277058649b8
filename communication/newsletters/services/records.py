"""Writes what happened, each time in the same way."""

from collections.abc import Iterable

from ..enums import ConsentAction, ConsentSource
from ..models import ConsentEvent, ConsentText, Subscription


def record(
    *,
    subscriptions: Iterable[Subscription],
    action: ConsentAction,
    source: ConsentSource,
    text: ConsentText | None = None,
    note: str = "",
) -> None:
    """Appends an event for each subscription, whose subscriber must be loaded."""
    ConsentEvent.objects.bulk_create(
        ConsentEvent(
            hmac=each.subscriber.hmac,
            mailing_list_id=each.mailing_list_id,
            action=action,
            source=source,
            text=text,
            note=note,
        )
        for each in subscriptions
    )
