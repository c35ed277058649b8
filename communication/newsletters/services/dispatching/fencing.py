"""The statement that stands between two mails on the wire.

It is written out, and not composed by Django: once for each of a hundred thousand mails, that would
take longer than all the rest. So it can also be read as what it is: one update, which notes that
the mail before was taken over, and asks whether the next may go. Both are committed together,
before the next goes out.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.db import Error, connection

from communication.delivery.enums import OutgoingState

from ...models import Delivery

STEP: Final = """
    UPDATE communication_newsletters_delivery
    SET state = CASE WHEN id = %(done)s THEN 'accepted' ELSE 'sending' END,
        token = CASE WHEN id = %(done)s THEN NULL ELSE token END,
        leased_until = CASE WHEN id = %(done)s THEN NULL ELSE %(until)s END,
        finished_at = CASE WHEN id = %(done)s THEN %(now)s ELSE finished_at END,
        smtp_code = CASE WHEN id = %(done)s THEN 250 ELSE smtp_code END,
        enhanced_code = CASE WHEN id = %(done)s THEN '' ELSE enhanced_code END,
        last_error = CASE WHEN id = %(done)s THEN '' ELSE last_error END,
        attempts = CASE WHEN id = %(done)s THEN attempts ELSE attempts + 1 END,
        message_id = CASE WHEN id = %(done)s THEN message_id ELSE %(message_id)s END,
        frozen_at = CASE WHEN id = %(done)s THEN frozen_at ELSE %(frozen_at)s END,
        first_attempt_at = COALESCE(first_attempt_at, %(now)s)
    WHERE id IN (%(done)s, %(next)s) AND token = %(token)s
      AND CASE WHEN id = %(done)s THEN TRUE ELSE state = 'claimed' AND leased_until > %(now)s
        AND (
          SELECT dispatch.state = 'sending' AND dispatch.prepared_at = %(frozen_at)s
          FROM communication_newsletters_dispatch AS dispatch
          WHERE dispatch.id = communication_newsletters_delivery.dispatch_id)
        AND (
          SELECT subscription.state = 'confirmed'
          FROM communication_newsletters_subscription AS subscription
          WHERE subscription.id = communication_newsletters_delivery.subscription_id)
        AND (
          SELECT COUNT(*) FROM communication_newsletters_suppression AS suppression
          WHERE suppression.hmac = communication_newsletters_delivery.address_hmac) = 0 END
"""
"""It asks for values, not whether rows exist: PostgreSQL would hash all confirmed subscriptions for
each mail where it does not know yet how many there are."""

NOBODY: Final = 0
"""No row has it as its key."""

Run = Callable[[Mapping[str, Any]], int]
"""Runs the statement with its values, and tells how many rows it has changed."""


@dataclass
class Fence:
    """Lets the mails of one claim pass one by one, each after the one before is noted.

    A mail that was taken over is noted together with the next one's beginning, or by ``settle()``.
    A worker that dies before that leaves it *sending*, as one that dies before the answer does: of
    a claim, never more than one mail is in that state.
    """

    token: UUID
    lease: timedelta
    frozen_at: datetime | None
    """When the text was frozen that this worker writes; another may be frozen meanwhile."""
    run: Run
    accepted: int = 0
    """Mails that were noted as taken over."""
    _done: int = NOBODY
    _token: Any = None

    def __post_init__(self) -> None:
        field: Any = Delivery._meta.get_field("token")
        self._token = field.get_db_prep_value(self.token, connection)

    def begin(self, key: int, *, message_id: str, now: datetime) -> bool:
        """Says that a mail is sent now, if nothing has come in between.

        One update asks it all: that the row is still this worker's and in time, that the dispatch
        is not paused or cancelled, that its text is still the one that is frozen, and that its
        reader still wants it. Whatever is changed before it wins.
        """
        done = self._done
        changed = self._step(key, message_id, now)
        is_begun = changed == 2 or (changed == 1 and (done == NOBODY or self._is_begun(key)))
        self.accepted += changed - is_begun
        return is_begun

    def note_accepted(self, key: int) -> None:
        """Remembers that a server has taken the mail over that was begun last."""
        self._done = key

    def settle(self, now: datetime) -> None:
        """Notes that the last mail was taken over, when no other follows at once."""
        if self._done != NOBODY:
            self.accepted += self._step(NOBODY, "", now)

    def _step(self, key: int, message_id: str, now: datetime) -> int:
        done, self._done = self._done, NOBODY
        adapted = connection.ops.adapt_datetimefield_value
        return self.run(
            {
                "done": done,
                "next": key,
                "token": self._token,
                "now": adapted(now),
                "until": adapted(now + self.lease),
                "message_id": message_id,
                "frozen_at": adapted(self.frozen_at),
            }
        )

    def _is_begun(self, key: int) -> bool:
        """Tells which of two was changed; asked only where somebody has taken the other away."""
        mine = Delivery.objects.filter(pk=key, token=self.token, state=OutgoingState.SENDING)
        return bool(mine.exists())


@contextmanager
def fence_of(*, token: UUID, lease: timedelta, frozen_at: datetime | None) -> Iterator[Fence]:
    """Puts up the fence for one claim, whose mails are written as they were frozen then."""
    with connection.cursor() as cursor:

        def run(values: Mapping[str, Any]) -> int:
            cursor.execute(STEP, values)
            return int(cursor.rowcount)

        is_pooled = connection.settings_dict.get("DISABLE_SERVER_SIDE_CURSORS")
        is_prepared = connection.vendor == "postgresql" and not is_pooled
        yield Fence(token, lease, frozen_at, _prepared_run() if is_prepared else run)


@contextmanager
def quick_commits() -> Iterator[None]:
    """Lets PostgreSQL write its log a moment after it has answered, as SQLite does.

    A worker that is killed loses nothing by it. A machine that loses power may forget the last
    moments before, claims as well as mails, as any database does whose disk lies:
    docs/decisions/0035.
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


def _prepared_run() -> Run:
    """Lets PostgreSQL read and plan the statement once a connection, and only run it for each mail.

    Not behind a pooler that gives each transaction another connection, which sites tell Django by
    ``DISABLE_SERVER_SIDE_CURSORS``. Django's own cursors write values into their statements.
    """
    wrapper: Any = connection
    psycopg, session = wrapper.Database, wrapper.connection
    session.prepare_threshold = session.prepare_threshold or 5  # Django says never
    cursor, big = psycopg.RawCursor(session), psycopg.types.numeric.Int8
    names = ("done", "next", "token", "now", "until", "message_id", "frozen_at")
    statement = STEP % {name: f"${number}" for number, name in enumerate(names, 1)}

    def run(values: Mapping[str, Any]) -> int:
        in_order = [big(values["done"]), big(values["next"]), *(values[each] for each in names[2:])]
        with connection.wrap_database_errors:
            cursor.execute(statement, in_order, prepare=True)
        return int(cursor.rowcount)

    return run
