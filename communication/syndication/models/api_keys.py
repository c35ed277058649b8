"""The keys of partner sites, and how much they are used."""

from datetime import date, datetime, timedelta
from typing import Any, Final

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..enums import ApiScope, KeyState
from ..key_format import PREFIX
from ..querysets import ApiKeyQuerySet, ApiKeyUsageQuerySet
from .partner_sites import PartnerSite

SLOTS: Final = (1, 2)
"""A site has two keys at most: the one in use, and the one that is to replace it."""


class ApiKey(models.Model):
    """What is remembered of a key: enough to know it again, too little to write it down.

    A key that opens something sits in one of the two slots of its site. The database lets no two
    keys sit in one; whoever is revoked gives the slot up, whoever has expired loses it to the next.
    """

    partner_site = models.ForeignKey(
        PartnerSite,
        on_delete=models.CASCADE,
        related_name="keys",
        verbose_name=_("partner site"),
    )
    label = models.CharField(
        _("Label"), max_length=80, blank=True, help_text=_("What it is for: the news of the site")
    )
    public_id = models.CharField(max_length=8, unique=True)
    """How the key begins, after its prefix."""
    digest = models.CharField(max_length=64)
    scopes: Any = models.JSONField(_("scopes"), default=list)
    """Values of ``ApiScope``."""
    slot = models.PositiveSmallIntegerField(null=True)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("created by"),
    )
    expires_at = models.DateTimeField(_("expires"), null=True)
    """Empty: never."""
    last_used_on = models.DateField(_("last used"), null=True)
    revoked_at = models.DateTimeField(_("revoked"), null=True)

    objects = ApiKeyQuerySet.as_manager()

    wagtail_reference_index_ignore = True  # it uses nothing

    class Meta:
        verbose_name = _("API key")
        verbose_name_plural = _("API keys")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["partner_site", "slot"], name="v2v_api_key_one_in_a_slot"
            ),
            models.CheckConstraint(
                condition=models.Q(slot__isnull=True) | models.Q(slot__in=SLOTS),
                name="v2v_api_key_two_slots",
            ),
            models.CheckConstraint(
                condition=models.Q(revoked_at__isnull=True) | models.Q(slot__isnull=True),
                name="v2v_api_key_revoked_without_slot",
            ),
        ]

    def __str__(self) -> str:
        return f"{PREFIX}{self.public_id}…"

    def state_at(self, now: datetime) -> KeyState:
        """Returns whether the key opens anything at ``now``."""
        if self.revoked_at is not None:
            return KeyState.REVOKED
        if self.slot is None or (self.expires_at is not None and self.expires_at <= now):
            return KeyState.EXPIRED
        return KeyState.ACTIVE

    @property
    def valid_until(self) -> date | None:
        """The last day on which the key opens anything; None for ever."""
        if self.expires_at is None:
            return None
        return timezone.localdate(self.expires_at - timedelta.resolution)

    @property
    def scope_labels(self) -> list[str]:
        """What the key is good for, in words."""
        return [str(scope.label) for scope in ApiScope if scope in self.scopes]


class ApiKeyUsage(models.Model):
    """How often a key was used on one day. No address and no person stands in it."""

    api_key = models.ForeignKey(ApiKey, on_delete=models.CASCADE, related_name="usage")
    day = models.DateField()
    requests = models.PositiveIntegerField(default=0)
    """All of them, with those below."""
    refused = models.PositiveIntegerField(default=0)
    """Answered with 400 to 499, other than 429."""
    limited = models.PositiveIntegerField(default=0)
    """Answered with 429: too many in a minute."""

    objects = ApiKeyUsageQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("usage of a key")
        verbose_name_plural = _("usage of keys")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["api_key", "day"], name="v2v_api_key_usage_per_day")
        ]
        indexes = [models.Index(fields=["day"], name="v2v_api_key_usage_day")]

    def __str__(self) -> str:
        return f"{self.api_key_id} · {self.day}"
