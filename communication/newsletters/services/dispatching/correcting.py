"""Sends a correction to exactly those who have what is to be corrected."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Page

from ...enums import DispatchKind, DispatchState
from ...models import Dispatch
from .moving import DispatchStateError

CORRECTABLE = frozenset(
    {
        DispatchState.SENT,
        DispatchState.SENT_UNCERTAIN,
        DispatchState.PAUSED,
        DispatchState.CANCELLED,
    }
)


@transaction.atomic
def draft_correction(*, of: Dispatch, page: Page, user: Any = None) -> Dispatch:
    """Makes the draft of a dispatch for those whose mail was accepted.

    Whoever may still get the wrong mail is not among them, so the dispatch itself must have ended,
    or wait: pause, correct the page, send the correction, prepare the rest anew.

    Raises:
        DispatchStateError: when it is still being sent.
    """
    if of.state not in CORRECTABLE:
        raise DispatchStateError(_("Pause the dispatch first, so that it is known who has it."))
    correction = Dispatch.objects.create(
        page=page,
        kind=DispatchKind.CORRECTION,
        corrects=of,
        created_by=user,
        per_minute=of.per_minute,
        per_hour=of.per_hour,
        per_day=of.per_day,
    )
    correction.mailing_lists.set(of.mailing_lists.all())
    return correction
