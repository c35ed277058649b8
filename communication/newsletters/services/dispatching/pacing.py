"""Keeps to the limits of the mail server's owner, across all workers and dispatches."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.conf import settings
from django.db import transaction

from ...models import Dispatch, SendingPace
from ...wire.pace import Limits, Pace

NAMES: Final = ("per_minute", "per_hour", "per_day")


@dataclass(frozen=True, slots=True)
class Turn:
    """How many mails may go now, and when the next may go if none may."""

    number: int
    next_at: datetime


def limits_of(dispatch: Dispatch) -> Limits:
    """Returns the limits of a dispatch: its own, and ``V2V_MAIL_LIMITS`` where it has none."""
    general = general_limits()
    return Limits(*(getattr(dispatch, name) or getattr(general, name) for name in NAMES))


def general_limits() -> Limits:
    """Returns those of the site, ``V2V_MAIL_LIMITS``."""
    general = getattr(settings, "V2V_MAIL_LIMITS", {})
    return Limits(*(general.get(name) for name in NAMES))


def current_pace() -> Pace:
    """Returns the pace as it stands: one query."""
    row = SendingPace.objects.filter(pk=SendingPace.THE_PACE).first()
    return Pace(row.next_at, row.taken) if row else Pace(None, {})


def take_turn(*, wanted: int, limits: Limits, now: datetime) -> Turn:
    """Takes up to so many mails from what may go now; without limits, all of them at no cost."""
    if limits.are_none:
        return Turn(wanted, now)
    SendingPace.objects.get_or_create(pk=SendingPace.THE_PACE)
    with transaction.atomic():
        row = SendingPace.objects.select_for_update().get(pk=SendingPace.THE_PACE)
        pace = Pace(row.next_at, row.taken)
        number = pace.take(wanted, limits, now)
        if number:
            _save(row, pace)
    return Turn(number, pace.free_at(limits, now))


def note_letters(*, number: int, now: datetime) -> None:
    """Counts mails that are no newsletters: they go first, and what waits for a turn waits longer.

    The provider counts them, too. Nothing is kept where the site has no limits.
    """
    limits = general_limits()
    if limits.are_none:
        return
    SendingPace.objects.get_or_create(pk=SendingPace.THE_PACE)
    with transaction.atomic():
        row = SendingPace.objects.select_for_update().get(pk=SendingPace.THE_PACE)
        pace = Pace(row.next_at, row.taken)
        pace.note(number, limits, now)
        _save(row, pace)


def give_back(*, number: int, limits: Limits, now: datetime) -> None:
    """Takes mails out of the quotas that were not accepted after all."""
    if limits.are_none or not number:
        return
    with transaction.atomic():
        row = SendingPace.objects.select_for_update().get(pk=SendingPace.THE_PACE)
        pace = Pace(row.next_at, row.taken)
        pace.give_back(number, now)
        _save(row, pace)


def _save(row: SendingPace, pace: Pace) -> None:
    row.next_at, row.taken = pace.next_at, pace.taken
    row.save(update_fields=["next_at", "taken"])
