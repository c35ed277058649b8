"""The jobs that this app brings along; ``V2V_WORKER_JOBS`` names them."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Final, Self

from django.db import InterfaceError, OperationalError

from communication.delivery.protocol import JobResult
from v2v_snippets.steps import OneThingAStep, Thing

from .enums import PauseReason
from .models import Dispatch, SignUp, SubscriberImport
from .office.journal import note_import
from .services.answering import answer_sign_up, claim_sign_up, put_off_sign_up
from .services.dispatching.delivering import reap_deliveries
from .services.dispatching.expecting import next_dispatch_due_at
from .services.dispatching.finishing import finish_done
from .services.dispatching.handing_over import Batch
from .services.dispatching.notifying import put_off_notice, send_notice, take_notice
from .services.dispatching.pausing import pause_for_trouble
from .services.dispatching.preparing import prepare
from .services.dispatching.rechecking import pause_if_withdrawn
from .services.dispatching.scheduling import start
from .services.dispatching.sending import Sender
from .services.retention import forget, forget_copies
from .services.uploads import claim, put_off, take_further
from .wire.mails import NotAcceptedError

logger = logging.getLogger(__name__)

FORGET_EVERY: Final = timedelta(hours=1)


class WordlessError(Exception):
    """Stands in a log for an error whose own words may hold an address; it tells kind and place."""

    @classmethod
    def of(cls, error: Exception) -> Self:
        """Returns what may be logged of an error."""
        return cls(type(error).__name__).with_traceback(error.__traceback__)


class Discreet(OneThingAStep[Thing]):
    """A job whose errors may name readers, so that logs keep their kind and place alone."""

    def told_of(self, error: Exception) -> Exception:
        """Returns the error without its words."""
        return WordlessError.of(error)


class SignUpAnswering(Discreet[SignUp]):
    """Answers by mail what visitors left in forms, one letter a step."""

    name = "answers to sign-ups"
    sends = True
    waiting = SignUp

    def take(self, now: datetime) -> SignUp | None:
        """Returns the sign-up that has waited longest."""
        return claim_sign_up(now=now)

    def finish(self, thing: SignUp, now: datetime) -> str | None:
        """Answers it; a refusal of the mail server's is noted with the sign-up."""
        try:
            answer_sign_up(sign_up=thing, now=now)
        except NotAcceptedError as error:
            logger.warning("The letter for sign-up %s was not taken: %s", thing, error.code)
            return str(error.code)
        return None

    def put_off(self, thing: SignUp, error: Exception, now: datetime) -> None:
        """Lets it be tried again later."""
        put_off_sign_up(sign_up=thing, now=now)


class SubscriberImporting(Discreet[SubscriberImport]):
    """Compares and writes files with subscribers, one file a step."""

    name = "imports of subscribers"
    waiting = SubscriberImport

    def take(self, now: datetime) -> SubscriberImport | None:
        """Returns the import that has waited longest."""
        return claim(now=now)

    def finish(self, thing: SubscriberImport, now: datetime) -> None:
        """Takes it one step further; what was written stands in the history."""
        written = take_further(upload=thing, now=now)
        if written is not None:
            note_import(
                # that was agreed to: what a killed worker wrote before is found unchanged
                number=thing.difference["number_of_changes"],
                lists=written.lists,
                consent_source=thing.consent_source,
                user=thing.user,
            )

    def put_off(self, thing: SubscriberImport, error: Exception, now: datetime) -> None:
        """Lets it be tried again later."""
        put_off(upload=thing, now=now)

    def named(self, thing: SubscriberImport) -> str:
        """Returns its number: names of files may be those of people."""
        return f"import {thing.pk}"


class Retention:
    """Forgets every hour what is not needed any more."""

    name = "retention of subscribers' data"

    def run_due(self, now: datetime) -> JobResult:
        """Deletes what is due."""
        done = forget(now=now) + forget_copies()
        return JobResult(done=done, next_due_at=now + FORGET_EVERY)


