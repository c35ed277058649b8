"""Which installation the database belongs to."""

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _

THE_INSTALLATION: Final = 1
"""Primary key of the one row of ``Installation``."""


class Installation(models.Model):
    """One row that says for which installation this database sends anything.

    It travels with every copy of the database, and what it is compared with does not: so a backup
    that is restored for a trial writes to nobody.
    """

    digest = models.CharField(max_length=64)
    """Of what tells installations apart (``services.installation``)."""
    adopted_at = models.DateTimeField()

    class Meta:
        verbose_name = _("installation")
        verbose_name_plural = _("installations")
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=models.Q(pk=THE_INSTALLATION), name="v2v_installation_is_one_row"
            )
        ]

    def __str__(self) -> str:
        return self.digest[:12]
