"""Decides about mails of which nobody can know whether they arrived: a person does, by name."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from communication.delivery.enums import OutgoingState

from ...enums import DispatchState
from ...models import Delivery, Dispatch
from .finishing import finish_if_done
from .moving import DispatchStateError, moved, resting_ends


@transaction.atomic
def resend_uncertain(*, delivery: Delivery, now: datetime) -> None:
    """Sends an uncertain mail once more, with the same Message-ID.

    Mail programs show two of the same id as one; whoever has unsubscribed meanwhile gets none.

    Raises:
        DispatchStateError: when it is not uncertain, or its dispatch was cancelled.
    """
    dispatch = Dispatch.objects.select_for_update().get(pk=delivery.dispatch_id)
    if dispatch.state == DispatchState.CANCELLED:
        raise DispatchStateError(_("The dispatch was cancelled: nothing more is sent."))
    uncertain = Delivery.objects.filter(pk=delivery.pk).uncertain()
    if not uncertain.update(
        state=OutgoingState.RETRY, next_attempt_at=now, finished_at=None, attempts=0
    ):
        raise DispatchStateError(_("What became of this mail is known."))
    if dispatch.state == DispatchState.SENT_UNCERTAIN:
        facts = resting_ends(now)
        moved(dispatch=dispatch, to=DispatchState.SENDING, finished_at=None, **facts)
    delivery.refresh_from_db()


@transaction.atomic
def settle_uncertain(*, delivery: Delivery, has_arrived: bool, now: datetime) -> None:
    """Notes what somebody found out about an uncertain mail, from a log or from its reader.

    Raises:
        DispatchStateError: when it is not uncertain.
    """
    state = OutgoingState.ACCEPTED if has_arrived else OutgoingState.FAILED
    uncertain = Delivery.objects.filter(pk=delivery.pk).uncertain()
    if not uncertain.update(state=state, finished_at=now):
        raise DispatchStateError(_("What became of this mail is known."))
    finish_if_done(dispatch=delivery.dispatch, now=now)
    delivery.refresh_from_db()
