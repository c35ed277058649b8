"""What wagtail-localize does not keep about translations."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail_localize.models import Translation


class StoppedTranslation(models.Model):
    """The original as it was when somebody began to edit its translation by hand.

    Against it the sentences written by hand are recognised when the translation is resumed: the
    original itself may have changed, and may have been extracted anew, in the meantime.
    """

    translation = models.OneToOneField(
        Translation, on_delete=models.CASCADE, related_name="+", verbose_name=_("translation")
    )
    source_content = models.JSONField(_("content of the original"))

    class Meta:
        verbose_name = _("stopped translation")
        verbose_name_plural = _("stopped translations")

    def __str__(self) -> str:
        return str(self.translation)
