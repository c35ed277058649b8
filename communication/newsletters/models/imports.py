"""Files with subscribers that are on their way in."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from v2v_snippets.language.locales import language_choices

from ..enums import WAITING_FOR_THE_WORKER, ImportState
from ..querysets import SubscriberImportQuerySet
from .lists import MailingList


class SubscriberImport(models.Model):
    """A file that somebody has uploaded, and how far it is.

    Kept in the database, file and all, so that a worker can take it up where another one was
    killed. The file goes when it is written or given up; what is kept of it names nobody.
    """

    file_name = models.CharField(_("file"), max_length=255)
    content: Any = models.BinaryField(default=b"")
    mailing_list = models.ForeignKey(
        MailingList, on_delete=models.CASCADE, null=True, related_name="+", verbose_name=_("list")
    )
    """For files that name no list themselves."""
    locale = models.CharField(_("language"), max_length=16, choices=language_choices)
    consent_source = models.CharField(_("source of the consent"), max_length=300)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("who"),
    )
    created_at = models.DateTimeField(_("when"), auto_now_add=True)
    state = models.CharField(
        _("state"), max_length=12, choices=ImportState.choices, default=ImportState.UPLOADED
    )
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField(null=True, db_index=True)
    """When a worker may take it up; empty while it waits for somebody, and in the end."""
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    """How far the worker is, in rows of the file."""
    difference: Any = models.JSONField(default=dict)
    """What it changes, as ``services.importing`` counts it; addresses are masked."""
    message = models.TextField(blank=True)
    """Why it failed, for people."""

    objects = SubscriberImportQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("import of subscribers")
        verbose_name_plural = _("imports of subscribers")
        ordering = ["-created_at", "-pk"]
        default_permissions = []

    def __str__(self) -> str:
        return self.file_name

    @property
    def is_waiting(self) -> bool:
        """Whether a worker is at it, or will be."""
        return self.state in WAITING_FOR_THE_WORKER
