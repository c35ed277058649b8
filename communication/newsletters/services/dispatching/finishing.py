"""Ends dispatches of which nothing is left to send."""

from datetime import datetime

from ...enums import DispatchState
from ...models import Delivery, Dispatch
from .moving import moved


def finish_done(*, now: datetime) -> int:
    """Ends all dispatches that are done; returns how many."""
    return sum(finish_if_done(dispatch=each, now=now) for each in Dispatch.objects.sending())


def finish_if_done(*, dispatch: Dispatch, now: datetime) -> bool:
    """Ends a dispatch if nobody waits for it any more; uncertain mails are named, not forgotten."""
    theirs = Delivery.objects.filter(dispatch=dispatch)
    if theirs.unfinished().exists():
        return False
    state = DispatchState.SENT_UNCERTAIN if theirs.uncertain().exists() else DispatchState.SENT
    return moved(dispatch=dispatch, to=state, finished_at=now)
