"""Files that are on their way into the glossary."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ..enums import ConceptDomain, ImportState


class GlossaryImport(models.Model):
    """A file that somebody has uploaded, and how far it is.

    Kept in the database, file and all, so that whoever takes it up next can go on where a process
    was killed, on whichever machine. The file goes when it is written or given up.
    """

    file_name = models.CharField(_("file"), max_length=255)
    extension = models.CharField(_("format"), max_length=8)
    content: Any = models.BinaryField(default=b"")
    domain = models.CharField(_("domain"), max_length=24, choices=ConceptDomain.choices)
    source = models.URLField(_("beginning of the identifiers"), blank=True)
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
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    next_attempt_at = models.DateTimeField(null=True, db_index=True)
    """When a worker may take it up; empty while it waits for somebody, and in the end."""
    step = models.CharField(max_length=12, blank=True)
    """What is being done with it: a name of ``services.glossary_import``."""
    difference: Any = models.JSONField(default=dict)
    """What it changes, as far as it is shown; see ``services.glossary_uploads``."""
    fingerprint = models.CharField(max_length=64, blank=True)
    message = models.TextField(blank=True)
    """Why it failed, for people."""

    wagtail_reference_index_ignore = True  # it uses nothing

    class Meta:
        verbose_name = _("import into the glossary")
        verbose_name_plural = _("imports into the glossary")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.file_name

    @property
    def is_waiting(self) -> bool:
        """Whether a worker is at it, or will be."""
        return self.state in {ImportState.UPLOADED, ImportState.AGREED}
