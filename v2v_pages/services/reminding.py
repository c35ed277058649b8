"""Reminds whoever is responsible for an article that its review is due: once a due date.

The claim is committed before the mail is handed over. A crash in between loses a reminder, which
the report "review due" still shows; the other order would send it again.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from v2v_snippets.language.formats import long_date

from ..models import RepositoryArticlePage, ReviewReminder

RETRY_AFTER: Final = (timedelta(minutes=5), timedelta(hours=1), timedelta(hours=6))
"""The pause after each refusal of the mail server; after the next one the mail is given up."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A reminder that this worker, and no other, is to send."""

    reminder: ReviewReminder
    article: RepositoryArticlePage


def claim_reminder(*, now: datetime) -> Claim | None:
    """Takes a reminder that is due; None where there is none, or another worker was faster."""
    return _claim_again(now) or _claim_new(now)


def send_reminder(*, claim: Claim) -> None:
    """Writes to whoever is responsible, in their language, and notes that the mail has left.

    Raises:
        Exception: what the mail server or the connection to it says.
    """
    mail_about(claim.article).send()
    ReviewReminder.objects.filter(pk=claim.reminder.pk).update(sent_at=timezone.now())


def put_off_reminder(*, claim: Claim, error: Exception, now: datetime) -> None:
    """Tries later what was refused, or gives it up; the error stays with the row."""
    pauses = RETRY_AFTER[claim.reminder.attempts - 1 : claim.reminder.attempts]
    ReviewReminder.objects.filter(pk=claim.reminder.pk).update(
        error=repr(error), next_attempt_at=now + pauses[0] if pauses else None
    )


def mail_about(article: RepositoryArticlePage) -> EmailMessage:
    """Returns the reminder as plain text, with the way to the editor of the article."""
    user: Any = article.responsible
    profile = getattr(user, "wagtail_userprofile", None)
    language = profile.get_preferred_language() if profile else settings.LANGUAGE_CODE
    path = reverse("wagtailadmin_pages:edit", args=[article.pk])
    with override(language):
        subject = _("Review due: %(title)s") % {"title": " ".join(article.title.split())}
        text = _(
            "The article “%(title)s” was to be reviewed by %(day)s.\n\n"
            "Please read it, follow its sources, and mark it as reviewed:\n%(address)s"
        ) % {
            "title": article.title,
            "day": long_date(article.review_on, language),
            "address": f"{settings.WAGTAILADMIN_BASE_URL.rstrip('/')}{path}",
        }
    return EmailMessage(
        subject, text, to=[user.email], headers={"Auto-Submitted": "auto-generated"}
    )


def _to_be_reminded_of(now: datetime) -> Any:
    """Returns the articles whose review is due, and for which an active person is responsible."""
    due = RepositoryArticlePage.objects.review_due_on(timezone.localdate(now)).originals()
    people = due.filter(responsible__is_active=True).exclude(responsible__email="")
    return people.select_related("responsible__wagtail_userprofile")


def _claim_new(now: datetime) -> Claim | None:
    known = ReviewReminder.objects.filter(
        article=OuterRef("translation_key"), due_on=OuterRef("review_on")
    )
    articles = _to_be_reminded_of(now).exclude(Exists(known)).order_by("review_on", "pk")
    article = articles.first()
    if article is None:
        return None
    try:
        with transaction.atomic():
            reminder = ReviewReminder.objects.create(
                article=article.translation_key, due_on=article.review_on, claimed_at=now
            )
    except IntegrityError:  # another worker was faster
        return None
    return Claim(reminder, article)


def _claim_again(now: datetime) -> Claim | None:
    """Takes one that was put off; drops it where there is nothing to remind of any more."""
    with transaction.atomic():
        waiting = ReviewReminder.objects.filter(next_attempt_at__lte=now)
        reminder = waiting.select_for_update(skip_locked=True).order_by("next_attempt_at").first()
        if reminder is None:
            return None
        articles = _to_be_reminded_of(now).filter(
            translation_key=reminder.article, review_on=reminder.due_on
        )
        article = articles.first()
        if article is None:
            reminder.delete()
            return None
        reminder.attempts += 1
        reminder.claimed_at, reminder.next_attempt_at = now, None
        reminder.save(update_fields=["attempts", "claimed_at", "next_attempt_at"])
    return Claim(reminder, article)
