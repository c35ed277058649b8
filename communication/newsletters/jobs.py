"""The jobs that this app brings along; ``V2V_WORKER_JOBS`` names them."""

import logging
from datetime import datetime, timedelta
from typing import Final, Self

from django.db.models import Model

from communication.delivery.protocol import JobResult

from .mails import NotAcceptedError
from .models import SignUp, SubscriberImport
from .services.answering import answer_sign_up, claim_sign_up, put_off_sign_up
from .services.retention import forget
from .services.uploads import claim, put_off, take_further

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


def next_due_at(model: type[Model]) -> datetime | None:
    """Returns when the first row of a model with ``next_attempt_at`` is due; None if none waits."""
    waiting = model._default_manager.exclude(next_attempt_at=None).order_by("next_attempt_at")
    return waiting.values_list("next_attempt_at", flat=True).first()
