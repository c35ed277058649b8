"""Sends a batch of one dispatch over one line: as much as may go now and as takes seconds."""

import time
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Final

from ...models import Delivery, Dispatch, DispatchVariant
from ...rendering.addressing import Addressing
from ...selectors import site_url
from ...wire.mails import Mail
from .delivering import LEASE
from .fencing import fence_of, quick_commits
from .handing_over import Batch, Clock, Errand
from .lines import Line
from .pacing import give_back, limits_of, take_turn
from .taking import Taken, take

AT_ONCE: Final = 200
"""Mails that are claimed together."""

STEP_SECONDS: Final = 2.0
"""After which other jobs have their turn, and a worker that is asked to end does."""


def clock_from(now: datetime) -> Clock:
    """Returns a clock that begins at ``now``: a step may take longer than its mails should."""
    started = time.monotonic()
    return lambda: now + timedelta(seconds=time.monotonic() - started)


def _deadline() -> float:
    return time.monotonic() + STEP_SECONDS


@dataclass
class Sender:
    """Sends for one worker; it keeps the line open and the compiled issues at hand."""

    line: Line = field(default_factory=Line)
    lease: timedelta = LEASE
    _issues: dict[tuple[int, datetime | None], Addressing] = field(default_factory=dict)

    def send_batch(self, *, dispatch: Dispatch, now: datetime) -> Batch:
        """Sends what may go now, for a second or two."""
        batch, limits = Batch(), limits_of(dispatch)
        if limits.are_none:
            self._send_freely(dispatch, batch, now)
            return batch
        if not Delivery.objects.filter(dispatch=dispatch).due(now).exists():
            return batch
        turn = take_turn(wanted=AT_ONCE, limits=limits, now=now)
        if not turn.number:
            batch.next_at = turn.next_at
            return batch
        try:
            with quick_commits():
                self._send_some(dispatch, turn.number, batch, clock_from(now), _deadline())
        finally:
            spared = turn.number - batch.accepted - batch.uncertain
            give_back(number=spared, limits=limits, now=now)
        if batch.next_at is None:
            batch.next_at = turn.next_at
        return batch

    def _send_freely(self, dispatch: Dispatch, batch: Batch, now: datetime) -> None:
        """Sends claim after claim, so that what a step costs is paid once in two seconds."""
        clock, until = clock_from(now), _deadline()
        with quick_commits():
            while self._send_some(dispatch, AT_ONCE, batch, clock, until):
                pass

    def _send_some(
        self, dispatch: Dispatch, number: int, batch: Batch, clock: Clock, until: float
    ) -> bool:
        """Sends one claim; returns whether another may follow."""
        theirs = Delivery.objects.filter(dispatch=dispatch)
        taken = take(rows=theirs, limit=number, lease=self.lease, now=clock())
        if not taken:
            return False
        token, frozen_at = taken[0].token, dispatch.prepared_at
        with fence_of(token=token, lease=self.lease, frozen_at=frozen_at) as fence:
            write = partial(self._write, dispatch)
            errand = Errand(dispatch, self.line, fence, write, batch, clock, until)
            may_go_on = errand.run(taken)
        return may_go_on and len(taken) == number

    def _write(self, dispatch: Dispatch, taken: Taken, sent_at: datetime) -> Mail:
        """Writes a mail, in the language of its delivery; each is read once until it changes."""
        key = taken.variant_id, dispatch.prepared_at
        if key not in self._issues:
            if len(self._issues) > 50:
                self._issues.clear()
            self._issues[key] = Addressing(
                DispatchVariant.objects.get(pk=taken.variant_id),
                edition=f"{dispatch.uuid} {dispatch.prepared_at}",
                site_url=site_url(),
            )
        return self._issues[key].mail_to(taken, sent_at=sent_at)
