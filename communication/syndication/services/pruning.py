"""Forgets changes that are older than what tokens are promised to live, and old deliveries."""

from datetime import datetime, timedelta
from typing import Any, Final

from django.db import transaction

from ..models import Change, ContentVersion, WebhookDelivery, WebhookNotice

KEPT_FOR: Final = timedelta(days=90)
AT_ONCE: Final = 5000
"""How many are deleted in one step, so that nobody waits for long."""


def prune_changes(*, now: datetime) -> int:
    """Deletes the oldest changes of those that are due; returns how many.

    Tokens from before the last of them say from then on that their owner must start again.
    """
    old = Change.objects.filter(recorded_at__lt=now - KEPT_FOR).order_by("sequence")
    last = old.values_list("sequence", flat=True)[AT_ONCE - 1 : AT_ONCE].first() or (
        old.values_list("sequence", flat=True).last()
    )
    if last is None:
        return 0
    with transaction.atomic():
        version = ContentVersion.locked()
        version.pruned_to = max(version.pruned_to, last)
        version.save(update_fields=["pruned_to"])
        deleted, _by_model = Change.objects.filter(sequence__lte=last).delete()
    return deleted


def prune_deliveries(*, now: datetime) -> int:
    """Deletes some of the webhooks and notices that ended 90 days ago; returns how many."""
    deleted = 0
    models: tuple[Any, ...] = (WebhookDelivery, WebhookNotice)
    for model in models:
        old = model.objects.filter(finished_at__lt=now - KEPT_FOR).order_by("finished_at")
        if keys := list(old.values_list("pk", flat=True)[:AT_ONCE]):
            number, _by_model = model.objects.filter(pk__in=keys).delete()
            deleted += number
    return deleted
