"""Sends webhooks: which are next, what came of each, and when an endpoint is left alone.

Any answer from 200 to 299 is a success and every other one a failure, a redirect among them. What
failed is tried again for three days. Failures in a row let the whole endpoint rest for a moment, so
that one that is down is not asked once for each of thousands of events.
"""

from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import transaction
from django.db.models import (
    DateTimeField,
    Exists,
    F,
    OuterRef,
    Q,
    Value,
    prefetch_related_objects,
)
from django.db.models.functions import Coalesce

from communication.delivery.enums import OutgoingState
from communication.delivery.services.backoff import Backoff
from communication.delivery.services.claiming import begin, claim, finish, put_off, reap
from communication.delivery.services.schedule import RetrySchedule

from ..enums import DisabledReason, WebhookEvent
from ..models import WebhookDelivery, WebhookEndpoint
from .webhook_endpoints import EndpointStateError, disable_webhook, drop_waiting

LEASE: Final = timedelta(seconds=60)
"""Longer than a request can take, with the time to find the address."""

SCHEDULE: Final = RetrySchedule(
    (
        timedelta(seconds=5),
        timedelta(minutes=5),
        timedelta(minutes=30),
        timedelta(hours=2),
        timedelta(hours=5),
        timedelta(hours=10),
        timedelta(hours=14),
        timedelta(hours=20),
        timedelta(hours=24),
    )
)
"""As the Standard Webhooks specification proposes it."""

