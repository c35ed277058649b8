"""Sends a correction to exactly those who have what is to be corrected."""

from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _
from wagtail.models import Page

from ...enums import DispatchKind, DispatchState
from ...models import Delivery, Dispatch
from .moving import DispatchStateError

CORRECTABLE = frozenset(
    {
        DispatchState.SENT,
        DispatchState.SENT_UNCERTAIN,
        DispatchState.PAUSED,
        DispatchState.CANCELLED,
    }
)


def accepted_by_text(*, dispatch: Dispatch) -> tuple[int, int]:
    """Returns how many have a text of before the rest was corrected, and how many the last one."""
    accepted = Delivery.objects.filter(dispatch=dispatch).accepted()
    last = accepted.filter(frozen_at=dispatch.prepared_at).count()
    return accepted.count() - last, last


@transaction.atomic
def draft_correction(
    *, of: Dispatch, page: Page, user: Any = None, to_all: bool = False
) -> Dispatch:
    """Makes the draft of a dispatch for those whose mail was accepted and had the mistake.

    Where the rest was corrected, those who got the corrected text have had no mistake. Whoever may
    still get the wrong mail is not among them, so the dispatch itself must have ended, or wait:
    pause, correct the page, send the correction, prepare the rest anew.

    Args:
        of: The dispatch to be corrected.
        page: What is sent now.
        user: Who does it.
        to_all: Whether the text to which the rest was corrected had a mistake as well.

    Returns:
        The draft; the one that waits already, if there is one.

    Raises:
        DispatchStateError: when it is still being sent.
    """
    locked = Dispatch.objects.select_for_update().get(pk=of.pk)
    if locked.state not in CORRECTABLE:
        raise DispatchStateError(_("Pause the dispatch first, so that it is known who has it."))
    draft = locked.corrections.filter(state=DispatchState.DRAFT).first()
    correction: Dispatch = draft or Dispatch(kind=DispatchKind.CORRECTION, corrects=locked)
    correction.page, correction.created_by = page, user
    correction.faulty_until = _faulty_until(locked, to_all=to_all)
    correction.per_minute, correction.per_hour = locked.per_minute, locked.per_hour
    correction.per_day = locked.per_day
    correction.save()
    correction.mailing_lists.set(locked.mailing_lists.all())
    return correction


def _faulty_until(dispatch: Dispatch, *, to_all: bool) -> Any:
    """Returns when the last text with the mistake was frozen."""
    if to_all:
        return dispatch.prepared_at
    accepted = Delivery.objects.filter(dispatch=dispatch).accepted()
    earlier = accepted.exclude(frozen_at=dispatch.prepared_at)
    return earlier.aggregate(latest=Max("frozen_at"))["latest"] or dispatch.prepared_at
