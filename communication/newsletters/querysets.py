"""The rules by which records are found."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final, Self

from django.apps import apps
from django.db import models
from django.db.models import Q

from communication.delivery.enums import OutgoingState
from communication.delivery.models import OutgoingQuerySet
from v2v_snippets.language.fallback import best_of

from .enums import WAITING_FOR_THE_WORKER, DispatchState, SubscriptionState

if TYPE_CHECKING:
    Rows = models.QuerySet[Any]
else:  # generic only in stubs
    Rows = models.QuerySet

UNCONFIRMED_KEPT: Final = timedelta(days=30)
NETWORKS_KEPT: Final = timedelta(days=1)
SIGN_UPS_KEPT: Final = timedelta(days=31)
"""A day longer than the month over which letters to one address are counted."""

IMPORTS_KEPT: Final = timedelta(days=30)


class UnchangeableError(Exception):
    """Somebody tried to change or delete a record that proves what was agreed to."""


class MailingListQuerySet(Rows):
    """Finds lists for readers."""

    def with_texts(self) -> Self:
        """Loads the words of all languages: one more query."""
        return self.prefetch_related("texts")

    def open(self) -> Self:
        """Keeps the lists that take new subscribers."""
        return self.filter(is_open=True)


class SubscriptionQuerySet(Rows):
    """Finds subscriptions by what may be done with them."""

    def confirmed(self) -> Self:
        """Keeps those that were confirmed and have not ended."""
        return self.filter(state=SubscriptionState.CONFIRMED)

    def pending(self) -> Self:
        """Keeps those that wait for a confirmation."""
        return self.filter(state=SubscriptionState.PENDING)

    def mailable(self) -> Self:
        """Keeps those to which mail may be sent: confirmed, and the address not suppressed.

        A suppression ends all subscriptions of its address; that it is asked for once more here
        also holds for what somebody writes into the database by hand.
        """
        suppressions = apps.get_model("communication_newsletters.Suppression").objects.all()
        return self.confirmed().exclude(subscriber__hmac__in=suppressions.values("hmac"))

    def unconfirmed(self, now: datetime) -> Self:
        """Keeps those that nobody confirmed in time."""
        return self.pending().filter(requested_at__lt=now - UNCONFIRMED_KEPT)


class ConsentTextQuerySet(Rows):
    """Finds wordings; none is ever changed or deleted."""

    def current(self, language: str) -> Any:
        """Returns the latest version in the language nearest to a reader's; None if none exists."""
        latest = self.aggregate(latest=models.Max("version"))["latest"]
        return best_of({text.locale: text for text in self.filter(version=latest)}, language)

    def update(self, **kwargs: Any) -> int:
        """Refuses.

        Raises:
            UnchangeableError: always.
        """
        raise UnchangeableError("Readers have agreed to this wording: write a new version.")

    def delete(self) -> tuple[int, dict[str, int]]:
        """Refuses.

        Raises:
            UnchangeableError: always.
        """
        raise UnchangeableError("Readers have agreed to this wording: it is kept.")


class ConsentEventQuerySet(Rows):
    """Finds events; there are only ever more of them."""

    def update(self, **kwargs: Any) -> int:
        """Refuses.

        Raises:
            UnchangeableError: always.
        """
        raise UnchangeableError("What happened stays as it was: add another event.")

    def delete(self) -> tuple[int, dict[str, int]]:
        """Refuses.

        Raises:
            UnchangeableError: always.
        """
        raise UnchangeableError("What happened stays: events are proofs of consent.")


class SignUpQuerySet(Rows):
    """Finds what was left in forms."""

    def due(self, now: datetime) -> Self:
        """Keeps what waits for an answer by mail."""
        return self.filter(next_attempt_at__lte=now)

    def from_network(self, network: str) -> Self:
        """Keeps what was sent from one network on one day."""
        return self.filter(network_hash=network)

    def mailed_since(self, moment: datetime) -> Self:
        """Keeps what was answered by a letter since then."""
        return self.filter(mailed_at__gt=moment)

    def naming_networks(self, now: datetime) -> Self:
        """Keeps what still tells its network, but no longer may."""
        return self.exclude(network_hash="").filter(created_at__lt=now - NETWORKS_KEPT)

    def forgotten(self, now: datetime) -> Self:
        """Keeps what no limit counts any more."""
        return self.filter(created_at__lt=now - SIGN_UPS_KEPT)


class SubscriberImportQuerySet(Rows):
    """Finds files by what is to be done with them."""

    def unfinished(self) -> Self:
        """Keeps those whose file is still there."""
        return self.exclude(content=b"")

    def waiting(self) -> Self:
        """Keeps those that a worker takes further."""
        return self.filter(Q(state__in=WAITING_FOR_THE_WORKER))


class DispatchQuerySet(Rows):
    """Finds dispatches by what a worker or a person does next."""

    def to_prepare(self) -> Self:
        """Keeps those whose content is to be frozen."""
        return self.filter(state=DispatchState.PREPARING)

    def to_start(self, now: datetime) -> Self:
        """Keeps those whose time has come."""
        return self.filter(state=DispatchState.SCHEDULED, scheduled_for__lte=now)

    def sending(self) -> Self:
        """Keeps those that workers send."""
        return self.filter(state=DispatchState.SENDING)

    def awake(self, now: datetime) -> Self:
        """Keeps those that do not rest because the mail server does not answer."""
        return self.exclude(resting_until__gt=now)


class DeliveryQuerySet(OutgoingQuerySet):
    """Finds deliveries by what became of them."""

    def accepted(self) -> Self:
        """Keeps what a mail server has taken over."""
        return self.filter(state=OutgoingState.ACCEPTED)

    def uncertain(self) -> Self:
        """Keeps what may or may not have been taken over."""
        return self.filter(state=OutgoingState.UNCERTAIN)

    def with_text_until(self, moment: datetime) -> Self:
        """Keeps what was begun with a text that was frozen by then."""
        # rows of before this was noted have none
        return self.filter(Q(frozen_at__lte=moment) | Q(frozen_at__isnull=True))

    def failed(self) -> Self:
        """Keeps what was given up."""
        return self.filter(state=OutgoingState.FAILED)

    def skipped(self) -> Self:
        """Keeps what was not sent because it was no longer wanted."""
        return self.filter(state=OutgoingState.SKIPPED)

    def to_address(self, hmacs: Iterable[str]) -> Self:
        """Keeps what went or goes to an address, known by any of its hmacs."""
        return self.filter(address_hmac__in=hmacs)
