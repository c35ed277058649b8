"""Who was selected for a dispatch, as a list and as a file."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any, Final

from django.db.models import QuerySet

from communication.delivery.enums import OutgoingState

from ...exchange.guarding import guarded
from ...exchange.writing import write_lines
from ...models import Delivery, Dispatch
from .words import reason_of

COLUMNS: Final = ("address", "language", "list", "state", "afterwards", "when", "code", "reason")

TO_BE_LOOKED_AT: Final = (OutgoingState.UNCERTAIN, OutgoingState.FAILED)


def recipients_of(dispatch: Dispatch, state: str = "") -> "QuerySet[Any]":
    """Returns the deliveries of a dispatch, those in one state or all."""
    rows: QuerySet[Any] = Delivery.objects.filter(dispatch=dispatch)
    rows = rows.select_related("variant", "subscription__mailing_list").order_by("pk")
    return rows.filter(state=state) if state else rows


def csv_of(dispatch: Dispatch) -> Iterator[str]:
    """Yields the file line by line; the number of recipients does not change the memory."""
    rows = recipients_of(dispatch).iterator(chunk_size=1000)
    return write_lines(COLUMNS, (_line(row) for row in rows))


def _line(delivery: Delivery) -> Iterable[str]:
    mailing_list = delivery.subscription.mailing_list if delivery.subscription else None
    code = delivery.enhanced_code or delivery.smtp_code or ""
    cells = (
        delivery.address,
        delivery.variant.locale,
        mailing_list.slug if mailing_list else "",
        delivery.state,
        delivery.after_state,
        _moment(delivery.finished_at),
        str(code),
        reason_of(delivery),
    )
    return map(guarded, cells)


def _moment(moment: datetime | None) -> str:
    return moment.isoformat() if moment else ""
