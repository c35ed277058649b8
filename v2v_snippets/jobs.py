"""The jobs that this app brings along for a worker; ``V2V_WORKER_JOBS`` names them."""

import logging
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Model

from .models import GlossaryImport, RenditionRequest
from .services.glossary_uploads import claim, put_off, take_further
from .services.renditions import claim_request, fulfil_request, put_off_request

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Step:
    """What one step did, as the worker of ``communication.delivery`` reads it."""

    done: int = 0
    failed: int = 0
    next_due_at: datetime | None = None
    error: str = ""


class RenditionMaking:
    """Makes the AVIF, WebP and JPEG versions of published pictures, one picture a step.

    A picture that cannot be made is tried again later and holds up no other.
    """

    name = "versions of pictures"

    def run_due(self, now: datetime) -> Step:
        """Makes the versions of the picture that has waited longest."""
        request = claim_request(now=now)
        if request is None:
            return Step(next_due_at=next_due_at(RenditionRequest))
        try:
            fulfil_request(request=request)
        except Exception as error:  # whatever is wrong with one picture, the others go on
            put_off_request(request=request, error=error, now=now)
            logger.exception("The versions of %s cannot be made", request)
            return Step(failed=1, next_due_at=now, error=f"{request}: {error!r}")
        return Step(done=1, next_due_at=now)


class GlossaryImporting:
    """Compares and writes files for the glossary that people upload, one file a step.

    A file with faults is no failure: it waits, with its faults, for whoever uploaded it.
    """

    name = "imports into the glossary"

    def run_due(self, now: datetime) -> Step:
        """Takes the import that has waited longest one step further."""
        upload = claim(now=now)
        if upload is None:
            return Step(next_due_at=next_due_at(GlossaryImport))
        try:
            take_further(upload=upload)
        except Exception as error:  # the next one may be sound, and this one is tried again
            put_off(upload=upload, now=now)
            logger.exception("The import of %s has failed", upload)
            return Step(failed=1, next_due_at=now, error=f"{upload}: {error!r}")
        return Step(done=1, next_due_at=now)


def next_due_at(model: type[Model]) -> datetime | None:
    """Returns when the first row of a model with ``next_attempt_at`` is due; None if none waits."""
    waiting = model._default_manager.exclude(next_attempt_at=None).order_by("next_attempt_at")
    return waiting.values_list("next_attempt_at", flat=True).first()