@contextmanager
def paused_by_faults(dispatch: Dispatch, now: datetime) -> Iterator[list[str]]:
    """Pauses a dispatch over a fault of ours, which it yields the name of: the others go on."""
    faults: list[str] = []
    try:
        yield faults
    except (OperationalError, InterfaceError):
        raise  # the database is away, and will come back
    except Exception as error:
        faults.append(type(error).__name__)
        logger.exception("The dispatch %s is paused", dispatch, exc_info=WordlessError.of(error))
        pause_for_trouble(dispatch=dispatch, reason=PauseReason.ERROR, words=faults[0], now=now)


class DispatchSending:
    """Prepares, starts, sends and ends dispatches; between its steps the line stays open."""

    name = "newsletters"
    sends = True

    def __init__(self) -> None:
        self._sender = Sender()

    def run_due(self, now: datetime) -> JobResult:
        """Takes each dispatch one step further."""
        reaped = reap_deliveries(now=now)
        prepared, error = self._prepare(now)
        started = sum(self._start(each, now) for each in Dispatch.objects.to_start(now))
        batches = [self._send(each, now) for each in Dispatch.objects.sending().awake(now)]
        finished = finish_done(now=now)
        self._sender.line.close_if_idle(now)
        moved = sum(batch.accepted + batch.settled for batch in batches)
        failed = sum(batch.failed + batch.uncertain for batch in batches) + bool(error)
        did_something = bool(reaped or prepared or started or finished) or any(
            batch.did_something for batch in batches
        )
        return JobResult(
            done=prepared + started + moved,
            failed=failed,
            next_due_at=self._next_due_at(batches, now, did_something=did_something),
            error=next((batch.error for batch in batches if batch.error), error),
        )

    def close(self) -> None:
        """Says goodbye to the mail server."""
        self._sender.line.close()

    def _prepare(self, now: datetime) -> tuple[int, str]:
        """Freezes the dispatch that has waited longest; one that cannot be frozen has failed."""
        waiting = Dispatch.objects.to_prepare().order_by("pk").first()
        if waiting is None:
            return 0, ""
        try:
            return int(prepare(dispatch=waiting, now=now)), ""
        except Exception as error:  # the page, or what writes it, is at fault; the others go on
            logger.exception("The dispatch %s cannot be prepared", waiting)
            return 0, f"{waiting}: {type(error).__name__}"

    def _start(self, dispatch: Dispatch, now: datetime) -> bool:
        with paused_by_faults(dispatch, now):
            return start(dispatch=dispatch, now=now)
        return True

    def _send(self, dispatch: Dispatch, now: datetime) -> Batch:
        with paused_by_faults(dispatch, now) as faults:
            if pause_if_withdrawn(dispatch=dispatch, now=now):
                return Batch()
            return self._sender.send_batch(dispatch=dispatch, now=now)
        return Batch(error=f"{dispatch}: {faults[0]}")

    def _next_due_at(
        self, batches: list[Batch], now: datetime, *, did_something: bool
    ) -> datetime | None:
        """Returns when something may go again; with limits, that is rarely at once."""
        held_up = [batch.next_at for batch in batches if batch.next_at and batch.next_at > now]
        if did_something and not held_up:
            return now
        moments = [*held_up, next_dispatch_due_at(now=now)]
        return min((moment for moment in moments if moment and moment > now), default=None)


class DispatchNotices(Discreet[Dispatch]):
    """Tells by mail that a dispatch was paused, one mail a step."""

    name = "notices about newsletters"
    sends = True

    def take(self, now: datetime) -> Dispatch | None:
        """Returns the dispatch whose notice has waited longest."""
        return take_notice(now=now)

    def finish(self, thing: Dispatch, now: datetime) -> None:
        """Sends the notice."""
        send_notice(dispatch=thing, now=now)

    def put_off(self, thing: Dispatch, error: Exception, now: datetime) -> None:
        """Lets it be tried again later, or gives it up."""
        put_off_notice(dispatch=thing, now=now)
