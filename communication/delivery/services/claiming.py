"""Takes what is due, sends nothing, and notes what became of it: every sender shares these verbs.

A claim is committed before anything goes out, and carries a token and a lease. Immediately before
sending, ``begin()`` asks the row whether the claim still holds and sending is still wanted. A
worker that dies leaves rows whose lease runs out: ``reap()`` gives back what was provably not sent,
and lets the sender decide what an interrupted one means.

Any number of workers may share a PostgreSQL database. On SQLite one update, which is a transaction
by itself, keeps two from taking the same row.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Final, TypeVar
from uuid import UUID, uuid4

from django.db import connections, transaction
from django.db.models import Case, F, Value, When

from ..enums import WAITING_STATES, OutgoingState
from ..models import Outgoing, OutgoingQuerySet

Row = TypeVar("Row", bound=Outgoing)

_FREE: Final[dict[str, Any]] = {"token": None, "leased_until": None}
_UNTOUCHED: Final = Case(
    When(attempts=0, then=Value(OutgoingState.QUEUED)), default=Value(OutgoingState.RETRY)
)
"""What a claimed row goes back to: nothing was sent since it was taken."""


def claim(*, rows: OutgoingQuerySet, limit: int, lease: timedelta, now: datetime) -> list[Any]:
    """Takes up to ``limit`` of ``rows`` that are due, those that have waited longest first.

    One query where nothing is due.

    Returns:
        The rows, which nobody else takes before the lease is over.
    """
    token = mark(rows=rows, limit=limit, lease=lease, now=now)
    return [] if token is None else list(marked(rows=rows, token=token))


def mark(*, rows: OutgoingQuerySet, limit: int, lease: timedelta, now: datetime) -> UUID | None:
    """Takes as ``claim()`` does, for those who read the rows themselves; None if nothing is due."""
    due = rows.due(now).order_by("next_attempt_at", "pk")
    if limit < 1 or not due.exists():
        return None
    token = uuid4()
    skip_locked = connections[rows.db].features.has_select_for_update_skip_locked
    with transaction.atomic(using=rows.db):
        locked = due.select_for_update(skip_locked=skip_locked, of=("self",)).values_list(
            "pk", flat=True
        )[:limit]
        taken = rows.model._default_manager.filter(pk__in=list(locked), state__in=WAITING_STATES)
        taken.update(
            state=OutgoingState.CLAIMED,
            token=token,
            leased_until=now + lease,
            next_attempt_at=None,
        )
    return token


def marked(*, rows: OutgoingQuerySet, token: UUID) -> OutgoingQuerySet:
    """Returns what was taken with a token and not begun since, in the order of keys."""
    mine = rows.model._default_manager.filter(token=token, state=OutgoingState.CLAIMED)
    return mine.order_by("pk")


def begin(*, row: Outgoing, lease: timedelta, now: datetime, only_if: Sequence[Any] = ()) -> bool:
    """Says that a row is sent now, if the claim still holds and all of ``only_if`` is true.

    This is the fence: whatever has withdrawn the row, or made sending it unwanted, wins over a
    sender that has not come so far. The conditions must not join other tables; ``Exists`` may.
    """
    mine = type(row)._default_manager.filter(
        *only_if,
        pk=row.pk,
        token=row.token,
        state=OutgoingState.CLAIMED,
        leased_until__gt=now,
    )
    begun = mine.update(
        state=OutgoingState.SENDING, attempts=F("attempts") + 1, leased_until=now + lease
    )
    row.attempts += begun
    return bool(begun)


def finish(*, row: Outgoing, state: OutgoingState, now: datetime, **facts: Any) -> bool:
    """Notes how a row ended; False if it was taken from this worker meanwhile.

    Args:
        row: Claimed or begun by this worker.
        state: One of ``FINISHED_STATES``.
        now: When it ended.
        facts: Further fields to be written with it.
    """
    return _give_back(row, state=state, finished_at=now, **facts)


def put_off(*, row: Outgoing, until: datetime, **facts: Any) -> bool:
    """Lets a row wait for another attempt; False if it was taken from this worker meanwhile."""
    return _give_back(row, state=OutgoingState.RETRY, next_attempt_at=until, **facts)


def release(*, rows: OutgoingQuerySet, token: UUID, now: datetime) -> int:
    """Gives claimed rows back that were not begun, to be taken by anybody at once."""
    mine = rows.filter(token=token, state=OutgoingState.CLAIMED)
    return int(mine.update(state=_UNTOUCHED, next_attempt_at=now, **_FREE))


def reap(
    *,
    rows: OutgoingQuerySet,
    now: datetime,
    interrupted: OutgoingState = OutgoingState.RETRY,
) -> int:
    """Takes rows back from workers that have had them in hand for too long.

    Args:
        rows: Of one model.
        now: What leases are compared with.
        interrupted: What becomes of a row that may have been sent: ``RETRY`` where sending twice
            does no harm, ``UNCERTAIN`` where it does.

    Returns:
        How many there were.
    """
    if not rows.expired(now).exists():
        return 0
    claimed = rows.expired(now).filter(state=OutgoingState.CLAIMED)
    sending = rows.expired(now).filter(state=OutgoingState.SENDING)
    waits = interrupted in WAITING_STATES
    end = {"next_attempt_at": now} if waits else {"finished_at": now}
    # each in one statement: a sender that comes back meanwhile has won, or has lost its token
    return int(
        claimed.update(state=_UNTOUCHED, next_attempt_at=now, **_FREE)
        + sending.update(state=interrupted, **end, **_FREE)
    )


def _give_back(row: Outgoing, **values: Any) -> bool:
    held = type(row)._default_manager.filter(pk=row.pk, token=row.token, token__isnull=False)
    return bool(held.update(token=None, leased_until=None, **values))
