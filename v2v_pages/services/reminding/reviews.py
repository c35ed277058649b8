"""Whoever is responsible for an article is told that its review is due: once a due date."""

from datetime import datetime
from typing import Any

from django.core.mail import EmailMessage
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from v2v_snippets.language.formats import long_date

from ...models import RepositoryArticlePage, ReviewReminder
from .letters import address_of, language_of, letter_to


class ReviewsDue:
    """Articles of the repository that were to be read again."""

    model = ReviewReminder

    def next_one(self, now: datetime) -> ReviewReminder | None:
        """Returns the reminder of the article that has been due longest."""
        known = ReviewReminder.objects.filter(
            article=OuterRef("translation_key"), due_on=OuterRef("review_on")
        )
        articles = _to_be_reminded_of(now).exclude(Exists(known)).order_by("review_on", "pk")
        article = articles.first()
        if article is None:
            return None
        return ReviewReminder(article=article.translation_key, due_on=article.review_on)

    def letter_of(self, reminder: ReviewReminder, now: datetime) -> EmailMessage | None:
        """Returns the mail, unless the article was reviewed in the meantime."""
        article = (
            _to_be_reminded_of(now)
            .filter(translation_key=reminder.article, review_on=reminder.due_on)
            .first()
        )
        return _letter_about(article) if article else None


def _letter_about(article: RepositoryArticlePage) -> EmailMessage:
    user: Any = article.responsible
    language = language_of(user)
    with override(language):
        subject = _("Review due: %(title)s") % {"title": " ".join(article.title.split())}
        text = _(
            "The article “%(title)s” was to be reviewed by %(day)s.\n\n"
            "Please read it, follow its sources, and mark it as reviewed:\n%(address)s"
        ) % {
            "title": article.title,
            "day": long_date(article.review_on, language),
            "address": address_of(reverse("wagtailadmin_pages:edit", args=[article.pk])),
        }
    return letter_to(user, subject, text)


def _to_be_reminded_of(now: datetime) -> Any:
    """Returns the articles whose review is due, and for which an active person is responsible."""
    due = RepositoryArticlePage.objects.review_due_on(timezone.localdate(now)).originals()
    people = due.filter(responsible__is_active=True).exclude(responsible__email="")
    return people.select_related("responsible__wagtail_userprofile")
