"""What is still to be made of pictures."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.images import get_image_model_string


class RenditionRequest(models.Model):
    """An image of which versions are missing; the row goes when all of them are there.

    Written in the transaction that publishes, so that neither a crash nor a restart loses it.
    """

    image = models.OneToOneField(
        get_image_model_string(),
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name=_("image"),
    )
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    next_attempt_at = models.DateTimeField(
        _("next attempt"),
        null=True,
        db_index=True,
        help_text=_("Empty: given up until the picture gets another file."),
    )
    error = models.TextField(_("last error"), blank=True)

    wagtail_reference_index_ignore = True  # it uses no picture: it is about one

    class Meta:
        verbose_name = _("picture to be made")
        verbose_name_plural = _("pictures to be made")

    def __str__(self) -> str:
        return f"image {self.image_id}"
