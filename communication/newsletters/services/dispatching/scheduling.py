"""Schedules dispatches: at a time in somebody's own time zone, with ten minutes to think again."""

from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo, available_timezones

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ...enums import DispatchState, PauseReason
from ...models import Dispatch
from .moving import DispatchStateError, move, moved, resting_ends
from .pausing import pause_for_trouble
from .rechecking import pause_if_withdrawn
from .selecting import select_recipients

UNDO_WINDOW: Final = timedelta(minutes=10)
"""No mail goes before: whoever sees the mistake as soon as the button is pressed is in time."""

TOO_LATE: Final = timedelta(hours=2)
"""After so long, an issue for the morning may be wrong: somebody is asked."""


def local_moment(day_and_time: datetime, time_zone: str) -> datetime:
    """Returns the moment that somebody means by a time without a zone.

    In the hour that summer time leaves out, an hour later; in the one that it repeats, the first.

    Raises:
        ValueError: when there is no such time zone.
    """
    if time_zone not in available_timezones():
        raise ValueError(_("There is no time zone “%(name)s”.") % {"name": time_zone})
    moment = timezone.make_aware(day_and_time, ZoneInfo(time_zone))
    return moment.astimezone(ZoneInfo("UTC"))


def schedule(
    *, dispatch: Dispatch, now: datetime, at: datetime | None = None, time_zone: str = ""
) -> None:
    """Schedules a dispatch whose content is frozen.

    Args:
        dispatch: Ready.
        now: From which the time to undo runs.
        at: When to begin; as soon as possible without it.
        time_zone: In which the time was chosen, to be shown in it.

    Raises:
        DispatchStateError: when it is not ready.
    """
    earliest = now + UNDO_WINDOW
    move(
        dispatch=dispatch,
        to=DispatchState.SCHEDULED,
        scheduled_for=max(at or earliest, earliest),
        time_zone=time_zone or timezone.get_default_timezone_name(),
    )


def undo_schedule(*, dispatch: Dispatch) -> None:
    """Takes a schedule back, as long as nothing was sent.

    Raises:
        DispatchStateError: when it has begun, or was not scheduled.
    """
    if dispatch.state != DispatchState.SCHEDULED:
        raise DispatchStateError(_("There is nothing to undo: nothing is scheduled."))
    move(dispatch=dispatch, to=DispatchState.READY, scheduled_for=None)


def start(*, dispatch: Dispatch, now: datetime) -> bool:
    """Begins a dispatch whose time has come.

    It is paused instead if that was long ago, or if something in it was withdrawn since.

    Returns:
        Whether it was this call that did it.
    """
    planned = dispatch.scheduled_for or now
    if now - planned > TOO_LATE:
        words = planned.isoformat(timespec="minutes")
        return pause_for_trouble(
            dispatch=dispatch, reason=PauseReason.TOO_LATE, words=words, now=now
        )
    if pause_if_withdrawn(dispatch=dispatch, now=now):
        return True
    return begin_sending(dispatch=dispatch, now=now)


@transaction.atomic
def begin_sending(*, dispatch: Dispatch, now: datetime) -> bool:
    """Lets a dispatch be sent, to those who are selected in the same moment."""
    facts = resting_ends(now)
    if not moved(dispatch=dispatch, to=DispatchState.SENDING, started_at=now, **facts):
        return False
    select_recipients(dispatch=dispatch, now=now)
    return True
