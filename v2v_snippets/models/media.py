"""What a site's own image and document models may take over from us."""

from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

from ..enums import Licence


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
