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
from .fencing import fence_of
from .handing_over import Batch, Clock, Errand
from .lines import Line
from .pacing import give_back, limits_of, take_turn
from .taking import Taken, take

AT_ONCE: Final = 100
"""Mails that are claimed together."""


def clock_from(now: datetime) -> Clock:
    """Returns a clock that begins at ``now``: a step may take longer than its mails should."""
    started = time.monotonic()
    return lambda: now + timedelta(seconds=time.monotonic() - started)


@dataclass
class Sender:
    """Sends for one worker; it keeps the line open and the compiled issues at hand."""

    line: Line = field(default_factory=Line)
    lease: timedelta = LEASE
    _issues: dict[tuple[int, datetime | None], Addressing] = field(default_factory=dict)

    def send_batch(self, *, dispatch: Dispatch, now: datetime) -> Batch:
        """Sends what may go now, for a second or two."""
        clock, batch, limits = clock_from(now), Batch(), limits_of(dispatch)
        theirs = Delivery.objects.filter(dispatch=dispatch)
        if not limits.are_none and not theirs.due(now).exists():
            return batch
        turn = take_turn(wanted=AT_ONCE, limits=limits, now=now)
        if not turn.number:
            batch.next_at = turn.next_at
            return batch
        taken = take(rows=theirs, limit=turn.number, lease=self.lease, now=now)
        try:
            if taken:
                write = partial(self._write, dispatch)
                with fence_of(token=taken[0].token, lease=self.lease) as fence:
                    Errand(dispatch, self.line, fence, write, batch, clock).run(taken)
        finally:
            spared = turn.number - batch.accepted - batch.uncertain
            give_back(number=spared, limits=limits, now=now)
        if batch.next_at is None:
            batch.next_at = turn.next_at
        return batch

    def _write(self, dispatch: Dispatch, taken: Taken, sent_at: datetime) -> Mail:
        """Writes a mail, in the language of its delivery; each is read once until it changes."""
        key = taken.variant_id, dispatch.prepared_at
        if key not in self._issues:
            if len(self._issues) > 50:
                self._issues.clear()
            self._issues[key] = Addressing(
                DispatchVariant.objects.get(pk=taken.variant_id),
                dispatch_uuid=str(dispatch.uuid),
                site_url=site_url(),
            )
        return self._issues[key].mail_to(taken, sent_at=sent_at)
