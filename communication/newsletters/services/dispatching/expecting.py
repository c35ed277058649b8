"""Says when a dispatch will be done, by playing through what limits and pauses allow."""

from datetime import datetime, timedelta
from typing import Any, Final

from django.db.models import Count, Max, Min, QuerySet

from communication.delivery.enums import WAITING_STATES

from ...enums import DispatchState
from ...models import Delivery, Dispatch
from ...wire.pace import Limits, Pace
from .pacing import current_pace, limits_of
from .selecting import readers_of

MEASURED_OVER: Final = timedelta(minutes=10)
USUAL_PER_SECOND: Final = 5.0
"""Mails over one line to a server somewhere else, as long as nothing was measured."""


def expected_end(*, dispatch: Dispatch, now: datetime) -> datetime | None:
    """Returns when the last mail that waits will have been tried.

    Mails that wait for another attempt count from their time on; those that will be put off in
    future cannot be known, and move the end when they are. None where nobody can say: before it is
    scheduled, while it is paused, and in the end.
    """
    if dispatch.state == DispatchState.SCHEDULED:
        number = readers_of(dispatch).order_by().values("subscriber").distinct().count()
        releases = [(max(now, dispatch.scheduled_for or now), number)]
    elif dispatch.state == DispatchState.SENDING:
        releases = _releases(dispatch, now)
    else:
        return None
    return _played_through(releases, limits_of(dispatch), current_pace(), _step(dispatch, now))


def next_dispatch_due_at(*, now: datetime) -> datetime | None:
    """Returns when a schedule begins, a mail may be tried again, a rest or a lease is over."""
    scheduled = Dispatch.objects.filter(state=DispatchState.SCHEDULED).order_by("scheduled_for")
    sending = Dispatch.objects.sending()
    resting = sending.filter(resting_until__gt=now).order_by("resting_until")
    waiting = Delivery.objects.waiting().filter(
        dispatch__in=sending.awake(now).values("pk"), next_attempt_at__isnull=False
    )
    held = Delivery.objects.filter(leased_until__isnull=False).order_by("leased_until")
    firsts = (
        held.values_list("leased_until", flat=True).first(),
        scheduled.values_list("scheduled_for", flat=True).first(),
        resting.values_list("resting_until", flat=True).first(),
        waiting.order_by("next_attempt_at").values_list("next_attempt_at", flat=True).first(),
    )
    return min((moment for moment in firsts if moment is not None), default=None)


def _releases(dispatch: Dispatch, now: datetime) -> list[tuple[datetime, int]]:
    """Returns from when on how many mails may be tried, in this order; those in hand count, too."""
    unfinished: QuerySet[Any] = Delivery.objects.filter(dispatch=dispatch).unfinished()
    awake_at = max(now, dispatch.resting_until or now)
    at_once = unfinished.exclude(state__in=WAITING_STATES, next_attempt_at__gt=awake_at)
    later = unfinished.filter(state__in=WAITING_STATES, next_attempt_at__gt=awake_at)
    times = later.order_by("next_attempt_at").values_list("next_attempt_at", flat=True)
    return [(awake_at, at_once.count()), *((moment, 1) for moment in times.iterator())]


def _played_through(
    releases: list[tuple[datetime, int]], limits: Limits, pace: Pace, step: timedelta
) -> datetime:
    """Returns when the last of them goes."""
    moment = releases[0][0]
    for released_at, number in releases:
        moment = max(moment, released_at)
        if limits.are_none:
            moment += number * step
            continue
        waiting = number
        while waiting:
            moment = pace.free_at(limits, moment)
            taken = pace.take(waiting, limits, moment)
            waiting -= taken
            moment += taken * step
    return moment


def _step(dispatch: Dispatch, now: datetime) -> timedelta:
    """Returns how long a mail takes by itself, as measured lately."""
    lately = Delivery.objects.filter(dispatch=dispatch, finished_at__gt=now - MEASURED_OVER)
    facts = lately.accepted().aggregate(
        number=Count("pk"), first=Min("finished_at"), last=Max("finished_at")
    )
    if facts["number"] < 20 or facts["last"] <= facts["first"]:
        return timedelta(seconds=1 / USUAL_PER_SECOND)
    return (facts["last"] - facts["first"]) / (facts["number"] - 1)
