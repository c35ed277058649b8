"""Who reads, and what they have subscribed to."""

import secrets
import uuid
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from v2v_snippets.language.locales import language_choices

from ..enums import SubscriptionState
from ..querysets import SubscriptionQuerySet
from ..subscribers.addresses import masked
from .consents import ConsentText
from .lists import MailingList


class Subscriber(models.Model):
    """Somebody who reads by mail: an address and a language, and nothing else about them."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    address = models.EmailField(_("address"), max_length=254, unique=True)
    """As ``addresses.normalised()`` writes it."""
    hmac = models.CharField(max_length=64, unique=True, editable=False)
    locale = models.CharField(_("language"), max_length=16, choices=language_choices)
    created_at = models.DateTimeField(_("since"), auto_now_add=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("subscriber")
        verbose_name_plural = _("subscribers")
        ordering = ["-created_at", "-pk"]
        default_permissions = ["view"]
        permissions = [
            ("see_addresses", _("Can see whole addresses of subscribers")),
            ("export_subscriber", _("Can export subscribers")),
            ("import_subscriber", _("Can import subscribers")),
            ("erase_subscriber", _("Can erase subscribers")),
        ]

    def __str__(self) -> str:
        # histories and logs keep the names of records; they must not keep addresses
        return self.masked_address

    @property
    def masked_address(self) -> str:
        """As much of the address as everybody may see who may see subscribers."""
        return masked(self.address)


def new_token() -> str:
    """Returns a token that nobody can guess."""
    return secrets.token_urlsafe(24)


class Subscription(models.Model):
    """That somebody reads one list, wants to, or did.

    Its token ends it with one click (RFC 8058). It is stored rather than signed, so that mails of
    long ago keep working when keys change.
    """

    mailing_list = models.ForeignKey(
        MailingList, on_delete=models.PROTECT, related_name="subscriptions"
    )
    subscriber = models.ForeignKey(
        Subscriber, on_delete=models.CASCADE, related_name="subscriptions"
    )
    state = models.CharField(
        _("state"),
        max_length=12,
        choices=SubscriptionState.choices,
        default=SubscriptionState.PENDING,
    )
    token = models.CharField(max_length=43, unique=True, default=new_token, editable=False)
    requested_at = models.DateTimeField(_("asked for"), null=True, blank=True)
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)
    unsubscribed_at = models.DateTimeField(_("unsubscribed"), null=True, blank=True)
    consent_text = models.ForeignKey(
        ConsentText, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    evidence: Any = models.JSONField(default=dict, blank=True)
    """What an import said of how the address came to its list; it goes with the subscriber."""

    objects = SubscriptionQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("subscription")
        verbose_name_plural = _("subscriptions")
        ordering = ["mailing_list", "pk"]
        default_permissions = []
        constraints = [
            models.UniqueConstraint(
                fields=["mailing_list", "subscriber"], name="v2v_subscription_per_list"
            )
        ]
        indexes = [models.Index(fields=["state", "requested_at"], name="v2v_subscription_state")]

    def __str__(self) -> str:
        return f"{self.subscriber}: {self.get_state_display()}"
