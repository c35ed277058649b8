"""Makes the versions of pictures after publication, so that no reader waits for them.

A request is claimed for a while rather than locked: encoding takes seconds, and SQLite lets nobody
else write during a transaction. What a worker leaves behind that was killed is claimed again.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import transaction
from django.utils import timezone
from wagtail.images import get_image_model

from ..images import ALL_SPECS, PICTURE_SIZES, missing_specs, prefetch_pictures
from ..models import RenditionRequest
from ..signals import rows_written

CLAIM: Final = timedelta(minutes=10)
"""How long a worker has for one picture before another one tries."""

RETRY_AFTER: Final = (
    timedelta(minutes=1),
    timedelta(minutes=10),
    timedelta(hours=1),
    timedelta(hours=6),
)
"""The pause after each failure; after the next one the picture is given up."""

FORM_TAKES: Final = timedelta(seconds=10)
"""Wagtail's form first saves a new file, then deletes the versions of the old one."""


def request_renditions(*, images: Iterable[Any]) -> None:
    """Asks for the versions that images lack: three queries, however many images.

    Args:
        images: Their primary keys. Those that lack nothing or wait already are left alone.
    """
    keys = set(images)
    if not keys:
        return
    found = list(get_image_model()._default_manager.filter(pk__in=keys).order_by("pk"))
    prefetch_pictures(found, *PICTURE_SIZES, social=True)
    now = timezone.now()
    RenditionRequest.objects.bulk_create(
        [
            RenditionRequest(image_id=image.pk, next_attempt_at=now)
            for image in found
            if missing_specs(image)
        ],
        ignore_conflicts=True,
    )


def request_renditions_again(*, image: Any) -> None:
    """Asks for the versions of an image that was changed, also if it had been given up."""
    RenditionRequest.objects.update_or_create(
        image_id=image.pk,
        defaults={"attempts": 0, "error": "", "next_attempt_at": timezone.now() + FORM_TAKES},
    )


def claim_request(*, now: datetime) -> RenditionRequest | None:
    """Takes the request that has waited longest; None if none is due.

    The last attempt is claimed for good: a picture that kills its worker does not do it for ever.
    """
    with transaction.atomic():
        due = RenditionRequest.objects.filter(next_attempt_at__lte=now)
        request = due.select_for_update(skip_locked=True).order_by("next_attempt_at", "pk").first()
        if request is not None:
            is_last = request.attempts >= len(RETRY_AFTER)
            request.attempts += 1
            request.next_attempt_at = None if is_last else now + CLAIM
            request.save(update_fields=["attempts", "next_attempt_at"])
    return request


def fulfil_request(*, request: RenditionRequest) -> None:
    """Makes what is missing of the image, then drops the request.

    Raises:
        Exception: whatever Wagtail, Pillow or the storage say of a file that is lost or broken.
    """
    image = get_image_model()._default_manager.filter(pk=request.image_id).first()
    if image is not None:  # else the request went with it
        make_renditions(image=image)
        _while_claimed(request).delete()


def put_off_request(*, request: RenditionRequest, error: Exception, now: datetime) -> None:
    """Tries later what failed, or gives it up; the error stays with the request."""
    pauses = RETRY_AFTER[request.attempts - 1 : request.attempts]
    next_attempt_at = now + pauses[0] if pauses else None
    _while_claimed(request).update(error=repr(error), next_attempt_at=next_attempt_at)


def make_renditions(*, image: Any) -> int:
    """Makes all versions that an image lacks, place by place, so that little is lost in a crash.

    Returns:
        How many were made.
    """
    missing = set(missing_specs(image))
    places = [size.specs for size in PICTURE_SIZES.values()]
    for specs in (*places, sorted(ALL_SPECS.difference(*places))):
        image.get_renditions(*(spec for spec in specs if spec in missing))
    if missing:
        rows_written.send(sender=get_image_model(), keys=[image.pk])
    return len(missing)


def _while_claimed(request: RenditionRequest) -> Any:
    """Finds the request unless somebody has asked anew meanwhile: then it is theirs."""
    return RenditionRequest.objects.filter(pk=request.pk, next_attempt_at=request.next_attempt_at)
