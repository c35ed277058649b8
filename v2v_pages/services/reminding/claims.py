"""Takes a reminder for one worker, sends it, and tries it again where the mail server refuses."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, Protocol

from django.core.mail import EmailMessage
from django.db import IntegrityError, transaction
from django.utils import timezone

from ...models.reminders import Reminder

RETRY_AFTER: Final = (timedelta(minutes=5), timedelta(hours=1), timedelta(hours=6))
"""The pause after each refusal of the mail server; after the next one the mail is given up."""


class Occasion(Protocol):
    """What people are reminded of."""

    model: Any
    """The kind of reminders."""

    def next_one(self, now: datetime) -> Reminder | None:
        """Returns a reminder that is due and has no row yet, unsaved."""

    def letter_of(self, reminder: Any, now: datetime) -> EmailMessage | None:
        """Returns the mail; None where there is nothing to remind of any more."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A reminder that this worker, and no other, is to send."""

    reminder: Reminder
    letter: EmailMessage

    def __str__(self) -> str:
        """Names it in logs, without anybody's name."""
        return str(self.reminder)


def claim_reminder(*, occasion: Occasion, now: datetime) -> Claim | None:
    """Takes a reminder that is due; None where there is none, or another worker was faster."""
    return _claim_again(occasion, now) or _claim_new(occasion, now)


def send_reminder(*, claim: Claim) -> None:
    """Sends it, and notes that the mail has left.

    Raises:
        Exception: what the mail server or the connection to it says.
    """
    claim.letter.send()
    _row(claim).update(sent_at=timezone.now())


def put_off_reminder(*, claim: Claim, error: Exception, now: datetime) -> None:
    """Tries later what was refused, or gives it up; the error stays with the row."""
    pauses = RETRY_AFTER[claim.reminder.attempts - 1 : claim.reminder.attempts]
    _row(claim).update(error=repr(error), next_attempt_at=now + pauses[0] if pauses else None)


def _row(claim: Claim) -> Any:
    return type(claim.reminder)._default_manager.filter(pk=claim.reminder.pk)


def _claim_new(occasion: Occasion, now: datetime) -> Claim | None:
    reminder = occasion.next_one(now)
    letter = occasion.letter_of(reminder, now) if reminder else None
    if reminder is None or letter is None:
        return None
    reminder.claimed_at = now
    try:
        with transaction.atomic():
            reminder.save(force_insert=True)
    except IntegrityError:  # another worker was faster
        return None
    return Claim(reminder, letter)


def _claim_again(occasion: Occasion, now: datetime) -> Claim | None:
    """Takes one that was put off; drops it where there is nothing to remind of any more."""
    with transaction.atomic():
        waiting = occasion.model.objects.filter(next_attempt_at__lte=now)
        reminder = waiting.select_for_update(skip_locked=True).order_by("next_attempt_at").first()
        if reminder is None:
            return None
        letter = occasion.letter_of(reminder, now)
        if letter is None:
            reminder.delete()
            return None
        reminder.attempts += 1
        reminder.claimed_at, reminder.next_attempt_at = now, None
        reminder.save(update_fields=["attempts", "claimed_at", "next_attempt_at"])
    return Claim(reminder, letter)
