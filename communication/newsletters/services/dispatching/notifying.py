"""Tells whoever made a dispatch, by mail, that it was paused without them."""

from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils.translation import gettext as _

from communication.delivery.services.backoff import Backoff

from ...models import Dispatch
from ...transports.backends import default_backend
from .pacing import note_letters

AGAIN: Final = Backoff(timedelta(minutes=1), longest=timedelta(hours=4))
ATTEMPTS: Final = 12
HELD: Final = timedelta(minutes=5)


def take_notice(*, now: datetime) -> Dispatch | None:
    """Takes the notice that has waited longest, so that no other worker sends it as well."""
    due = Dispatch.objects.filter(notice_due_at__lte=now).order_by("notice_due_at", "pk")
    found: Dispatch | None = due.select_related("page", "created_by").first()
    if found is None:
        return None
    mine = Dispatch.objects.filter(pk=found.pk, notice_due_at=found.notice_due_at)
    return found if mine.update(notice_due_at=now + HELD) else None


def send_notice(*, dispatch: Dispatch, now: datetime) -> bool:
    """Sends the mail; returns whether there was anybody to send it to.

    Raises:
        Exception: what the mail server says; ``put_off_notice()`` then lets it be tried again.
    """
    readers = _readers(dispatch)
    if readers:
        default_backend().send_messages([_message(dispatch, readers)])
        note_letters(number=len(readers), now=now)
    Dispatch.objects.filter(pk=dispatch.pk).update(notice_due_at=None)
    return bool(readers)


def put_off_notice(*, dispatch: Dispatch, now: datetime) -> None:
    """Tries later; what paused the dispatch may well be in the way of this mail, too."""
    attempts = dispatch.notice_attempts + 1
    until = now + AGAIN.delay(attempts) if attempts < ATTEMPTS else None
    Dispatch.objects.filter(pk=dispatch.pk).update(notice_due_at=until, notice_attempts=attempts)


def _readers(dispatch: Dispatch) -> list[str]:
    maker = dispatch.created_by.email if dispatch.created_by else ""
    managers = [entry if isinstance(entry, str) else entry[1] for entry in settings.MANAGERS]
    return [maker] if maker else managers


def _message(dispatch: Dispatch, readers: list[str]) -> EmailMessage:
    title = " ".join(str(dispatch.page.title if dispatch.page else dispatch).split())
    subject = _("Newsletter paused: %(title)s") % {"title": title}
    text = _(
        "The newsletter “%(title)s” has been paused: %(reason)s (%(words)s). Nobody is written to "
        "twice, and nobody is forgotten: have a look at it, and let it go on or cancel it."
    ) % {
        "title": title,
        "reason": dispatch.get_paused_reason_display(),
        "words": dispatch.paused_words or "–",
    }
    headers = {"Auto-Submitted": "auto-generated"}
    return EmailMessage(subject, text, to=readers, headers=headers)
