"""Addresses that get no mail."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ..enums import SuppressionReason


class Suppression(models.Model):
    """An address, known by its hmac alone, to which nothing is sent whatever anybody asks for.

    It wins over forms, imports and dispatches. Whoever wants mail again writes to the office, where
    somebody lifts it.
    """

    hmac = models.CharField(max_length=64, unique=True, editable=False)
    reason = models.CharField(_("reason"), max_length=12, choices=SuppressionReason.choices)
    created_at = models.DateTimeField(_("since"), auto_now_add=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("suppressed address")
        verbose_name_plural = _("suppressed addresses")
        ordering = ["-created_at", "-pk"]
        default_permissions = ["add", "delete", "view"]

    def __str__(self) -> str:
        return f"{self.hmac[:8]}… ({self.get_reason_display()})"
