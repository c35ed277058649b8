"""Writes a delivery for each change and each endpoint that wants it, from the log of changes.

The worker reads the log in the order of its numbers, which is that of the commits, and moves its
place in the log in the transaction that writes the deliveries. So no change is passed over and none
comes twice, however often the worker is killed, and publishing waits for no partner.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Final

from django.db import connection, transaction

from ..change_log import state_of_log
from ..content_version import current_version
from ..enums import EVENTS, ChangeOperation
from ..item_types import item_type_name
from ..listing_types import unreadable_types
from ..models import THE_CURSOR, Change, WebhookCursor, WebhookDelivery, WebhookEndpoint

AT_ONCE: Final = 500
"""Changes that are read in one step."""


def write_deliveries(*, now: datetime) -> int:
    """Writes what is to be sent of the next changes; returns how many changes were read.

    Two queries where nothing has changed.
    """
    known = WebhookCursor.objects.filter(pk=THE_CURSOR).first()
    if known is None or known.sequence == current_version().counter:
        return 0  # nobody has asked to be told of anything, or all is told
    with transaction.atomic():
        cursor = _locked_cursor()
        if cursor is None:
            return 0
        counter = state_of_log().counter
        changes = list(
            Change.objects.filter(sequence__gt=cursor.sequence, sequence__lte=counter)[:AT_ONCE]
        )
        write(wanted=_wanted(changes), now=now)
        # numbers without a change are no reason to come back
        cursor.sequence = changes[-1].sequence if len(changes) == AT_ONCE else counter
        cursor.save(update_fields=["sequence"])
    return len(changes)


def write(*, wanted: Iterable[tuple[WebhookEndpoint, Change]], now: datetime) -> None:
    """Writes a delivery for each change that an endpoint is to be told of, unless there is one."""
    WebhookDelivery.objects.bulk_create(
        (_delivery(endpoint, change, now) for endpoint, change in wanted),
        batch_size=AT_ONCE,
        ignore_conflicts=True,
    )


def hold_place() -> int:
    """Keeps the worker from reading on until this transaction ends; returns the last change.

    So whoever begins to listen misses nothing: what the worker has not read yet, it reads when the
    endpoint is there.
    """
    counter = state_of_log().counter
    WebhookCursor.objects.get_or_create(pk=THE_CURSOR, defaults={"sequence": counter})
    WebhookCursor.objects.select_for_update().get(pk=THE_CURSOR)
    return state_of_log().counter


def first_unread() -> datetime | None:
    """Returns when the first change happened that the worker has not read yet, if there is one."""
    cursor = WebhookCursor.objects.filter(pk=THE_CURSOR).first()
    if cursor is None:
        return None
    unread = Change.objects.filter(sequence__gt=cursor.sequence).order_by("sequence")
    return unread.values_list("recorded_at", flat=True).first()


class EndpointFilter:
    """Says which changes an endpoint is told of: what it asks for, and its site may read."""

    def __init__(self, endpoint: WebhookEndpoint) -> None:
        self.endpoint = endpoint
        site = endpoint.partner_site
        self._events = frozenset(endpoint.event_types)
        self._locales = [frozenset(names) for names in (endpoint.locales, site.locales) if names]
        self._types = frozenset(endpoint.types)
        self._unreadable = unreadable_types(site.types)

    def wants(self, change: Change) -> bool:
        """Tells whether the endpoint is to be told of ``change``, however old it is."""
        name = item_type_name(change.type)
        return (
            (not self._events or EVENTS[ChangeOperation(change.operation)] in self._events)
            and all(change.locale in locales for locales in self._locales)
            and (not self._types or name in self._types)
            and name not in self._unreadable
        )


def _wanted(changes: list[Change]) -> Iterator[tuple[WebhookEndpoint, Change]]:
    """Yields what happened since each endpoint was switched on, and is its business."""
    endpoints = WebhookEndpoint.objects.listening().select_related("partner_site")
    filters = [EndpointFilter(endpoint) for endpoint in endpoints] if changes else []
    for change in changes:
        for each in filters:
            if change.sequence > each.endpoint.from_sequence and each.wants(change):
                yield each.endpoint, change


def _locked_cursor() -> WebhookCursor | None:
    """Returns the place in the log, for this transaction alone; None if another one has it."""
    skip_locked = connection.features.has_select_for_update_skip_locked
    rows = WebhookCursor.objects.select_for_update(skip_locked=skip_locked)
    return rows.filter(pk=THE_CURSOR).first()


def _delivery(endpoint: WebhookEndpoint, change: Change, now: datetime) -> WebhookDelivery:
    return WebhookDelivery(
        endpoint=endpoint,
        event=EVENTS[ChangeOperation(change.operation)],
        sequence=change.sequence,
        site_id=change.site_id,
        item_id=change.public_id,
        item_locale=change.locale,
        item_type=change.type,
        reason=change.reason,
        occurred_at=change.recorded_at,
        next_attempt_at=now,
    )
