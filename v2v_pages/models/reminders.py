"""Which reminders have gone out to editors."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from v2v_snippets.models import PersonConsent


class Reminder(models.Model):
    """A mail to an editor, once for each occasion.

    The row is written before the mail is handed over, so that neither a crash nor a second worker
    sends it twice. One that was neither sent nor put off was interrupted: nobody knows whether it
    left, and it is not tried again.
    """

    claimed_at = models.DateTimeField(_("claimed"))
    sent_at = models.DateTimeField(_("sent"), null=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=1)
    next_attempt_at = models.DateTimeField(_("next attempt"), null=True, db_index=True)
    error = models.TextField(_("last error"), blank=True)

    class Meta:
        abstract = True


class ReviewReminder(Reminder):
    """To whoever is responsible for an article, once for each day on which a review is due."""

    article = models.UUIDField(_("article"), help_text=_("The same in all languages."))
    due_on = models.DateField(_("review due on"))

    class Meta:
        verbose_name = _("reminder of a review")
        verbose_name_plural = _("reminders of reviews")
        constraints = [
            models.UniqueConstraint(fields=["article", "due_on"], name="v2v_review_reminder_once")
        ]

    def __str__(self) -> str:
        return f"{self.article}, {self.due_on}"


class ConsentReminder(Reminder):
    """To an editor whose pages name somebody, once for each end of that person's consent."""

    consent = models.ForeignKey(
        PersonConsent, on_delete=models.CASCADE, related_name="+", verbose_name=_("consent")
    )
    over_from = models.DateField(_("over from"))
    editor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name=_("editor"),
    )

    # editors who ask where a consent is used mean pages
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("reminder of a consent")
        verbose_name_plural = _("reminders of consents")
        constraints = [
            models.UniqueConstraint(
                fields=["consent", "over_from", "editor"], name="v2v_consent_reminder_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.consent_id}, {self.over_from}"
