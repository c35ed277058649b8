"""The log of changes: what readers see now, what has changed, and how often anything did."""

from datetime import datetime
from typing import Final
from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

from ..enums import ChangeOperation, ChangeReason

THE_VERSION: Final = 1
"""Primary key of the one row of ``ContentVersion``."""


class ContentVersion(models.Model):
    """One row that says how often anything that readers see has changed.

    Whoever records a change locks it until the transaction ends. So changes are compared and
    numbered one transaction after the other, and the order of the numbers is that of the commits.
    """

    counter = models.BigIntegerField(default=0)
    """Moves with every change; the number of the last change that has one."""
    next_boundary_at = models.DateTimeField(null=True)
    """The next moment at which time alone changes an answer."""
    settled_at = models.DateTimeField(null=True)
    pruned_to = models.BigIntegerField(default=0)
    """Changes up to this number may be gone."""
    epoch = models.UUIDField(default=uuid4, editable=False)
    """Another one, once numbers from before mean nothing any more."""
    shared_digest = models.CharField(max_length=32, blank=True, editable=False)
    """Of what every item carries, such as footnotes and the address of the site."""

    withdrawn_images = models.JSONField(default=list, editable=False)
    """Primary keys of the images that stand for no page, since somebody in them has withdrawn."""

    class Meta:
        verbose_name = _("content version")
        verbose_name_plural = _("content versions")
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=models.Q(pk=THE_VERSION), name="v2v_content_version_is_one_row"
            )
        ]

    def __str__(self) -> str:
        return str(self.counter)

    @classmethod
    def locked(cls) -> "ContentVersion":
        """Returns the row, which nobody else gets before this transaction ends."""
        rows = cls._default_manager.select_for_update()
        row = rows.filter(pk=THE_VERSION).first()
        if row is None:
            cls._default_manager.get_or_create(pk=THE_VERSION)
            row = rows.get(pk=THE_VERSION)
        return row

    def is_due(self, now: datetime) -> bool:
        """Tells whether time has changed an answer that nobody has recorded yet."""
        return self.next_boundary_at is None or self.next_boundary_at <= now


class PublicItem(models.Model):
    """One version of a page that everybody can read on one site, as the log has told it.

    What stands here and is not public any more is withdrawn, whatever has hidden or deleted it; so
    it has no foreign keys. Only what was public is ever told.
    """

    page_id = models.BigIntegerField()
    site_id = models.BigIntegerField()
    public_id = models.UUIDField(db_index=True)
    """The same in all languages: the translation key."""
    locale = models.CharField(max_length=100)
    type = models.CharField(max_length=201)
    """The page type, as Django names it: ``v2v_pages.newspage``."""
    url_path = models.TextField()
    title = models.CharField(max_length=255)
    next_boundary_at = models.DateTimeField(null=True, db_index=True)

    class Meta:
        verbose_name = _("public item")
        verbose_name_plural = _("public items")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["page_id", "site_id"], name="v2v_public_item_once_a_site"
            )
        ]

    def __str__(self) -> str:
        return f"{self.public_id} ({self.locale})"


class Change(models.Model):
    """One version of an item that became another one, or was withdrawn, on one site."""

    sequence = models.BigIntegerField(primary_key=True)
    site_id = models.BigIntegerField()
    public_id = models.UUIDField(db_index=True)
    locale = models.CharField(max_length=100)
    type = models.CharField(max_length=201)
    operation = models.CharField(max_length=8, choices=ChangeOperation.choices)
    reason = models.CharField(max_length=12, choices=ChangeReason.choices)
    recorded_at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = _("change")
        verbose_name_plural = _("changes")
        ordering = ["sequence"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.sequence}: {self.operation} {self.public_id} ({self.locale})"
