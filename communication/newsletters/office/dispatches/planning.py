"""Sends an issue: freezes it and gives it its time in one step, so that nothing is half done."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Page

from ...models import Dispatch, MailingList, Subscription
from ...services.dispatching.moving import DispatchStateError
from ...services.dispatching.preparing import NothingToSendError, prepare, request_preparation
from ...services.dispatching.scheduling import schedule
from ...services.dispatching.selecting import readers_of
from .issues import on_the_way


@dataclass(frozen=True, slots=True)
class Plan:
    """When an issue is to be sent."""

    at: datetime | None
    """None: as soon as possible."""
    time_zone: str
    """In which the time was chosen."""


@transaction.atomic
def plan_issue(
    *,
    issue: Page,
    lists: Collection[MailingList],
    plan: Plan,
    again: bool,
    user: Any,
    now: datetime,
) -> Dispatch:
    """Freezes an issue for the readers of some lists and schedules it.

    Args:
        issue: Published.
        lists: To whose readers it goes.
        plan: When.
        again: Whether it may go to readers who have got it before.
        user: Who sends it.
        now: The present.

    Raises:
        DispatchStateError: when it is on its way already, or all who would get it have it.
    """
    # of two who press the button at once, or of one who presses it twice, the second waits here
    Page.objects.select_for_update().get(pk=issue.pk)
    if on_the_way(issue, lists):
        raise DispatchStateError(_("This issue is on its way to these readers already."))
    dispatch: Dispatch = Dispatch.objects.create(
        page_id=issue.pk, created_by=user, is_repeated=again
    )
    dispatch.mailing_lists.set(lists)
    read = Subscription.objects.mailable().filter(mailing_list__in=lists)
    if read.exists() and not readers_of(dispatch).exists():
        raise DispatchStateError(_("Readers of these lists have got this issue before."))
    plan_dispatch(dispatch=dispatch, plan=plan, now=now)
    return dispatch


@transaction.atomic
def plan_dispatch(*, dispatch: Dispatch, plan: Plan, now: datetime) -> None:
    """Freezes a dispatch as its page is now, and schedules it.

    Raises:
        DispatchStateError: when it has gone out already, or there is nothing to send.
    """
    request_preparation(dispatch=dispatch)
    try:
        prepare(dispatch=dispatch, now=now)
    except NothingToSendError:
        message = _("There is nothing to send: the issue is gone, or complete in no language.")
        raise DispatchStateError(message) from None
    dispatch.refresh_from_db()
    schedule(dispatch=dispatch, now=now, at=plan.at, time_zone=plan.time_zone)
