"""The job that this app brings along for a worker; ``V2V_WORKER_JOBS`` names it."""

import logging
from datetime import datetime

from v2v_snippets.jobs import Step, next_due_at

from .models import ReviewReminder
from .services.reminding import claim_reminder, put_off_reminder, send_reminder

logger = logging.getLogger(__name__)


class ReviewReminding:
    """Mails that the review of an article is due, one mail a step.

    A mail that the server refuses is tried again later and holds up no other.
    """

    name = "reminders of reviews"
    sends = True

    def run_due(self, now: datetime) -> Step:
        """Sends the reminder that has been due longest."""
        claim = claim_reminder(now=now)
        if claim is None:
            return Step(next_due_at=next_due_at(ReviewReminder))
        try:
            send_reminder(claim=claim)
        except Exception as error:  # whatever the mail server says, the other mails go on
            put_off_reminder(claim=claim, error=error, now=now)
            logger.exception("The reminder %s cannot be sent", claim.reminder)
            return Step(failed=1, next_due_at=now, error=f"{claim.reminder}: {error!r}")
        return Step(done=1, next_due_at=now)
