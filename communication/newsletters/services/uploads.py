"""Takes files through an import in steps: compared by a worker, agreed to by people, then written.

An import is claimed for a while rather than locked. What a killed worker leaves behind is taken up
again; what was written of it before is found unchanged.
"""

from datetime import datetime, timedelta
from typing import Any, Final

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.users.models import UserProfile

from ..enums import ImportState
from ..exchange.reading import UnreadableFileError, read_file
from ..models import MailingList, SubscriberImport
from .importing import ImportReport, ImportTarget, import_subscribers

CLAIM: Final = timedelta(minutes=5)
"""How long a worker has for one batch before another one tries."""
RETRY_AFTER: Final = timedelta(seconds=30)
ATTEMPTS: Final = 3


def upload(
    *,
    content: bytes,
    file_name: str,
    mailing_list: MailingList | None,
    locale: str,
    consent_source: str,
    user: Any,
) -> SubscriberImport:
    """Takes a file to be compared."""
    return SubscriberImport.objects.create(
        content=content,
        file_name=file_name[-255:],
        mailing_list=mailing_list,
        locale=locale,
        consent_source=consent_source,
        user=user,
        next_attempt_at=timezone.now(),
    )


def agree(*, upload: SubscriberImport) -> bool:
    """Has a difference written; False when somebody was faster, or when there is none to write."""
    found = SubscriberImport.objects.filter(pk=upload.pk, state=ImportState.COMPARED)
    if not upload.difference.get("number_of_changes"):
        return False
    now = timezone.now()
    return bool(
        found.update(state=ImportState.AGREED, attempts=0, next_attempt_at=now, done=0, total=0)
    )


def discard(*, upload: SubscriberImport) -> bool:
    """Forgets an import that is not being written; False when it is too late."""
    movable = Q(state=ImportState.COMPARED) | Q(state=ImportState.FAILED)
    return bool(SubscriberImport.objects.filter(movable, pk=upload.pk).delete()[0])


def claim(*, now: datetime) -> SubscriberImport | None:
    """Takes the import that has waited longest; None if none is due."""
    with transaction.atomic():
        due = SubscriberImport.objects.waiting().filter(next_attempt_at__lte=now)
        found = due.select_for_update(skip_locked=True).order_by("next_attempt_at", "pk").first()
        if found is not None:
            found.attempts += 1
            found.next_attempt_at = now + CLAIM
            found.save(update_fields=["attempts", "next_attempt_at"])
    return found


def take_further(*, upload: SubscriberImport, now: datetime) -> ImportReport | None:
    """Compares or writes a claimed import, whichever is next.

    Returns:
        What was written; None where nothing was.

    Raises:
        Exception: whatever is wrong with the site; what is wrong with the file is kept with it.
    """
    if upload.attempts > ATTEMPTS:
        _fail(upload, _("The import did not get to its end. What it wrote before stays."))
        return None
    is_agreed = upload.state == ImportState.AGREED
    with override(_language_of(upload.user)):
        try:
            report = import_subscribers(
                parsed=read_file(bytes(upload.content)),
                target=ImportTarget(upload.mailing_list, upload.locale, upload.consent_source),
                now=now,
                dry_run=not is_agreed,
                progress=lambda done, total: _note(upload, done, total),
            )
        except UnreadableFileError as error:
            _fail(upload, str(error))
            return None
        _keep(upload, report, is_written=is_agreed)
    return report if is_agreed else None


def put_off(*, upload: SubscriberImport, now: datetime) -> None:
    """Tries later what failed for no fault of the file."""
    _waiting(upload).update(next_attempt_at=now + RETRY_AFTER)


def _note(upload: SubscriberImport, done: int, total: int) -> None:
    """Lets everybody see how far an import is, and keeps it claimed."""
    _waiting(upload).update(done=done, total=total, next_attempt_at=timezone.now() + CLAIM)


def _keep(upload: SubscriberImport, report: ImportReport, *, is_written: bool) -> None:
    kept: dict[str, Any] = {"state": ImportState.COMPARED}
    if is_written:
        kept = {"state": ImportState.WRITTEN, "content": b""}
    _waiting(upload).update(difference=report.as_json(), next_attempt_at=None, **kept)


def _fail(upload: SubscriberImport, message: str) -> None:
    _waiting(upload).update(
        state=ImportState.FAILED, message=message, content=b"", next_attempt_at=None
    )


def _language_of(user: Any) -> str:
    """Returns the language in which somebody reads the admin."""
    profile = UserProfile.objects.filter(user=user).first() if user else None
    return str(profile.get_preferred_language() if profile else settings.LANGUAGE_CODE)


def _waiting(upload: SubscriberImport) -> Any:
    """Finds the import unless somebody has taken it further, or withdrawn its file."""
    return SubscriberImport.objects.filter(pk=upload.pk, state=upload.state)
