"""Webhooks: where they go, what signs them, and each that is or was on its way."""

from typing import Any, ClassVar, Final
from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel

from communication.delivery.enums import UNFINISHED_STATES, WAITING_STATES
from communication.delivery.models import Outgoing

from ..enums import ChangeReason, DisabledReason, EndpointState, WebhookEvent
from ..forms import WebhookEndpointForm
from ..querysets import WebhookDeliveryQuerySet, WebhookEndpointQuerySet, WebhookSecretQuerySet
from ..webhook_addresses import validate_webhook_url
from .partner_sites import PartnerSite

THE_CURSOR: Final = 1
"""Primary key of the one row of ``WebhookCursor``."""


class WebhookEndpoint(models.Model):
    """An address of a partner site that is told what has changed, minutes before it would ask."""

    partner_site = models.ForeignKey(
        PartnerSite,
        on_delete=models.CASCADE,
        related_name="webhooks",
        verbose_name=_("partner site"),
    )
    label = models.CharField(
        _("Label"), max_length=80, help_text=_("What takes them: the news of the site")
    )
    url = models.CharField(
        _("address"),
        max_length=500,
        validators=[validate_webhook_url],
        help_text=_("Where they are sent, as in https://www.school.eu/v2v-webhook"),
    )
    event_types: Any = models.JSONField(
        pgettext_lazy("webhook", "events"), default=list, blank=True
    )
    """Values of ``CONTENT_EVENTS``; empty: all."""
    locales: Any = models.JSONField(_("languages"), default=list, blank=True)
    types: Any = models.JSONField(_("types"), default=list, blank=True)
    state = models.CharField(
        _("state"), max_length=8, choices=EndpointState.choices, default=EndpointState.ENABLED
    )
    disabled_reason = models.CharField(
        _("switched off because"), max_length=12, choices=DisabledReason.choices, blank=True
    )
    disabled_at = models.DateTimeField(_("switched off"), null=True)
    from_sequence = models.BigIntegerField(default=0)
    """It is told of changes behind this one."""
    failures = models.PositiveIntegerField(default=0)
    """Attempts in a row that failed."""
    failing_since = models.DateTimeField(_("failing since"), null=True)
    resting_until = models.DateTimeField(null=True)
    """Nothing is sent before, after failures or because the endpoint has asked for it."""
    last_success_at = models.DateTimeField(_("last success"), null=True)
    created_at = models.DateTimeField(_("since"), auto_now_add=True)

    objects = WebhookEndpointQuerySet.as_manager()

    base_form_class = WebhookEndpointForm
    wagtail_reference_index_ignore = True  # it shows nothing
    panels = [
        MultiFieldPanel(
            [FieldRowPanel(["partner_site", "label"]), "url"], heading=_("Where they go")
        ),
        MultiFieldPanel(
            [FieldPanel("event_types"), "locales", "types"], heading=_("What they tell of")
        ),
    ]

    class Meta:
        verbose_name = _("webhook")
        verbose_name_plural = _("webhooks")
        ordering = ["partner_site__name", "label", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["partner_site", "url"],
                name="v2v_webhook_one_an_address",
                violation_error_message=_("The site has a webhook with this address already."),
            ),
            models.CheckConstraint(
                condition=models.Q(state=EndpointState.ENABLED, disabled_reason="")
                | (models.Q(state=EndpointState.DISABLED) & ~models.Q(disabled_reason="")),
                name="v2v_webhook_off_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label} ({self.partner_site})"

    @property
    def is_enabled(self) -> bool:
        """Whether it is told anything."""
        return self.state == EndpointState.ENABLED

    @property
    def is_doubtful(self) -> bool:
        """Whether nothing has arrived there yet, or the last attempt has failed."""
        return self.failures > 0 or self.last_success_at is None


class WebhookSecret(models.Model):
    """What signs the webhooks of an endpoint: the nonce of a secret, never the secret itself."""

    endpoint = models.ForeignKey(WebhookEndpoint, on_delete=models.CASCADE, related_name="secrets")
    nonce = models.CharField(max_length=32, unique=True)
    digest = models.CharField(max_length=64)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(null=True)
    """Empty: until it is replaced."""

    objects = WebhookSecretQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("secret of a webhook")
        verbose_name_plural = _("secrets of webhooks")
        ordering = ["-created_at", "-pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.endpoint_id} · {self.nonce[:8]}"


class WebhookDelivery(Outgoing):
    """One event for one endpoint, with all that its body says of it and each attempt to send it.

    It names its item by what readers may know. The log of changes forgets after 90 days, so nothing
    here refers to it.
    """

    endpoint = models.ForeignKey(
        WebhookEndpoint,
        on_delete=models.CASCADE,
        related_name="deliveries",
        verbose_name=_("webhook"),
    )
    public_id = models.UUIDField(default=uuid4, unique=True, editable=False)
    """The header ``webhook-id``: the same however often it is sent."""
    event = models.CharField(
        pgettext_lazy("webhook", "event"), max_length=20, choices=WebhookEvent.choices
    )
    sequence = models.BigIntegerField(_("change"), null=True)
    """Number of the change; a test has none."""
    site_id = models.BigIntegerField(null=True)
    item_id = models.UUIDField(pgettext_lazy("of content", "item"), null=True)
    item_locale = models.CharField(_("language"), max_length=100, blank=True)
    item_type = models.CharField(_("type"), max_length=201, blank=True)
    """The page type, as Django names it."""
    reason = models.CharField(max_length=12, choices=ChangeReason.choices, blank=True)
    occurred_at = models.DateTimeField(_("happened"))
    first_attempt_at = models.DateTimeField(null=True)
    status = models.PositiveSmallIntegerField(_("answer"), null=True)
    """Of the last attempt; empty where there was no answer."""
    tries: Any = models.JSONField(default=list)
    """Each attempt: ``at``, ``status``, ``error``, ``milliseconds``; the latest last."""

    objects: ClassVar[Any] = WebhookDeliveryQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta(Outgoing.Meta):
        verbose_name = _("delivery of a webhook")
        verbose_name_plural = _("deliveries of webhooks")
        ordering = ["-pk"]
        default_permissions = ["view"]
        constraints = [
            *Outgoing.Meta.constraints,
            models.UniqueConstraint(
                fields=["endpoint", "sequence"], name="v2v_webhook_delivery_once"
            ),
        ]
        indexes = [
            *Outgoing.Meta.indexes,
            models.Index(
                fields=["endpoint", "next_attempt_at"],
                condition=models.Q(state__in=WAITING_STATES),
                name="v2v_webhookdelivery_next",
            ),
            models.Index(
                fields=["endpoint", "item_id", "item_locale", "sequence"],
                condition=models.Q(state__in=UNFINISHED_STATES),
                name="v2v_webhookdelivery_in_order",
            ),
            models.Index(fields=["finished_at"], name="v2v_webhookdelivery_finished"),
        ]

    def __str__(self) -> str:
        return self.message_id

    @property
    def message_id(self) -> str:
        """The header ``webhook-id``."""
        return f"msg_{self.public_id.hex}"


class WebhookNotice(Outgoing):
    """The mail to a contact whose webhook was switched off: one each time."""

    endpoint = models.ForeignKey(WebhookEndpoint, on_delete=models.CASCADE, related_name="notices")
    reason = models.CharField(max_length=12, choices=DisabledReason.choices)

    wagtail_reference_index_ignore = True

    class Meta(Outgoing.Meta):
        verbose_name = _("notice about a webhook")
        verbose_name_plural = _("notices about webhooks")
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.endpoint_id}: {self.reason}"


class WebhookCursor(models.Model):
    """One row that says up to which change deliveries were written."""

    sequence = models.BigIntegerField(default=0)

    class Meta:
        verbose_name = _("place in the log of changes")
        verbose_name_plural = _("places in the log of changes")
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=models.Q(pk=THE_CURSOR), name="v2v_webhook_cursor_is_one_row"
            )
        ]

    def __str__(self) -> str:
        return str(self.sequence)
