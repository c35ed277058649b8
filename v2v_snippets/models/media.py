"""What a site's own image and document models may take over from us."""

from typing import Any
from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import get_upload_to
from wagtail.utils.file import hash_filelike

from ..enums import Licence
from ..uploads.fields import CleanImageModelField


class PubliclyIdentified(models.Model):
    """Gives a record an identifier that partner sites can keep: it survives export and import."""

    public_id = models.UUIDField(_("public identifier"), default=uuid4, unique=True, editable=False)

    class Meta:
        abstract = True


class CreditedImage(models.Model):
    """Who made an image and what others may do with it.

    A site that installs the plugins with an image model of its own may adopt this class; without
    it, ``v2v_snippets.credits`` reads empty credits.
    """

    credit = models.CharField(
        _("credit"),
        max_length=255,
        blank=True,
        help_text=_("Who made the picture, as it is to be shown: Photo: Jane Doe, SEDU"),
    )
    licence = models.CharField(
        _("licence"), max_length=32, choices=Licence.choices, default=Licence.CC_BY
    )

    class Meta:
        abstract = True


class CleanImage(models.Model):
    """An image whose file is freed of metadata, and refused when broken, however it is stored.

    Stands before Wagtail's ``AbstractImage`` among the bases of a site's own image model. Forms
    refuse with a sentence; code gets a ``ValidationError`` from ``save()``.
    """

    file = CleanImageModelField(
        verbose_name=_("file"),
        upload_to=get_upload_to,
        width_field="width",
        height_field="height",
    )

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Stores the file first: its size, hash, width and height are those of the clean one."""
        if self.file and self.file.store_new():
            self.file_size = self.file.size
            with self.file.open() as stored:
                self.file_hash = hash_filelike(stored)
        super().save(*args, **kwargs)
        if self.file:
            self.file.let_go()  # Wagtail leaves it open once it has measured it
