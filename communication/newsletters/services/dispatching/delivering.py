"""What becomes of a mail that was not sent, was refused, or of which nobody can know."""

from datetime import datetime, timedelta
from typing import Any, Final

from django.db.models import F

from communication.delivery.enums import OutgoingState
from communication.delivery.models import OutgoingQuerySet
from communication.delivery.services.claiming import finish, put_off, reap, release
from communication.delivery.services.schedule import RetrySchedule

from ...enums import ConsentSource, DispatchState, SkipReason, SuppressionReason
from ...models import Delivery, Subscription, Suppression
from ...wire.mails import PATIENCE, NotAcceptedError, UncertainError
from ...wire.verdicts import Verdict
from ..suppressing import suppress
from .pausing import leave_out_cancelled

LEASE: Final = PATIENCE + timedelta(minutes=2)
"""Longer than a mail may take, from its beginning on, with a server that lets us wait: whoever
still listens for an answer is not taken for dead."""

FOUR_HOURS: Final = timedelta(minutes=240)
SCHEDULE: Final = RetrySchedule(
    (
        timedelta(minutes=1),
        timedelta(minutes=5),
        timedelta(minutes=15),
        timedelta(minutes=60),
        *(FOUR_HOURS for _attempt in range(17)),
    ),
    jitter=0.2,
)
"""Nearly three days, as mail servers do it: greylisting, full mailboxes and weekends pass."""


def drop_delivery(*, delivery: Delivery, now: datetime) -> bool:
    """Finds out why a mail was not to be sent, and leaves it out.

    Who has left one list of the dispatch and reads another gets it as a reader of that one.

    Returns:
        Whether it was this reader alone. Otherwise the dispatch waits, or too much time has passed,
        and all that was claimed with it is given back.
    """
    rows = Delivery.objects.filter(pk=delivery.pk, token=delivery.token)
    found = rows.select_related("dispatch", "subscription").first()
    reason = _reason_to_skip(found) if found else None
    if found is None or reason is None:
        give_back(delivery=delivery, now=now)
        return False
    other = _other_subscription(found) if reason is SkipReason.UNSUBSCRIBED else None
    if other is not None:
        return put_off(row=delivery, until=now, subscription=other)
    return finish(row=delivery, state=OutgoingState.SKIPPED, now=now, skip_reason=reason)


def give_back(*, delivery: Delivery, now: datetime) -> None:
    """Lets anybody take a delivery that was not begun, and all others of the same claim."""
    if delivery.token is not None:
        release(rows=Delivery.objects.all(), token=delivery.token, now=now)


def note_uncertain(*, delivery: Delivery, error: UncertainError, now: datetime) -> bool:
    """Notes that nobody can know whether a mail was taken over."""
    return finish(row=delivery, state=OutgoingState.UNCERTAIN, now=now, last_error=str(error))


def note_fault(*, delivery: Delivery, error: Exception, now: datetime) -> bool:
    """Gives up a mail that could not be written; the words of the error may hold an address."""
    error_name = type(error).__name__
    return finish(row=delivery, state=OutgoingState.FAILED, now=now, last_error=error_name)


def note_interrupted(*, delivery: Delivery, now: datetime) -> bool:
    """Lets a mail be sent at once that the server did not listen to, because it was hanging up."""
    return put_off(row=delivery, until=now, attempts=F("attempts") - 1)


def note_refusal(
    *, delivery: Delivery, error: NotAcceptedError, verdict: Verdict, now: datetime
) -> OutgoingState:
    """Notes what follows from a refusal for this mail and its address; returns its next state.

    A refusal that is our fault leaves the mail waiting; the second time, it is about this reader.
    """
    facts = {
        "smtp_code": error.smtp_code,
        "enhanced_code": error.enhanced_code,
        "last_error": str(error),
    }
    if verdict is Verdict.OUR_FAULT and not _was_refused_before(delivery, error):
        put_off(row=delivery, until=now, **facts)
        return OutgoingState.RETRY
    until = None
    if verdict in {Verdict.LATER, Verdict.UNREACHABLE}:
        until = SCHEDULE.next_attempt_at(attempts=delivery.attempts, now=now)
    if until is not None:
        put_off(row=delivery, until=until, **facts)
        return OutgoingState.RETRY
    noted = finish(row=delivery, state=OutgoingState.FAILED, now=now, **facts)
    if noted and verdict is Verdict.BAD_ADDRESS:
        _suppress(delivery, now)
    return OutgoingState.FAILED


def reap_deliveries(*, now: datetime) -> int:
    """Takes back what dead workers had in hand; a mail that was begun is uncertain from now on."""
    rows: OutgoingQuerySet = Delivery.objects.all()
    reaped = reap(rows=rows, now=now, interrupted=OutgoingState.UNCERTAIN)
    if reaped:
        leave_out_cancelled(now=now)
    return reaped


def _was_refused_before(delivery: Delivery, error: NotAcceptedError) -> bool:
    before = (delivery.smtp_code, delivery.enhanced_code)
    return delivery.smtp_code is not None and before == (error.smtp_code, error.enhanced_code)


def _reason_to_skip(delivery: Delivery) -> SkipReason | None:
    if delivery.dispatch.state == DispatchState.CANCELLED:
        return SkipReason.CANCELLED
    if delivery.subscriber_id is None:
        return SkipReason.ERASED
    if Suppression.objects.filter(hmac=delivery.address_hmac).exists():
        return SkipReason.SUPPRESSED
    if not Subscription.objects.confirmed().filter(pk=delivery.subscription_id).exists():
        return SkipReason.UNSUBSCRIBED
    return None


def _other_subscription(delivery: Delivery) -> Subscription | None:
    lists = delivery.dispatch.mailing_lists.order_by("sort_order", "slug")
    theirs = Subscription.objects.confirmed().filter(subscriber=delivery.subscriber_id)
    found = {each.mailing_list_id: each for each in theirs}
    return next((found[each.pk] for each in lists if each.pk in found), None)


def _suppress(delivery: Delivery, now: datetime) -> Any:
    return suppress(
        address=delivery.address,
        reason=SuppressionReason.BOUNCED,
        source=ConsentSource.MAIL_SERVER,
        now=now,
    )
