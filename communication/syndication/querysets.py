"""What is asked of keys and their usage, as QuerySet verbs."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Self

from django.db import models

if TYPE_CHECKING:
    Rows = models.QuerySet[Any]
else:  # generic only in stubs
    Rows = models.QuerySet


class PartnerSiteQuerySet(Rows):
    """Reads partner sites together with what lists show of them."""

    def with_last_use(self) -> Self:
        """Adds ``last_used_on``: the last day on which any of the keys was used."""
        return self.annotate(last_used_on=models.Max("keys__last_used_on"))


class ApiKeyQuerySet(Rows):
    """Reads keys by what they are good for."""

    def active(self, now: datetime) -> Self:
        """Keeps what opens something at ``now``."""
        return self.filter(slot__isnull=False).exclude(expires_at__lte=now)

    def expired(self, now: datetime) -> Self:
        """Keeps what has run out, and was never revoked."""
        return self.filter(revoked_at=None, expires_at__lte=now)


class ApiKeyUsageQuerySet(Rows):
    """Reads how much the keys were used."""

    def before(self, day: date) -> Self:
        """Keeps what was counted before a day."""
        return self.filter(day__lt=day)
