"""Takes files through an import in steps: compared by a worker, agreed to by people, then written.

An import is claimed for a while rather than locked. What a killed worker leaves behind is taken up
again; the state changes in the transaction that writes, so that nothing is written twice.
"""

from datetime import datetime, timedelta
from typing import Any, Final

from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.users.models import UserProfile

from ..enums import ImportState
from ..exchange.describing import described, title_of
from ..exchange.faults import Parsed, UnreadableFileError
from ..models import GlossaryImport
from .glossary import locked_termbase
from .glossary_import import (
    COMPARING,
    READING,
    WRITING,
    DifferenceChangedError,
    ImportReport,
    compare_glossary,
    import_glossary,
    read_file,
)

CLAIM: Final = timedelta(minutes=5)
"""How long a worker has for one step before another one tries."""
RETRY_AFTER: Final = timedelta(seconds=30)
ATTEMPTS: Final = 3
KEPT: Final = timedelta(days=30)
"""How long the list of imports remembers one."""
SHOWN: Final = 1_000
"""Concepts, faults and notices of which a difference is kept to be shown."""
PROGRESS_KEPT_SECONDS: Final = 600


def may_import(user: Any) -> bool:
    """Tells whether somebody may do to all concepts what an import does."""
    rights = ("add", "change", "publish")
    return all(user.has_perm(f"v2v_snippets.{right}_glossaryconcept") for right in rights)


def upload(
    *, content: bytes, file_name: str, extension: str, domain: str, source: str, user: Any
) -> GlossaryImport:
    """Takes a file to be compared, and forgets the imports of long ago."""
    now = timezone.now()
    GlossaryImport.objects.filter(created_at__lt=now - KEPT).delete()
    return GlossaryImport.objects.create(
        content=content,
        file_name=file_name[-255:],
        extension=extension,
        domain=domain,
        source=source,
        user=user,
        next_attempt_at=now,
    )


def agree(*, upload: GlossaryImport) -> bool:
    """Has a difference written; False when somebody was faster, or when there is none to write."""
    return bool(
        GlossaryImport.objects.filter(pk=upload.pk, state=ImportState.COMPARED)
        .exclude(fingerprint="")
        .update(state=ImportState.AGREED, attempts=0, next_attempt_at=timezone.now(), step="")
    )


def discard(*, upload: GlossaryImport) -> bool:
    """Forgets an import that is not being written; False when it is too late."""
    movable = Q(state=ImportState.COMPARED) | Q(state=ImportState.FAILED)
    return bool(GlossaryImport.objects.filter(movable, pk=upload.pk).delete()[0])


def claim(*, now: datetime) -> GlossaryImport | None:
    """Takes the import that has waited longest; None if none is due."""
    with transaction.atomic():
        due = GlossaryImport.objects.filter(next_attempt_at__lte=now)
        found = due.select_for_update(skip_locked=True).order_by("next_attempt_at", "pk").first()
        if found is not None:
            found.attempts += 1
            found.next_attempt_at = now + CLAIM
            found.save(update_fields=["attempts", "next_attempt_at"])
    return found


def take_further(*, upload: GlossaryImport) -> None:
    """Compares or writes a claimed import, whichever is next.

    Raises:
        Exception: whatever is wrong with the site; what is wrong with the file is kept with it.
    """
    if upload.attempts > ATTEMPTS:
        _fail(upload, _("The import did not get to its end. Nothing was written."))
        return
    with override(_language_of(upload.user)):
        try:
            parsed = _read(upload)
            if upload.state == ImportState.AGREED:
                _write(upload, parsed)
            else:
                _note(upload, COMPARING)
                _keep(upload, compare_glossary(parsed=parsed, domain=upload.domain))
        except UnreadableFileError as error:
            _fail(upload, str(error))
        except DifferenceChangedError:
            _compare_again(upload)


def put_off(*, upload: GlossaryImport, now: datetime) -> None:
    """Tries later what failed for no fault of the file."""
    _waiting(upload).update(next_attempt_at=now + RETRY_AFTER)


