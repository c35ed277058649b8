"""Moves dispatches from state to state, and refuses what may not follow."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from ...enums import DISPATCH_MOVES, DispatchState
from ...models import Dispatch


class DispatchStateError(Exception):
    """A dispatch is not in the state for what was asked; says so to people."""


def move(*, dispatch: Dispatch, to: DispatchState, **facts: Any) -> None:
    """Moves a dispatch, in one update, so that of two who move it only one does.

    Args:
        dispatch: As it was read; it is brought up to date.
        to: The next state.
        facts: Further fields to be written with it.

    Raises:
        DispatchStateError: when that may not follow upon its state.
    """
    if not moved(dispatch=dispatch, to=to, **facts):
        dispatch.refresh_from_db()
        raise DispatchStateError(
            _("This is not possible any more: the dispatch is now “%(state)s”.")
            % {"state": dispatch.get_state_display()}
        )
    dispatch.refresh_from_db()


def moved(*, dispatch: Dispatch, to: DispatchState, **facts: Any) -> bool:
    """Moves a dispatch if it may be moved; tells whether it was."""
    before = [state for state, after in DISPATCH_MOVES.items() if to in after]
    if to != DispatchState.PAUSED:
        facts = {"paused_reason": "", "paused_words": "", "notice_due_at": None, **facts}
    rows = Dispatch.objects.filter(pk=dispatch.pk, state__in=before)
    return bool(rows.update(state=to, **facts))


def resting_ends(now: datetime) -> dict[str, Any]:
    """Returns the fields with which a dispatch begins anew, whatever failed before."""
    return {"resumed_at": now, "connection_errors": 0, "resting_until": None}
