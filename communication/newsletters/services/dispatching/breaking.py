"""Stops a dispatch that does harm or gets nowhere, before somebody notices."""

from datetime import datetime, timedelta
from typing import Final

from django.db.models import F

from communication.delivery.enums import OutgoingState
from communication.delivery.services.backoff import Backoff

from ...enums import PauseReason
from ...models import Delivery, Dispatch
from .pausing import pause_for_trouble

WINDOW: Final = 200
ALLOWED_FAILURES: Final = WINDOW * 5 // 100
"""Five per cent. Providers close accounts that write to old lists."""

CONNECTION_ERRORS: Final = 10
"""In a row: with the rests between them, some twenty minutes."""

LIMIT_REST: Final = timedelta(hours=1)
"""Until it is tried again whether the limit of a day is over; nobody tells when that is."""
UNCERTAIN_IN_A_ROW: Final = 5
"""A mail server that is restarted leaves one on each line, and there are few workers. One that
hangs up or falls silent after each last dot would make all readers uncertain, one by one, and a
person would have to find out about each."""

REST: Final = Backoff(timedelta(seconds=5), longest=timedelta(minutes=5))


def watch_failures(*, dispatch: Dispatch, now: datetime) -> bool:
    """Pauses a dispatch after too many refusals that no other attempt would change."""
    latest = _latest(dispatch, [OutgoingState.ACCEPTED, OutgoingState.FAILED], WINDOW)
    failures = latest.count(OutgoingState.FAILED)
    if failures <= ALLOWED_FAILURES:
        return False
    words = f"{failures}/{len(latest)}"
    return pause_for_trouble(dispatch=dispatch, reason=PauseReason.FAILURES, words=words, now=now)


def watch_uncertain(*, dispatch: Dispatch, code: str, now: datetime) -> bool:
    """Pauses a dispatch after several mails in a row of which nobody can know who has them."""
    ended = [OutgoingState.ACCEPTED, OutgoingState.FAILED, OutgoingState.UNCERTAIN]
    latest = _latest(dispatch, ended, UNCERTAIN_IN_A_ROW)
    if latest.count(OutgoingState.UNCERTAIN) < UNCERTAIN_IN_A_ROW:
        return False
    return pause_for_trouble(dispatch=dispatch, reason=PauseReason.UNCERTAIN, words=code, now=now)


def _latest(dispatch: Dispatch, states: list[OutgoingState], number: int) -> list[str]:
    """Returns how the last mails ended since somebody let the dispatch go on."""
    ended = Delivery.objects.filter(dispatch=dispatch, state__in=states, finished_at__isnull=False)
    if dispatch.resumed_at is not None:
        ended = ended.filter(finished_at__gte=dispatch.resumed_at)
    return list(ended.order_by("-finished_at").values_list("state", flat=True)[:number])


def note_unreachable(*, dispatch: Dispatch, code: str, now: datetime) -> datetime:
    """Lets a dispatch rest because there is no mail server; pauses it after too many attempts.

    Returns:
        When to try again.
    """
    rows = Dispatch.objects.filter(pk=dispatch.pk)
    rows.update(connection_errors=F("connection_errors") + 1)
    dispatch.refresh_from_db(fields=["connection_errors"])
    until = now + REST.delay(dispatch.connection_errors)
    rows.update(resting_until=until)
    if dispatch.connection_errors >= CONNECTION_ERRORS:
        pause_for_trouble(dispatch=dispatch, reason=PauseReason.UNREACHABLE, words=code, now=now)
    return until


def note_limit(*, dispatch: Dispatch, now: datetime) -> datetime:
    """Lets a dispatch rest because we have sent as much as we may; it never pauses for that.

    Returns:
        When to try again.
    """
    until = now + LIMIT_REST
    Dispatch.objects.filter(pk=dispatch.pk).update(resting_until=until)
    return until


def note_reachable(*, dispatch: Dispatch) -> None:
    """Forgets the errors of before; no query where there were none."""
    if dispatch.connection_errors:
        Dispatch.objects.filter(pk=dispatch.pk).update(connection_errors=0, resting_until=None)
        dispatch.connection_errors = 0
