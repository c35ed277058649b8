"""The jobs that this app brings along for a worker; ``V2V_WORKER_JOBS`` names them."""

from datetime import datetime

from .models import GlossaryImport, RenditionRequest
from .services.glossary_uploads import claim, put_off, take_further
from .services.renditions import claim_request, fulfil_request, put_off_request
from .steps import OneThingAStep


class RenditionMaking(OneThingAStep[RenditionRequest]):
    """Makes the AVIF, WebP and JPEG versions of published pictures, one picture a step."""

    name = "versions of pictures"
    waiting = RenditionRequest

    def take(self, now: datetime) -> RenditionRequest | None:
        """Returns the picture that has waited longest."""
        return claim_request(now=now)

    def finish(self, thing: RenditionRequest, now: datetime) -> None:
        """Makes its versions."""
        fulfil_request(request=thing)

    def put_off(self, thing: RenditionRequest, error: Exception, now: datetime) -> None:
        """Lets it be tried again later."""
        put_off_request(request=thing, error=error, now=now)


class GlossaryImporting(OneThingAStep[GlossaryImport]):
    """Compares and writes files for the glossary that people upload, one file a step.

    A file with faults is no failure: it waits, with its faults, for whoever uploaded it.
    """

    name = "imports into the glossary"
    waiting = GlossaryImport

    def take(self, now: datetime) -> GlossaryImport | None:
        """Returns the import that has waited longest."""
        return claim(now=now)

    def finish(self, thing: GlossaryImport, now: datetime) -> None:
        """Takes it one step further."""
        take_further(upload=thing)

    def put_off(self, thing: GlossaryImport, error: Exception, now: datetime) -> None:
        """Lets it be tried again later."""
        put_off(upload=thing, now=now)
