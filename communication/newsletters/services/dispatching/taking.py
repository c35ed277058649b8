"""Takes deliveries to send them, and reads of each no more than its mail needs.

As rows of Django's, with their subscribers and subscriptions, a hundred of them would take longer
to be read than to be written to the mail server.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from communication.delivery.models import OutgoingQuerySet
from communication.delivery.services.claiming import mark, marked

from ...models import Delivery

_FIELDS: Final = (
    "pk",
    "variant_id",
    "address",
    "address_hmac",
    "attempts",
    "smtp_code",
    "enhanced_code",
    "subscriber__uuid",
    "subscription__token",
    "subscription__mailing_list_id",
)


@dataclass(slots=True)
class Taken:
    """One delivery that is in this worker's hand."""

    token: UUID
    key: int
    variant_id: int
    address: str
    address_hmac: str
    attempts: int
    smtp_code: int | None
    enhanced_code: str
    subscriber_uuid: UUID | None
    subscription_token: str | None
    mailing_list_id: int | None

    @property
    def delivery(self) -> Delivery:
        """As whoever notes what became of it wants it: no query."""
        return Delivery(
            pk=self.key,
            token=self.token,
            address=self.address,
            address_hmac=self.address_hmac,
            attempts=self.attempts,
            smtp_code=self.smtp_code,
            enhanced_code=self.enhanced_code,
        )


def take(*, rows: OutgoingQuerySet, limit: int, lease: timedelta, now: datetime) -> list[Taken]:
    """Takes up to so many of what is due, those first that have waited longest."""
    token = mark(rows=rows, limit=limit, lease=lease, now=now)
    if token is None:
        return []
    mine = marked(rows=rows, token=token).values_list(*_FIELDS)
    return [Taken(token, *values) for values in mine.iterator(chunk_size=limit)]
