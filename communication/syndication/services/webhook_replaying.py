"""Sends again: one delivery, or all of a time. The number of the message stays what it was."""

from datetime import datetime
from typing import Any, Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from communication.delivery.enums import FINISHED_STATES, OutgoingState

from ..change_log import state_of_log
from ..models import Change, WebhookDelivery, WebhookEndpoint
from .webhook_writing import EndpointFilter, write

REPLAYED: Final = "communication_syndication.replay_webhook"
AT_ONCE: Final = 1000


class ReplayError(Exception):
    """What cannot be sent again; says why, and what to do."""


@transaction.atomic
def replay_delivery(*, delivery: WebhookDelivery, user: Any = None) -> None:
    """Lets one event be sent again, however it ended.

    Raises:
        ReplayError: when it has not ended yet, tells of nothing, or the endpoint is off.
    """
    _refuse_disabled(delivery.endpoint)
    if delivery.sequence is None:
        raise ReplayError(_("A test is not sent twice: send another one."))
    ended = WebhookDelivery.objects.filter(pk=delivery.pk, state__in=FINISHED_STATES)
    if not _queue(ended, timezone.now()):
        raise ReplayError(_("This one is on its way already."))
    _log(delivery.endpoint, user, delivery=delivery.message_id)


@transaction.atomic
def replay(
    *,
    endpoint: WebhookEndpoint,
    since: datetime,
    until: datetime | None = None,
    everything: bool = False,
    user: Any = None,
) -> int:
    """Lets all changes of a time be told again, as far as the endpoint wants them.

    Args:
        endpoint: One that is on.
        since: When the first may have happened.
        until: Before when the last must have; empty: now.
        everything: Also what has arrived, not only what was given up, left out or never written.
        user: Who wants it.

    Returns:
        How many are sent.

    Raises:
        ReplayError: when the endpoint is off.
    """
    _refuse_disabled(endpoint)
    number = replay_changes(endpoint=endpoint, since=since, until=until, everything=everything)
    end = until or timezone.now()
    _log(endpoint, user, since=since.isoformat(), until=end.isoformat(), number=number)
    return number


def replay_changes(
    *, endpoint: WebhookEndpoint, since: datetime, until: datetime | None, everything: bool
) -> int:
    """Does what ``replay()`` does, whoever asks; within a transaction."""
    now, number, behind = timezone.now(), 0, 0
    changes = Change.objects.filter(recorded_at__gte=since, sequence__lte=state_of_log().counter)
    if until is not None:
        changes = changes.filter(recorded_at__lt=until)
    while some := list(changes.filter(sequence__gt=behind)[:AT_ONCE]):
        behind = some[-1].sequence
        number += _replay_some(endpoint, some, now, everything=everything)
    return number


def _replay_some(
    endpoint: WebhookEndpoint, changes: list[Change], now: datetime, *, everything: bool
) -> int:
    """Queues again what has ended, and writes what was never written."""
    wants = EndpointFilter(endpoint).wants
    wanted = [change for change in changes if wants(change)]
    numbers = [change.sequence for change in wanted]
    written = endpoint.deliveries.filter(sequence__in=numbers)
    known = set(written.values_list("sequence", flat=True))
    ended = written.filter(state__in=FINISHED_STATES)
    again = _queue(ended if everything else ended.exclude(state=OutgoingState.ACCEPTED), now)
    missing = [(endpoint, change) for change in wanted if change.sequence not in known]
    write(wanted=missing, now=now)
    return again + len(missing)


def _queue(deliveries: Any, now: datetime) -> int:
    number: int = deliveries.update(
        state=OutgoingState.QUEUED,
        attempts=0,
        next_attempt_at=now,
        first_attempt_at=None,
        finished_at=None,
        status=None,
        last_error="",
    )
    return number


def _refuse_disabled(endpoint: WebhookEndpoint) -> None:
    if not endpoint.is_enabled:
        raise ReplayError(_("The webhook is switched off: switch it on first."))


def _log(endpoint: WebhookEndpoint, user: Any, **facts: Any) -> None:
    log(endpoint.partner_site, REPLAYED, user=user, data={"webhook": endpoint.label, **facts})
