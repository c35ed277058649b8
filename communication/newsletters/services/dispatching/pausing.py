"""Pauses, resumes and cancels: workers follow within one mail a connection, by their fence."""

from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from communication.delivery.enums import OutgoingState

from ...enums import DispatchState, PauseReason, SkipReason
from ...models import Delivery, Dispatch
from .moving import DispatchStateError, move, moved, resting_ends
from .selecting import select_recipients


def pause(*, dispatch: Dispatch) -> None:
    """Pauses a dispatch because somebody wants it.

    Raises:
        DispatchStateError: when it is not being sent.
    """
    move(dispatch=dispatch, to=DispatchState.PAUSED, paused_reason=PauseReason.ASKED)


def pause_for_trouble(
    *, dispatch: Dispatch, reason: PauseReason, words: str, now: datetime
) -> bool:
    """Pauses a dispatch that should not go on unseen, and lets its maker be told by mail.

    Returns:
        Whether it was this call that did it: several workers may be in the same trouble.
    """
    return moved(
        dispatch=dispatch,
        to=DispatchState.PAUSED,
        paused_reason=reason,
        paused_words=words,
        notice_due_at=now,
        notice_attempts=0,
    )


@transaction.atomic
def resume(*, dispatch: Dispatch, now: datetime) -> None:
    """Lets a paused dispatch go on, also one whose time had passed.

    Raises:
        DispatchStateError: when it is not paused, or its text is the one that a correction mends.
    """
    facts = {"started_at": dispatch.started_at or now, "checked_at": None, **resting_ends(now)}
    move(dispatch=dispatch, to=DispatchState.SENDING, **facts)
    corrections = dispatch.corrections.exclude(state=DispatchState.CANCELLED)
    if corrections.filter(faulty_until__gte=F("corrects__prepared_at")).exists():
        raise DispatchStateError(
            _("A correction mends this text. Correct the rest first, or cancel the correction.")
        )
    if not dispatch.deliveries.exists():  # it was paused before it began
        select_recipients(dispatch=dispatch, now=now)


@transaction.atomic
def cancel(*, dispatch: Dispatch, now: datetime) -> int:
    """Ends a dispatch for all to whom it has not gone yet; returns how many were left out.

    Raises:
        DispatchStateError: when it is over already.
    """
    move(dispatch=dispatch, to=DispatchState.CANCELLED, finished_at=now)
    return leave_out_cancelled(now=now)


def leave_out_cancelled(*, now: datetime) -> int:
    """Leaves out what waits in cancelled dispatches, also what dead workers gave back."""
    waiting = Delivery.objects.waiting().filter(dispatch__state=DispatchState.CANCELLED)
    return int(
        waiting.update(
            state=OutgoingState.SKIPPED,
            skip_reason=SkipReason.CANCELLED,
            next_attempt_at=None,
            finished_at=now,
        )
    )