def progress_of(upload: GlossaryImport) -> tuple[str, int, int]:
    """Returns what is done with an import, how far it is, and how much there is; 0 if unknown."""
    kept: tuple[str, int, int] | None = cache.get(_key(upload))
    return kept if kept and upload.state == ImportState.AGREED else (upload.step, 0, 0)


def _note(upload: GlossaryImport, step: str) -> None:
    """Lets everybody see what is being done with an import."""
    GlossaryImport.objects.filter(pk=upload.pk).update(step=step)


def _read(upload: GlossaryImport) -> Parsed:
    _note(upload, READING)
    return read_file(
        content=bytes(upload.content),
        extension=upload.extension,
        domain=upload.domain,
        source=upload.source,
    )


def _write(upload: GlossaryImport, parsed: Parsed) -> None:
    """Writes in one transaction; until it ends, only the cache can tell others how far it is."""
    _note(upload, WRITING)
    with locked_termbase():
        waiting = GlossaryImport.objects.select_for_update().filter(
            pk=upload.pk, state=ImportState.AGREED
        )
        if not waiting.exists():
            return  # another worker was faster
        report = import_glossary(
            parsed=parsed,
            file_name=upload.file_name,
            domain=upload.domain,
            user=upload.user,
            agreed=upload.fingerprint,
            progress=lambda *progress: cache.set(_key(upload), progress, PROGRESS_KEPT_SECONDS),
        )
        if not report.is_written:
            raise DifferenceChangedError
        waiting.update(state=ImportState.WRITTEN, content=b"", next_attempt_at=None)
    cache.delete(_key(upload))


def _compare_again(upload: GlossaryImport) -> None:
    """Shows the difference as it is now: nobody has agreed to this one."""
    _waiting(upload).update(
        state=ImportState.UPLOADED,
        attempts=0,
        next_attempt_at=timezone.now(),
        message=_("Somebody has changed the glossary meanwhile: look at the difference again."),
    )


def _keep(upload: GlossaryImport, report: ImportReport) -> None:
    can_be_written = report.changes and not report.faults
    _waiting(upload).update(
        state=ImportState.COMPARED,
        step="",
        difference=as_json(report),
        fingerprint=report.fingerprint() if can_be_written else "",
        next_attempt_at=None,
    )
    cache.delete(_key(upload))


def _fail(upload: GlossaryImport, message: str) -> None:
    _waiting(upload).update(
        state=ImportState.FAILED, message=message, content=b"", next_attempt_at=None
    )
    cache.delete(_key(upload))


def as_json(report: ImportReport) -> dict[str, Any]:
    """Returns a difference as it is kept: numbers of all, and as much as anybody will look at."""
    return {
        "new": report.new,
        "changed": report.changed,
        "unchanged": report.unchanged,
        "faulty": len(report.faults),
        "faults": [
            {"place": fault.place, "message": fault.message} for fault in report.faults[:SHOWN]
        ],
        "notices": report.notices[:SHOWN],
        "concepts": [
            {
                "identifier": change.identifier,
                "title": title_of(change.after),
                "uri": change.name if change.name != change.identifier else "",
                "is_new": change.is_new,
                "domain": change.after.domain,
                "status": change.after.status,
                "rows": described(change),
            }
            for change in sorted(report.changes, key=lambda change: change.is_new)[:SHOWN]
        ],
    }


def _language_of(user: Any) -> str:
    """Returns the language in which somebody reads the admin."""
    profile = UserProfile.objects.filter(user=user).first() if user else None
    return str(profile.get_preferred_language() if profile else settings.LANGUAGE_CODE)


def _waiting(upload: GlossaryImport) -> Any:
    """Finds the import unless another worker has taken it further."""
    return GlossaryImport.objects.filter(pk=upload.pk, state=upload.state)


def _key(upload: GlossaryImport) -> str:
    return f"v2v_snippets.import.{upload.pk}"
