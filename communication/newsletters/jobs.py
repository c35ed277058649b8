"""The jobs that this app brings along; ``V2V_WORKER_JOBS`` names them."""

import logging
from datetime import datetime, timedelta
from typing import Final, Self

from django.db import InterfaceError, OperationalError
from django.db.models import Model

from communication.delivery.protocol import JobResult

from .enums import PauseReason
from .models import Dispatch, SignUp, SubscriberImport
from .services.answering import answer_sign_up, claim_sign_up, put_off_sign_up
from .services.dispatching.delivering import reap_deliveries
from .services.dispatching.expecting import next_dispatch_due_at
from .services.dispatching.finishing import finish_done
from .services.dispatching.handing_over import Batch
from .services.dispatching.notifying import put_off_notice, send_notice, take_notice
from .services.dispatching.pausing import pause_for_trouble
from .services.dispatching.preparing import prepare
from .services.dispatching.scheduling import start
from .services.dispatching.sending import Sender
from .services.retention import forget
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


class SignUpAnswering:
    """Answers by mail what visitors left in forms, one letter a step."""

    name = "answers to sign-ups"

    def run_due(self, now: datetime) -> JobResult:
        """Answers the sign-up that has waited longest."""
        sign_up = claim_sign_up(now=now)
        if sign_up is None:
            return JobResult(next_due_at=next_due_at(SignUp))
        try:
            answer_sign_up(sign_up=sign_up, now=now)
        except NotAcceptedError as error:
            logger.warning("The letter for sign-up %s was not taken: %s", sign_up, error.code)
            return JobResult(failed=1, next_due_at=now, error=f"{sign_up}: {error.code}")
        except Exception as error:  # whatever is wrong with one letter, the others go on
            put_off_sign_up(sign_up=sign_up, now=now)
            failure = WordlessError.of(error)
            logger.exception("The letter for sign-up %s has failed", sign_up, exc_info=failure)
            return JobResult(failed=1, next_due_at=now, error=f"{sign_up}: {failure}")
        return JobResult(done=1, next_due_at=now)


class SubscriberImporting:
    """Compares and writes files with subscribers, one file a step."""

    name = "imports of subscribers"

    def run_due(self, now: datetime) -> JobResult:
        """Takes the import that has waited longest one step further."""
        upload = claim(now=now)
        if upload is None:
            return JobResult(next_due_at=next_due_at(SubscriberImport))
        try:
            take_further(upload=upload, now=now)
        except Exception as error:  # the next one may be sound, and this one is tried again
            put_off(upload=upload, now=now)
            failure = WordlessError.of(error)
            logger.exception("The import %s has failed", upload.pk, exc_info=failure)
            return JobResult(failed=1, next_due_at=now, error=f"import {upload.pk}: {failure}")
        return JobResult(done=1, next_due_at=now)


class Retention:
    """Forgets every hour what is not needed any more."""

    name = "retention of subscribers' data"

    def run_due(self, now: datetime) -> JobResult:
        """Deletes what is due."""
        return JobResult(done=forget(now=now), next_due_at=now + FORGET_EVERY)


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
        started = sum(start(dispatch=each, now=now) for each in Dispatch.objects.to_start(now))
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

    def _send(self, dispatch: Dispatch, now: datetime) -> Batch:
        try:
            return self._sender.send_batch(dispatch=dispatch, now=now)
        except (OperationalError, InterfaceError):
            raise  # the database is away, and will come back
        except Exception as error:  # a fault of ours: the other dispatches go on
            words = type(error).__name__
            logger.exception(
                "The dispatch %s is paused", dispatch, exc_info=WordlessError.of(error)
            )
            pause_for_trouble(dispatch=dispatch, reason=PauseReason.ERROR, words=words, now=now)
            return Batch(error=f"{dispatch}: {words}")

    def _next_due_at(
        self, batches: list[Batch], now: datetime, *, did_something: bool
    ) -> datetime | None:
        """Returns when something may go again; with limits, that is rarely at once."""
        held_up = [batch.next_at for batch in batches if batch.next_at and batch.next_at > now]
        if did_something and not held_up:
            return now
        moments = [*held_up, next_dispatch_due_at(now=now)]
        return min((moment for moment in moments if moment and moment > now), default=None)


class DispatchNotices:
    """Tells by mail that a dispatch was paused, one mail a step."""

    name = "notices about newsletters"
    sends = True

    def run_due(self, now: datetime) -> JobResult:
        """Sends the notice that has waited longest."""
        dispatch = take_notice(now=now)
        if dispatch is None:
            return JobResult()
        try:
            send_notice(dispatch=dispatch)
        except Exception as error:  # whatever the mail server says, the other mails go on
            put_off_notice(dispatch=dispatch, now=now)
            failure = WordlessError.of(error)
            logger.exception("The notice about %s cannot be sent", dispatch, exc_info=failure)
            return JobResult(failed=1, next_due_at=now, error=f"{dispatch}: {failure}")
        return JobResult(done=1, next_due_at=now)


def next_due_at(model: type[Model]) -> datetime | None:
    """Returns when the first row of a model with ``next_attempt_at`` is due; None if none waits."""
    waiting = model._default_manager.exclude(next_attempt_at=None).order_by("next_attempt_at")
    return waiting.values_list("next_attempt_at", flat=True).first()
