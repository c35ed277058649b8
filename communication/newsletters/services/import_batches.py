"""Some hundred rows of a file beside what is known of their addresses, in a few queries."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from ..enums import ConsentAction, ConsentSource, ImportOutcome, SubscriptionState
from ..exchange.columns import Row
from ..models import MailingList, Subscriber, Subscription, Suppression
from ..subscribers.addresses import address_hmac, known_hmacs, masked
from .records import record
from .unsubscribing import unsubscribe

PlacedRow = tuple[Row, Any, str]
"""A row, its list (None where no list is needed), and the language of its reader."""

Changes = list[tuple[int, str, ImportOutcome]]

WANTED = {
    (SubscriptionState.CONFIRMED, SubscriptionState.PENDING): ImportOutcome.STILL_PENDING,
    (SubscriptionState.CONFIRMED, SubscriptionState.UNSUBSCRIBED): ImportOutcome.STAYS_UNSUBSCRIBED,
    (SubscriptionState.PENDING, SubscriptionState.UNSUBSCRIBED): ImportOutcome.STAYS_UNSUBSCRIBED,
    (SubscriptionState.UNSUBSCRIBED, SubscriptionState.CONFIRMED): ImportOutcome.ENDED,
    (SubscriptionState.UNSUBSCRIBED, SubscriptionState.PENDING): ImportOutcome.ENDED,
}
"""What becomes of a row by the state that it wants and the one that there is, if they differ.

A file ends subscriptions and begins new ones; what somebody said here is never overruled by it.
"""


class Batch:
    """Decides what becomes of each row, and writes it."""

    def __init__(self, rows: Sequence[PlacedRow], consent_source: str, now: datetime) -> None:
        self.rows = rows
        self.consent_source = consent_source
        self.now = now
        addresses = [row.address for row, _list, _language in rows]
        self._suppressed = _suppressed_among(addresses)
        found = Subscription.objects.filter(subscriber__address__in=addresses)
        self._known = {
            (each.subscriber.address, each.mailing_list_id): each
            for each in found.select_related("subscriber")
        }

    def is_suppressed(self, address: str) -> bool:
        """Tells whether one of the addresses is suppressed."""
        return address in self._suppressed

    def note(self, counts: "Counter[ImportOutcome]", changes: Changes) -> None:
        """Adds what becomes of the rows to a report."""
        for row, mailing_list, _language in self.rows:
            outcome = self._outcome(row, mailing_list)
            if outcome in {ImportOutcome.ADDED, ImportOutcome.ENDED}:
                self.note_change(row, outcome, counts, changes)
            else:
                counts[outcome] += 1

    def note_change(
        self,
        row: Row,
        outcome: ImportOutcome,
        counts: "Counter[ImportOutcome]",
        changes: Changes,
    ) -> None:
        """Adds a row that changes something to a report."""
        counts[outcome] += 1
        if len(changes) < 1_000:
            changes.append((row.line, masked(row.address), outcome))

    def write(self) -> None:
        """Writes what the rows change."""
        added = self._rows_with(ImportOutcome.ADDED)
        if added:
            self._add(added)
        ended = [
            self._known[row.address, mailing_list.pk]
            for row, mailing_list, _language in self._rows_with(ImportOutcome.ENDED)
        ]
        unsubscribe(
            subscriptions=ended, source=ConsentSource.FILE, now=self.now, note=self.consent_source
        )

    def _outcome(self, row: Row, mailing_list: MailingList) -> ImportOutcome:
        if self.is_suppressed(row.address):
            return ImportOutcome.LEFT_OUT
        known = self._known.get((row.address, mailing_list.pk))
        if known is None:
            return ImportOutcome.ADDED
        wanted = SubscriptionState(row.state), SubscriptionState(known.state)
        return WANTED.get(wanted, ImportOutcome.UNCHANGED)

    def _rows_with(self, outcome: ImportOutcome) -> list[PlacedRow]:
        return [placed for placed in self.rows if self._outcome(*placed[:2]) == outcome]

    def _add(self, added: list[PlacedRow]) -> None:
        Subscriber.objects.bulk_create(
            [
                Subscriber(address=row.address, hmac=address_hmac(row.address), locale=language)
                for row, language in {row.address: (row, lang) for row, _l, lang in added}.values()
            ],
            ignore_conflicts=True,
        )
        addresses = [row.address for row, _list, _language in added]
        subscribers = Subscriber.objects.in_bulk(addresses, field_name="address")
        new = [
            self._subscription(row, mailing_list, subscribers[row.address])
            for row, mailing_list, _language in added
        ]
        Subscription.objects.bulk_create(new, ignore_conflicts=True)
        record(
            subscriptions=new,
            action=ConsentAction.IMPORTED,
            source=ConsentSource.FILE,
            note=self.consent_source,
        )

    def _subscription(
        self, row: Row, mailing_list: MailingList, subscriber: Subscriber
    ) -> Subscription:
        is_confirmed = row.state == SubscriptionState.CONFIRMED
        is_unsubscribed = row.state == SubscriptionState.UNSUBSCRIBED
        return Subscription(
            mailing_list=mailing_list,
            subscriber=subscriber,
            state=row.state,
            requested_at=row.requested_at or self.now,
            confirmed_at=row.confirmed_at or (self.now if is_confirmed else None),
            unsubscribed_at=row.unsubscribed_at or (self.now if is_unsubscribed else None),
            evidence=row.evidence,
        )


def _suppressed_among(addresses: Sequence[str]) -> set[str]:
    by_hmac = {hmac: address for address in addresses for hmac in known_hmacs(address)}
    found = Suppression.objects.filter(hmac__in=list(by_hmac)).values_list("hmac", flat=True)
    return {by_hmac[hmac] for hmac in found}
