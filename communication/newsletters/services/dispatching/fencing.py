"""The two statements that stand around each mail on the wire.

They are written out, and not composed by Django: once for each of a hundred thousand mails, that
would take longer than all the rest. So they can also be read as what they are: one update each.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import Error, connection

from ...models import Delivery

FENCE: Final = """
    UPDATE communication_newsletters_delivery
    SET state = 'sending', attempts = attempts + 1, leased_until = %s, message_id = %s,
        first_attempt_at = COALESCE(first_attempt_at, %s)
    WHERE id = %s AND token = %s AND state = 'claimed' AND leased_until > %s
      AND EXISTS (
        SELECT 1 FROM communication_newsletters_dispatch AS dispatch
        WHERE dispatch.id = communication_newsletters_delivery.dispatch_id
          AND dispatch.state = 'sending')
      AND EXISTS (
        SELECT 1 FROM communication_newsletters_subscription AS subscription
        WHERE subscription.id = communication_newsletters_delivery.subscription_id
          AND subscription.state = 'confirmed')
      AND NOT EXISTS (
        SELECT 1 FROM communication_newsletters_suppression AS suppression
        WHERE suppression.hmac = communication_newsletters_delivery.address_hmac)
"""

ACCEPTANCE: Final = """
    UPDATE communication_newsletters_delivery
    SET state = 'accepted', token = NULL, leased_until = NULL, finished_at = %s,
        smtp_code = 250, enhanced_code = '', last_error = ''
    WHERE id = %s AND token = %s
"""


def begin_delivery(*, delivery: Delivery, message_id: str, lease: timedelta, now: datetime) -> bool:
    """Says that a mail is sent now, if nothing has come in between.

    One update asks it all: that the row is still this worker's and in time, that the dispatch is
    not paused or cancelled, and that its reader still wants it. Whatever is changed before it wins.
    """
    moment = _stored("leased_until", now)
    until = _stored("leased_until", now + lease)
    token = _stored("token", delivery.token)
    begun = _run(FENCE, [until, message_id, moment, delivery.pk, token, moment])
    delivery.attempts += begun
    return bool(begun)


def note_accepted(*, delivery: Delivery, now: datetime) -> bool:
    """Notes that a server has taken a mail over."""
    token = _stored("token", delivery.token)
    return bool(_run(ACCEPTANCE, [_stored("finished_at", now), delivery.pk, token]))


@contextmanager
def quick_commits() -> Iterator[None]:
    """Lets PostgreSQL write its log a moment after it has answered, as SQLite does.

    A worker that is killed loses nothing by it. A machine that loses power may forget the last
    moments before, as any database does whose disk lies: docs/decisions/0035.
    """
    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit TO off")
    try:
        yield
    finally:
        with suppress(Error), connection.cursor() as cursor:  # a lost connection has lost it, too
            cursor.execute("SET synchronous_commit TO DEFAULT")


def _run(statement: str, values: list[Any]) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return int(cursor.rowcount)


def _stored(field: str, value: Any) -> Any:
    """Returns a value as this database stores it in a field of deliveries."""
    column: Any = Delivery._meta.get_field(field)
    return column.get_db_prep_value(value, connection)
