"""Which reminders of a review have gone out."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ReviewReminder(models.Model):
    """A mail to whoever is responsible for an article, once for each day on which a review is due.

    The row is written before the mail is handed over, so that neither a crash nor a second worker
    sends it twice. One that was neither sent nor put off was interrupted: nobody knows whether it
    left, and it is not tried again.
    """

    article = models.UUIDField(_("article"), help_text=_("The same in all languages."))
    due_on = models.DateField(_("review due on"))
    claimed_at = models.DateTimeField(_("claimed"))
    sent_at = models.DateTimeField(_("sent"), null=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=1)
    next_attempt_at = models.DateTimeField(_("next attempt"), null=True, db_index=True)
    error = models.TextField(_("last error"), blank=True)

    class Meta:
        verbose_name = _("reminder of a review")
        verbose_name_plural = _("reminders of reviews")
        constraints = [
            models.UniqueConstraint(fields=["article", "due_on"], name="v2v_review_reminder_once")
        ]

    def __str__(self) -> str:
        return f"{self.article}, {self.due_on}"
