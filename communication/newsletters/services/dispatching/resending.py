"""Decides about mails of which nobody can know whether they arrived: a person does."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from communication.delivery.enums import OutgoingState

from ...enums import DispatchState
from ...models import Delivery, Dispatch
from .finishing import finish_if_done
from .moving import DispatchStateError, moved, resting_ends
from .preparing import freeze_anew


def is_corrected(*, dispatch: Dispatch) -> bool:
    """Tells whether a correction was prepared since the dispatch was frozen: its text is wrong."""
    frozen_at = dispatch.prepared_at
    return frozen_at is not None and dispatch.corrections.filter(prepared_at__gt=frozen_at).exists()


@transaction.atomic
def resend_uncertain(*, delivery: Delivery, now: datetime) -> None:
    """Sends an uncertain mail once more, with the same Message-ID.

    Mail programs show two of the same id as one; whoever has unsubscribed meanwhile gets none. If
    the text was corrected since, the corrected one goes, which has an id of its own.

    Raises:
        DispatchStateError: when it is not uncertain, or its dispatch was cancelled.
        NothingToSendError: when it was corrected, and the page is gone by now.
    """
    if not _send_again(delivery.dispatch_id, Delivery.objects.filter(pk=delivery.pk), now):
        raise DispatchStateError(_("What became of this mail is known."))
    delivery.refresh_from_db()


@transaction.atomic
def resend_all_uncertain(*, dispatch: Dispatch, now: datetime) -> int:
    """Sends all uncertain mails of a dispatch once more; returns how many.

    Raises:
        DispatchStateError: when none is uncertain, or the dispatch was cancelled.
        NothingToSendError: when it was corrected, and the page is gone by now.
    """
    number = _send_again(dispatch.pk, Delivery.objects.filter(dispatch=dispatch), now)
    if not number:
        raise DispatchStateError(_("No mail of this sending is uncertain any more."))
    dispatch.refresh_from_db()
    return number


@transaction.atomic
def settle_uncertain(*, delivery: Delivery, has_arrived: bool, now: datetime) -> None:
    """Notes what somebody found out about an uncertain mail, from a log or from its reader.

    Raises:
        DispatchStateError: when it is not uncertain.
    """
    if not _settle(Delivery.objects.filter(pk=delivery.pk), now, has_arrived=has_arrived):
        raise DispatchStateError(_("What became of this mail is known."))
    finish_if_done(dispatch=delivery.dispatch, now=now)
    delivery.refresh_from_db()


@transaction.atomic
def settle_all_uncertain(*, dispatch: Dispatch, has_arrived: bool, now: datetime) -> int:
    """Notes the same of all uncertain mails of a dispatch; returns how many.

    Raises:
        DispatchStateError: when none is uncertain.
    """
    locked = Dispatch.objects.select_for_update().get(pk=dispatch.pk)
    number = _settle(Delivery.objects.filter(dispatch=locked), now, has_arrived=has_arrived)
    if not number:
        raise DispatchStateError(_("No mail of this sending is uncertain any more."))
    finish_if_done(dispatch=locked, now=now)
    dispatch.refresh_from_db()
    return number


def _send_again(dispatch_id: int, rows: Any, now: datetime) -> int:
    dispatch = Dispatch.objects.select_for_update().get(pk=dispatch_id)
    if dispatch.state == DispatchState.CANCELLED:
        raise DispatchStateError(_("The dispatch was cancelled: nothing more is sent."))
    if is_corrected(dispatch=dispatch) and rows.uncertain().exists():
        freeze_anew(dispatch=dispatch, now=now)
    number = rows.uncertain().update(
        state=OutgoingState.RETRY, next_attempt_at=now, finished_at=None, attempts=0
    )
    if number and dispatch.state == DispatchState.SENT_UNCERTAIN:
        facts = resting_ends(now)
        moved(dispatch=dispatch, to=DispatchState.SENDING, finished_at=None, **facts)
    return int(number)


def _settle(rows: Any, now: datetime, *, has_arrived: bool) -> int:
    state = OutgoingState.ACCEPTED if has_arrived else OutgoingState.FAILED
    return int(rows.uncertain().update(state=state, finished_at=now))
