"""What becomes of webhooks: given a secret, switched off and on, tried. Wagtail's log says by whom.

An endpoint that is switched off, by hand or by itself, loses what was waiting for it. Whoever
switches it on again is asked whether all that it has missed is to be sent.
"""

from datetime import datetime, timedelta
from typing import Any, Final

from django.db import transaction
from django.db.models import Min
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from communication.delivery.enums import WAITING_STATES, OutgoingState

from ..enums import DisabledReason, EndpointState, WebhookEvent
from ..models import PartnerSite, WebhookDelivery, WebhookEndpoint, WebhookNotice, WebhookSecret
from ..webhook_signing import derive_secret, digest_of, new_nonce, write_secret
from .webhook_replaying import replay_changes
from .webhook_writing import first_unread, hold_place

CREATED: Final = "communication_syndication.create_webhook"
ROTATED: Final = "communication_syndication.rotate_webhook_secret"
DISABLED: Final = "communication_syndication.disable_webhook"
ENABLED: Final = "communication_syndication.enable_webhook"
TESTED: Final = "communication_syndication.test_webhook"


class EndpointStateError(Exception):
    """What is off cannot be switched off, nor what is on, on; says so in a sentence."""


@transaction.atomic
def start_webhook(*, endpoint: WebhookEndpoint, user: Any = None) -> str:
    """Lets a new endpoint be told of what changes from now on; returns its secret, shown once."""
    endpoint.from_sequence = hold_place()
    endpoint.save(update_fields=["from_sequence"])
    _log(endpoint, CREATED, user)
    return _new_secret(endpoint)


@transaction.atomic
def rotate_secret(*, endpoint: WebhookEndpoint, grace: timedelta, user: Any = None) -> str:
    """Gives an endpoint another secret; returns it, shown once.

    Both sign until ``grace`` is over, and never more than two do: a third, from a change not long
    ago, ends at once.
    """
    now = timezone.now()
    locked = WebhookEndpoint.objects.select_for_update().get(pk=endpoint.pk)
    signing = list(WebhookSecret.objects.signing(now).filter(endpoint=locked))
    for secret in signing:
        is_latest = secret == signing[0]
        secret.expires_at = now + grace if is_latest else now
        secret.save(update_fields=["expires_at"])
    _log(endpoint, ROTATED, user, days=grace.days)
    return _new_secret(locked)


@transaction.atomic
def disable_webhook(
    *,
    endpoint: WebhookEndpoint,
    reason: DisabledReason = DisabledReason.BY_HAND,
    user: Any = None,
) -> None:
    """Tells an endpoint nothing any more; writes to its contact, unless a person did it.

    Raises:
        EndpointStateError: when it is off already.
    """
    now = timezone.now()
    # what the worker has yet to read, the endpoint is not told of any more
    untold_since = min(now, first_unread() or now)
    enabled = WebhookEndpoint.objects.filter(pk=endpoint.pk, state=EndpointState.ENABLED)
    if not enabled.update(
        state=EndpointState.DISABLED, disabled_reason=reason, disabled_at=untold_since
    ):
        raise EndpointStateError(_("The webhook is switched off already."))
    drop_waiting(endpoint=endpoint, now=now)
    if reason != DisabledReason.BY_HAND:
        WebhookNotice.objects.create(endpoint=endpoint, reason=reason, next_attempt_at=now)
    _log(endpoint, DISABLED, user, reason=str(reason))


def drop_waiting(*, endpoint: WebhookEndpoint, now: datetime) -> None:
    """Leaves out what waits for an endpoint that is off; tests are for those, too."""
    waiting = endpoint.deliveries.filter(state__in=WAITING_STATES)
    waiting.exclude(event=WebhookEvent.PING).update(
        state=OutgoingState.SKIPPED, finished_at=now, next_attempt_at=None
    )


@transaction.atomic
def enable_webhook(*, endpoint: WebhookEndpoint, catch_up: bool, user: Any = None) -> int:
    """Tells an endpoint of all that changes from now on.

    Args:
        endpoint: One that is off.
        catch_up: Whether all that has not arrived since it began to fail, or was switched off, is
            to be sent.
        user: Who switches it on.

    Returns:
        How much is sent of what it has missed.

    Raises:
        EndpointStateError: when it is on already.
    """
    row = WebhookEndpoint.objects.select_for_update().get(pk=endpoint.pk)
    if row.is_enabled:
        raise EndpointStateError(_("The webhook is switched on already."))
    missed_since = _missed_since(row)
    row.state, row.disabled_reason, row.disabled_at = EndpointState.ENABLED, "", None
    row.failures, row.failing_since, row.resting_until = 0, None, None
    row.from_sequence = hold_place()
    row.save()
    _log(endpoint, ENABLED, user, catch_up=catch_up)
    if not catch_up or missed_since is None:
        return 0
    return replay_changes(endpoint=row, since=missed_since, until=None, everything=False)


@transaction.atomic
def send_test(*, endpoint: WebhookEndpoint, user: Any = None) -> WebhookDelivery:
    """Lets the worker send an event that tells of nothing, also to an endpoint that is off."""
    now = timezone.now()
    _log(endpoint, TESTED, user)
    test: WebhookDelivery = WebhookDelivery.objects.create(
        endpoint=endpoint, event=WebhookEvent.PING, occurred_at=now, next_attempt_at=now
    )
    return test


def _new_secret(endpoint: WebhookEndpoint) -> str:
    nonce = new_nonce()
    secret = derive_secret(nonce)
    WebhookSecret.objects.create(endpoint=endpoint, nonce=nonce, digest=digest_of(secret))
    return write_secret(secret)


def _missed_since(endpoint: WebhookEndpoint) -> datetime | None:
    """Returns when the first event happened that has not arrived, of those since it fails."""
    moments = [moment for moment in (endpoint.failing_since, endpoint.disabled_at) if moment]
    lost = endpoint.deliveries.filter(
        state__in=(OutgoingState.FAILED, OutgoingState.SKIPPED),
        finished_at__gte=min(moments, default=timezone.now()),
        sequence__isnull=False,
    )
    first = lost.aggregate(first=Min("occurred_at"))["first"]
    return min((moment for moment in (first, *moments) if moment), default=None)


def _log(endpoint: WebhookEndpoint, action: str, user: Any, **facts: Any) -> None:
    site: PartnerSite = endpoint.partner_site
    log(site, action, user=user, data={"webhook": endpoint.label, **facts})