REST: Final = Backoff(timedelta(seconds=1), longest=timedelta(minutes=1))
LONGEST_RETRY_AFTER: Final = timedelta(hours=24)
FAILING_AT_MOST: Final = timedelta(days=5)
AT_ONCE_EACH: Final = 4
"""Requests that one worker has under way to one endpoint."""
DOUBTFUL_AT_ONCE: Final = 8
"""Requests that one worker has under way to all doubtful endpoints: half of what it has at all."""
GONE: Final = 410
TRIES_KEPT: Final = 40
ERROR_LENGTH: Final = 500


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one attempt."""

    error: str
    """"" when it arrived."""
    status: int | None = None
    retry_after: timedelta | None = None
    milliseconds: int = 0
    disables: DisabledReason | None = None
    """Why nothing more is to be sent there, if that is so."""


def take_deliveries(
    *, limit: int, under_way: Sequence[WebhookEndpoint], now: datetime
) -> list[WebhookDelivery]:
    """Takes deliveries whose turn it is, from as many endpoints as possible.

    However many never answer, they leave room for those that do. One query where there are none.

    Args:
        limit: How many at most.
        under_way: The endpoint of each request that this worker has under way, as it was then.
        now: What leases and pauses are compared with.
    """
    busy = Counter(endpoint.pk for endpoint in under_way)
    doubtful = sum(endpoint.is_doubtful for endpoint in under_way)
    taken: list[WebhookDelivery] = []
    for endpoint in _endpoints_with_work(now):
        # one that fails is tried with one request at a time
        allowed = (1 if endpoint.is_doubtful else AT_ONCE_EACH) - busy[endpoint.pk]
        if endpoint.is_doubtful:
            allowed = min(allowed, DOUBTFUL_AT_ONCE - doubtful)
        claimed = claim(
            rows=WebhookDelivery.objects.sendable(now).in_order().filter(endpoint=endpoint),
            limit=min(allowed, limit - len(taken)),
            lease=LEASE,
            now=now,
        )
        doubtful += len(claimed) if endpoint.is_doubtful else 0
        taken += claimed
    prefetch_related_objects(taken, "endpoint__partner_site", "endpoint__secrets")
    return taken


def _endpoints_with_work(now: datetime) -> list[Any]:
    """Returns the endpoints for which something is due, in the order of their turns.

    Of the doubtful ones, which are not allowed much, those come first that were tried least; then
    the others, those first that were served least lately. It stops at the first delivery of each,
    however many there are.
    """
    due = WebhookDelivery.objects.sendable(now).due(now).filter(endpoint=OuterRef("pk"))
    endpoints = WebhookEndpoint.objects.filter(Exists(due))
    return sorted(
        endpoints.only("pk", "failures", "last_success_at").order_by("last_success_at", "pk"),
        key=lambda endpoint: (not endpoint.is_doubtful, endpoint.failures),
    )


def begin_delivery(*, delivery: WebhookDelivery, now: datetime) -> bool:
    """Says that a delivery is sent now; False if it is not to be, any more."""
    endpoints = WebhookEndpoint.objects.filter(pk=OuterRef("endpoint_id"))
    is_wanted = Q(event=WebhookEvent.PING) | Exists(endpoints.listening())
    return begin(row=delivery, lease=LEASE, now=now, only_if=[is_wanted])


def drop_delivery(*, delivery: WebhookDelivery, now: datetime) -> None:
    """Ends a delivery whose endpoint was switched off after it was taken.

    One that was merely held for too long is left to whoever reaps it.
    """
    if delivery.leased_until is not None and delivery.leased_until > now:
        finish(row=delivery, state=OutgoingState.SKIPPED, now=now)


def reap_deliveries(*, now: datetime) -> int:
    """Lets what a dead worker had in hand be sent again; returns how many there were."""
    return reap(rows=WebhookDelivery.objects.all(), now=now)


@transaction.atomic
def note_outcome(*, delivery: WebhookDelivery, outcome: Outcome, now: datetime) -> bool:
    """Notes what came of an attempt, with all that follows for delivery and endpoint.

    Returns:
        Whether it was still this worker's to note.
    """
    facts = _facts(delivery, outcome, now)
    is_test = delivery.event == WebhookEvent.PING
    if not outcome.error:
        noted = finish(row=delivery, state=OutgoingState.ACCEPTED, now=now, **facts)
        if noted and not is_test:
            _note_success(delivery, now)
        return noted
    until = None if is_test or outcome.disables else _next_attempt_at(delivery, outcome, now)
    if until is None:
        noted = finish(row=delivery, state=OutgoingState.FAILED, now=now, **facts)
    else:
        noted = put_off(row=delivery, until=until, **facts)
    if noted and not is_test:
        _note_failure(delivery, outcome, now, is_last=until is None)
    return noted


def _next_attempt_at(delivery: WebhookDelivery, outcome: Outcome, now: datetime) -> datetime | None:
    until = SCHEDULE.next_attempt_at(attempts=delivery.attempts, now=now)
    if until is None or outcome.retry_after is None:
        return until
    return max(until, now + min(outcome.retry_after, LONGEST_RETRY_AFTER))


def _facts(delivery: WebhookDelivery, outcome: Outcome, now: datetime) -> dict[str, Any]:
    error = outcome.error.replace("\0", "")[:ERROR_LENGTH]
    attempt = {
        "at": now.isoformat(),
        "status": outcome.status,
        "error": error,
        "milliseconds": outcome.milliseconds,
    }
    return {
        "status": outcome.status,
        "last_error": error,
        "first_attempt_at": delivery.first_attempt_at or now,
        "tries": [*delivery.tries, attempt][-TRIES_KEPT:],
    }


def _note_success(delivery: WebhookDelivery, now: datetime) -> None:
    WebhookEndpoint.objects.filter(pk=delivery.endpoint_id).update(
        failures=0, failing_since=None, resting_until=None, last_success_at=now
    )


def _note_failure(
    delivery: WebhookDelivery, outcome: Outcome, now: datetime, *, is_last: bool
) -> None:
    rows = WebhookEndpoint.objects.filter(pk=delivery.endpoint_id)
    rows.update(
        failures=F("failures") + 1,
        failing_since=Coalesce("failing_since", Value(now, DateTimeField())),
    )
    endpoint = rows.select_related("partner_site").get()
    rest = REST.delay(endpoint.failures)
    if outcome.retry_after is not None:
        rest = max(rest, min(outcome.retry_after, LONGEST_RETRY_AFTER))
    rows.update(resting_until=now + rest)
    reason = outcome.disables or _reason_to_give_up(endpoint, delivery, now, is_last=is_last)
    if not endpoint.is_enabled:  # switched off while this was under way
        drop_waiting(endpoint=endpoint, now=now)
    elif reason is not None:
        with suppress(EndpointStateError):
            disable_webhook(endpoint=endpoint, reason=reason)


def _reason_to_give_up(
    endpoint: WebhookEndpoint, delivery: WebhookDelivery, now: datetime, *, is_last: bool
) -> DisabledReason | None:
    """Gives up an endpoint when nothing has arrived there for as long as one event was tried."""
    since = endpoint.failing_since or now
    tried_since = delivery.first_attempt_at or now
    if now - since >= FAILING_AT_MOST or (is_last and since <= tried_since):
        return DisabledReason.FAILING
    return None
