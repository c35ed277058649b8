"""Hands the mails of one claim over to the mail server, one by one, and notes its answers."""

import logging
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from itertools import zip_longest

from communication.delivery.enums import OutgoingState

from ...enums import PauseReason
from ...models import Dispatch
from ...rendering.addressing import NoReaderError
from ...wire.mails import Mail, NotAcceptedError, Stage, UncertainError
from ...wire.verdicts import Verdict, verdict_on
from .breaking import (
    note_limit,
    note_reachable,
    note_unreachable,
    watch_failures,
    watch_uncertain,
)
from .delivering import (
    drop_delivery,
    give_back,
    note_fault,
    note_interrupted,
    note_refusal,
    note_uncertain,
)
from .fencing import Fence
from .lines import Line
from .pausing import pause_for_trouble
from .taking import Taken

logger = logging.getLogger(__name__)

Clock = Callable[[], datetime]


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
class Errand:
    """What it takes to hand over the mails of one claim."""

    dispatch: Dispatch
    line: Line
    fence: Fence
    write: Callable[[Taken, datetime], Mail]
    batch: Batch
    clock: Clock
    until: float
    """When to stop, by the monotonic clock."""
    _ahead: tuple[int, Mail] | None = None
    """The next mail, written and announced while the server thought about the last."""

    def run(self, taken: list[Taken]) -> bool:
        """Sends what can be sent in time, and gives the rest back.

        Returns:
            Whether more could be sent.
        """
        try:
            for each, following in zip_longest(taken, taken[1:]):
                is_late = self._is_late and self._ahead is None
                if is_late or not self._send(each, following):
                    self.fence.settle(self.clock())
                    give_back(delivery=each.delivery, now=self.clock())
                    return False
        finally:
            self.line.withdraw()
            self.fence.settle(self.clock())
            self.batch.accepted += self.fence.accepted
        return True

    @property
    def _is_late(self) -> bool:
        return time.monotonic() > self.until

    def _send(self, taken: Taken, following: Taken | None) -> bool:
        """Sends one mail, if it is still wanted; returns whether the next may follow."""
        try:
            self.line.open()
            mail = self._written(taken)
        except (NotAcceptedError, NoReaderError, ValueError) as error:
            self.fence.settle(self.clock())
            return self._note_unwritten(taken, error)
        if not self.fence.begin(taken.key, message_id=mail.message_id, now=self.clock()):
            self.line.withdraw()
            return self._drop(taken)
        taken.attempts += 1
        return self._deliver(mail, taken, following)

    def _written(self, taken: Taken) -> Mail:
        key, mail = self._ahead or (None, None)
        self._ahead = None
        return mail if mail and key == taken.key else self.write(taken, self.clock())

    def _write_ahead(self, taken: Taken | None) -> None:
        """Writes and announces a mail before its turn; what fails does so again when it comes."""
        with suppress(Exception):
            if taken is not None and not self._is_late:
                self._ahead = taken.key, self.write(taken, self.clock())
                self.line.announce(self._ahead[1])

    def _note_unwritten(self, taken: Taken, error: Exception) -> bool:
        if isinstance(error, NotAcceptedError):
            return self._note_no_line(error)
        if isinstance(error, NoReaderError):
            return self._drop(taken)
        noted = note_fault(delivery=taken.delivery, error=error, now=self.clock())
        self.batch.failed += noted
        return True

    def _deliver(self, mail: Mail, taken: Taken, following: Taken | None) -> bool:
        batch = self.batch
        try:
            self.line.deliver(mail, self.clock(), partial(self._write_ahead, following))
        except UncertainError as error:
            now, code = self.clock(), str(error)
            note_uncertain(delivery=taken.delivery, error=error, now=now)
            batch.uncertain, batch.error = batch.uncertain + 1, f"{taken.key}: {code}"
            return not watch_uncertain(dispatch=self.dispatch, code=code, now=now)
        except NotAcceptedError as error:
            batch.failed, batch.error = batch.failed + 1, f"{taken.key}: {error}"
            return self._note_refusal(taken, error)
        self.fence.note_accepted(taken.key)
        note_reachable(dispatch=self.dispatch)
        return True

    def _note_refusal(self, taken: Taken, error: NotAcceptedError) -> bool:
        verdict, now, delivery = verdict_on(error), self.clock(), taken.delivery
        if error.is_lost and not error.is_permanent and error.stage is Stage.SENDER:
            # it closed after so many mails, as many servers do; if it does so before any, it is ill
            note_interrupted(delivery=delivery, now=now)
            return bool(self.line.carried) or self._note_no_line(error)
        if verdict is Verdict.OUR_LIMIT:
            note_interrupted(delivery=delivery, now=now)
            return self._rest(error)
        state = note_refusal(delivery=delivery, error=error, verdict=verdict, now=now)
        if verdict is Verdict.OUR_FAULT and state == OutgoingState.RETRY:
            return self._pause(error)
        if verdict is Verdict.UNREACHABLE and not self.line.carried:
            return self._note_no_line(error)
        is_bad = state == OutgoingState.FAILED
        return not (is_bad and watch_failures(dispatch=self.dispatch, now=now))

    def _drop(self, taken: Taken) -> bool:
        is_left_out = drop_delivery(delivery=taken.delivery, now=self.clock())
        self.batch.settled += is_left_out
        return is_left_out

    def _pause(self, error: NotAcceptedError) -> bool:
        logger.error("The mail server refuses dispatch %s: %s", self.dispatch, error)
        pause_for_trouble(
            dispatch=self.dispatch,
            reason=PauseReason.REFUSED,
            words=str(error),
            now=self.clock(),
        )
        return False

    def _rest(self, error: NotAcceptedError) -> bool:
        logger.warning("The limit of the mail server is reached by %s: %s", self.dispatch, error)
        self.batch.next_at = note_limit(dispatch=self.dispatch, now=self.clock())
        return False

    def _note_no_line(self, error: NotAcceptedError) -> bool:
        self.batch.error = str(error)
        verdict = verdict_on(error)
        if verdict is Verdict.OUR_FAULT:
            return self._pause(error)
        if verdict is Verdict.OUR_LIMIT:
            return self._rest(error)
        dispatch, code = self.dispatch, str(error)
        logger.warning("The mail server cannot be reached for dispatch %s: %s", dispatch, error)
        self.batch.next_at = note_unreachable(dispatch=dispatch, code=code, now=self.clock())
        return False
