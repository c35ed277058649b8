"""The jobs that this app brings along for a worker; ``V2V_WORKER_JOBS`` names them."""

from datetime import datetime
from typing import ClassVar

from v2v_snippets.steps import OneThingAStep

from .models import ConsentReminder, ReviewReminder
from .services.reminding.claims import (
    Claim,
    Occasion,
    claim_reminder,
    put_off_reminder,
    send_reminder,
)
from .services.reminding.consents import ConsentsEnded
from .services.reminding.reviews import ReviewsDue


class Reminding(OneThingAStep[Claim]):
    """Mails to editors, one mail a step."""

    sends = True
    occasion: ClassVar[Occasion]

    def take(self, now: datetime) -> Claim | None:
        """Returns the reminder that has been due longest."""
        return claim_reminder(occasion=self.occasion, now=now)

    def finish(self, thing: Claim, now: datetime) -> None:
        """Sends it."""
        send_reminder(claim=thing)

    def put_off(self, thing: Claim, error: Exception, now: datetime) -> None:
        """Lets it be tried again later, or gives it up."""
        put_off_reminder(claim=thing, error=error, now=now)


class ReviewReminding(Reminding):
    """Tells whoever is responsible that the review of an article is due."""

    name = "reminders of reviews"
    waiting = ReviewReminder
    occasion = ReviewsDue()


class ConsentReminding(Reminding):
    """Tells editors that somebody on their pages may not be shown any more."""

    name = "reminders of consents"
    waiting = ConsentReminder
    occasion = ConsentsEnded()
