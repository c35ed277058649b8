"""One mail of a dispatch to one reader, and what was heard of it afterwards."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from communication.delivery.enums import OutgoingState
from communication.delivery.models import BY_LEASE, Outgoing

from ..enums import AfterState, DeliveryEventKind, SkipReason
from ..querysets import DeliveryQuerySet
from ..subscribers.addresses import masked
from .dispatches import Dispatch, DispatchVariant
from .subscribers import Subscriber, Subscription


class Delivery(Outgoing):
    """That somebody was selected for a dispatch, and how it ended for them.

    Nobody is selected twice, not even under another subscriber: the hmac is unique as well. When
    somebody is erased the address goes, and the row stays, so that the counts stay true.
    """

    # each index costs time with each mail: Django's own would be of no use, or begin as another
    dispatch = models.ForeignKey(
        Dispatch, on_delete=models.PROTECT, related_name="deliveries", db_index=False
    )
    variant = models.ForeignKey(
        DispatchVariant, on_delete=models.PROTECT, related_name="deliveries", db_index=False
    )
    subscriber = models.ForeignKey(
        Subscriber,
        on_delete=models.SET_NULL,
        null=True,
        related_name="deliveries",
        db_index=False,
    )
    subscription = models.ForeignKey(
        Subscription, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    """By which they are written to; its token ends it."""
    address = models.CharField(_("address"), max_length=254, blank=True)
    address_hmac = models.CharField(max_length=64, editable=False)
    message_id = models.CharField(max_length=320, blank=True, editable=False)
    """The header, from the first attempt on: always the same for one delivery."""
    first_attempt_at = models.DateTimeField(_("first attempt"), null=True)
    frozen_at = models.DateTimeField(null=True)
    """When the text was frozen with which it was begun last: ``Dispatch.prepared_at`` of then."""
    smtp_code = models.PositiveSmallIntegerField(_("answer"), null=True)
    """Of the last attempt; empty where the server said nothing."""
    enhanced_code = models.CharField(max_length=11, blank=True)
    """As RFC 3463 defines it: "5.1.1"."""
    skip_reason = models.CharField(
        _("left out because"), max_length=16, choices=SkipReason.choices, blank=True
    )
    after_state = models.CharField(
        _("afterwards"), max_length=12, choices=AfterState.choices, blank=True
    )
    left_at = models.DateTimeField(null=True)
    """When its reader left the list by which it came; kept when the row forgets who that was."""

    objects: ClassVar[Any] = DeliveryQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta(Outgoing.Meta):
        verbose_name = _("delivery of a newsletter")
        verbose_name_plural = _("deliveries of newsletters")
        ordering = ["dispatch", "pk"]
        default_permissions = ["view"]
        constraints = [
            *Outgoing.Meta.constraints,
            models.UniqueConstraint(
                fields=["subscriber", "dispatch"], name="v2v_delivery_once_per_subscriber"
            ),
            models.UniqueConstraint(
                fields=["address_hmac", "dispatch"], name="v2v_delivery_once_per_address"
            ),
            models.CheckConstraint(
                condition=models.Q(after_state="") | models.Q(state=OutgoingState.ACCEPTED),
                name="v2v_delivery_was_accepted_before",
            ),
        ]
        indexes = [
            # not those of all that is sent: what is due is asked of one dispatch at a time, and
            # conditions are those that SQLite, too, finds in a question with parameters
            BY_LEASE,
            models.Index(
                fields=["dispatch", "next_attempt_at", "id"],
                condition=models.Q(next_attempt_at__isnull=False),
                name="v2v_delivery_next",
            ),
            models.Index(fields=["dispatch", "state"], name="v2v_delivery_states"),
            models.Index(
                fields=["dispatch", "finished_at"],
                condition=models.Q(finished_at__isnull=False),
                name="v2v_delivery_finished",
            ),
            models.Index(fields=["message_id"], name="v2v_delivery_message"),
        ]

    def __str__(self) -> str:
        return self.masked_address or f"{self.address_hmac[:8]}…"

    @property
    def masked_address(self) -> str:
        """As much of the address as everybody may see who may see subscribers."""
        return masked(self.address)


class DeliveryEvent(models.Model):
    """Something a provider or a returned mail says of a delivery, once however often it is said."""

    delivery = models.ForeignKey(Delivery, on_delete=models.CASCADE, related_name="events")
    event_id = models.CharField(max_length=255, unique=True, editable=False)
    """The provider's own."""
    kind = models.CharField(_("what"), max_length=12, choices=DeliveryEventKind.choices)
    happened_at = models.DateTimeField(_("when"))
    received_at = models.DateTimeField(_("received"), auto_now_add=True)
    code = models.CharField(max_length=11, blank=True)
    """As RFC 3463 defines it, where there was one. Words are not kept: they name addresses."""

    objects: Any = models.Manager()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("event of a delivery")
        verbose_name_plural = _("events of deliveries")
        ordering = ["happened_at", "pk"]
        default_permissions = []

    def __str__(self) -> str:
        return self.get_kind_display()
