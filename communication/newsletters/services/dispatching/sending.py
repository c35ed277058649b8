"""Sends a batch of one dispatch over one line: as much as may go now and as takes seconds."""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from django.db.models import prefetch_related_objects

from communication.delivery.enums import OutgoingState
from communication.delivery.services.claiming import claim

from ...enums import PauseReason
from ...models import Delivery, Dispatch
from ...rendering.addressing import Addressing, NoReaderError
from ...selectors import site_url
from ...wire.mails import Mail, NotAcceptedError, Stage, UncertainError
from ...wire.verdicts import Verdict, verdict_on
from .breaking import note_reachable, note_unreachable, watch_failures
from .delivering import (
    LEASE,
    drop_delivery,
    give_back,
    note_fault,
    note_interrupted,
    note_refusal,
    note_uncertain,
)
from .fencing import begin_delivery, note_accepted, quick_commits
from .lines import Line
from .pacing import give_back as give_back_turn
from .pacing import limits_of, take_turn
from .pausing import pause_for_trouble

logger = logging.getLogger(__name__)

AT_ONCE: Final = 100
"""Mails that are claimed together."""

STEP_SECONDS: Final = 2.0
"""After which other jobs have their turn, and a worker that is asked to end does."""

Clock = Callable[[], datetime]


def clock_from(now: datetime) -> Clock:
    """Returns a clock that begins at ``now``: a step may take longer than its mails should."""
    started = time.monotonic()
    return lambda: now + timedelta(seconds=time.monotonic() - started)


@dataclass
class Batch:
    """What one step did of one dispatch."""

    accepted: int = 0
    failed: int = 0
    """What was refused or put off."""
    uncertain: int = 0
    settled: int = 0
    """What was left out."""
    next_at: datetime | None = None
    """When it may go on, if it may not at once."""
    error: str = ""

    @property
    def did_something(self) -> bool:
        """Whether any mail is in another state than before."""
        return bool(self.accepted or self.failed or self.uncertain or self.settled)


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
        if not theirs.due(now).exists():
            return batch
        turn = take_turn(wanted=AT_ONCE, limits=limits, now=now)
        if not turn.number:
            batch.next_at = turn.next_at
            return batch
        deliveries = claim(rows=theirs, limit=turn.number, lease=self.lease, now=now)
        try:
            with quick_commits():
                self._send_all(dispatch, deliveries, batch, clock)
        finally:
            spared = turn.number - batch.accepted - batch.uncertain
            give_back_turn(number=spared, limits=limits, now=now)
        if batch.next_at is None:
            batch.next_at = turn.next_at
        return batch

    def _send_all(
        self, dispatch: Dispatch, deliveries: list[Delivery], batch: Batch, clock: Clock
    ) -> None:
        prefetch_related_objects(deliveries, "subscriber", "subscription__mailing_list")
        deadline = time.monotonic() + STEP_SECONDS
        for delivery in deliveries:
            is_late = time.monotonic() > deadline
            if is_late or not self._send(dispatch, delivery, batch, clock):
                give_back(delivery=delivery, now=clock())
                break

    def _send(self, dispatch: Dispatch, delivery: Delivery, batch: Batch, clock: Clock) -> bool:
        """Sends one mail, if it is still wanted; returns whether the next may follow."""
        try:
            self.line.open()
            mail = self._addressing(dispatch, delivery).mail_to(delivery, sent_at=clock())
        except NotAcceptedError as error:
            return _note_no_line(dispatch, error, batch, clock())
        except NoReaderError:
            return _drop(delivery, batch, clock())
        except ValueError as error:
            batch.failed += note_fault(delivery=delivery, error=error, now=clock())
            return True
        lease, identifier, now = self.lease, mail.message_id, clock()
        if not begin_delivery(delivery=delivery, message_id=identifier, lease=lease, now=now):
            return _drop(delivery, batch, clock())
        return self._hand_over(mail, dispatch, delivery, batch, clock)

    def _hand_over(
        self, mail: Mail, dispatch: Dispatch, delivery: Delivery, batch: Batch, clock: Clock
    ) -> bool:
        try:
            self.line.deliver(mail, clock())
        except UncertainError as error:
            note_uncertain(delivery=delivery, error=error, now=clock())
            batch.uncertain, batch.error = batch.uncertain + 1, f"{delivery.pk}: {error}"
            return True
        except NotAcceptedError as error:
            batch.failed, batch.error = batch.failed + 1, f"{delivery.pk}: {error}"
            return self._note_refusal(dispatch, delivery, error, batch, clock())
        batch.accepted += note_accepted(delivery=delivery, now=clock())
        note_reachable(dispatch=dispatch)
        return True

    def _note_refusal(
        self,
        dispatch: Dispatch,
        delivery: Delivery,
        error: NotAcceptedError,
        batch: Batch,
        now: datetime,
    ) -> bool:
        verdict = verdict_on(error)
        if error.is_lost and not error.is_permanent and error.stage is Stage.SENDER:
            # it closed after so many mails, as many servers do; if it does so before any, it is ill
            note_interrupted(delivery=delivery, now=now)
            return bool(self.line.carried) or _note_no_line(dispatch, error, batch, now)
        state = note_refusal(delivery=delivery, error=error, verdict=verdict, now=now)
        if verdict is Verdict.OUR_FAULT and state == OutgoingState.RETRY:
            return _pause(dispatch, error, now)
        if verdict is Verdict.UNREACHABLE and not self.line.carried:
            return _note_no_line(dispatch, error, batch, now)
        is_bad = state == OutgoingState.FAILED
        return not (is_bad and watch_failures(dispatch=dispatch, now=now))

    def _addressing(self, dispatch: Dispatch, delivery: Delivery) -> Addressing:
        """Returns what writes mails in the language of a delivery; read once until it changes."""
        key = delivery.variant_id, dispatch.prepared_at
        if key not in self._issues:
            if len(self._issues) > 50:
                self._issues.clear()
            self._issues[key] = Addressing(
                delivery.variant, dispatch_uuid=str(dispatch.uuid), site_url=site_url()
            )
        return self._issues[key]


def _drop(delivery: Delivery, batch: Batch, now: datetime) -> bool:
    is_left_out = drop_delivery(delivery=delivery, now=now)
    batch.settled += is_left_out
    return is_left_out


def _pause(dispatch: Dispatch, error: NotAcceptedError, now: datetime) -> bool:
    logger.error("The mail server refuses dispatch %s: %s", dispatch, error)
    pause_for_trouble(dispatch=dispatch, reason=PauseReason.REFUSED, words=str(error), now=now)
    return False


def _note_no_line(dispatch: Dispatch, error: NotAcceptedError, batch: Batch, now: datetime) -> bool:
    batch.error = str(error)
    if verdict_on(error) is Verdict.OUR_FAULT:
        return _pause(dispatch, error, now)
    logger.warning("The mail server cannot be reached for dispatch %s: %s", dispatch, error)
    batch.next_at = note_unreachable(dispatch=dispatch, code=str(error), now=now)
    return False
