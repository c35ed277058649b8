"""What is asked of keys and their usage, as QuerySet verbs."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Self

from django.db import models

from communication.delivery.enums import UNFINISHED_STATES
from communication.delivery.models import OutgoingQuerySet

from .enums import EndpointState, WebhookEvent

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


class WebhookEndpointQuerySet(Rows):
    """Reads endpoints by whether they are told anything."""

    def listening(self) -> Self:
        """Keeps what is switched on, of sites that are."""
        return self.filter(state=EndpointState.ENABLED, partner_site__is_active=True)

    def with_waiting(self) -> Self:
        """Adds ``waiting``: how many deliveries are still to arrive."""
        unfinished = models.Q(deliveries__state__in=UNFINISHED_STATES)
        return self.annotate(waiting=models.Count("deliveries", filter=unfinished))


class WebhookSecretQuerySet(Rows):
    """Reads secrets by whether they sign."""

    def signing(self, now: datetime) -> Self:
        """Keeps what signs at ``now``."""
        return self.exclude(expires_at__lte=now)


class WebhookDeliveryQuerySet(OutgoingQuerySet):
    """Reads deliveries by whether it is their turn."""

    def sendable(self, now: datetime) -> Self:
        """Keeps what goes to an endpoint that listens and does not rest; a test goes to any."""
        listens = models.Q(
            endpoint__state=EndpointState.ENABLED, endpoint__partner_site__is_active=True
        )
        rests = models.Q(endpoint__resting_until__gt=now)
        return self.filter(models.Q(event=WebhookEvent.PING) | (listens & ~rests))

    def in_order(self) -> Self:
        """Keeps what has nobody before it: of one version of an item, one thing after the other."""
        earlier = self.model._default_manager.filter(
            endpoint=models.OuterRef("endpoint"),
            item_id=models.OuterRef("item_id"),
            item_locale=models.OuterRef("item_locale"),
            sequence__lt=models.OuterRef("sequence"),
            state__in=UNFINISHED_STATES,
        )
        return self.exclude(models.Exists(earlier))
