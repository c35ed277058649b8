"""The jobs for what comes back; ``V2V_WORKER_JOBS`` names them."""

import logging
from datetime import datetime, timedelta
from typing import Final

from communication.delivery.protocol import JobResult

from ..services.forgetting_deliveries import forget_recipients
from ..services.hearing import settle_early_reports
from ..services.reading_mailbox import Place, read_some
from . import mailbox_url
from .folder import Folder, MailboxError, open_folder, read_address

logger = logging.getLogger(__name__)

CLEAN_EVERY: Final = timedelta(days=1)
LOOK_EVERY: Final = timedelta(minutes=5)
MAILS_A_STEP: Final = 20
UPKEEP_EVERY: Final = timedelta(hours=1)


class MailboxReading:
    """Reads bounces, complaints and farewells from ``V2V_BOUNCE_MAILBOX``, some mails a step.

    What it has put away, it deletes after a month. Where the setting is empty it does nothing. A
    copy of the database reads nothing either: it would take the mails away from the site itself.
    """

    name = "mails that come back"
    sends = True

    def __init__(self) -> None:
        self._place = Place()
        self._due_at: datetime | None = None
        self._clean_at: datetime | None = None

    def run_due(self, now: datetime) -> JobResult:
        """Reads the next mails, every few minutes."""
        url = mailbox_url()
        if not url:
            return JobResult()
        if self._due_at is not None and now < self._due_at:
            return JobResult(next_due_at=self._due_at)
        self._due_at = now + LOOK_EVERY
        address = read_address(url)
        try:
            with open_folder(address) as folder:
                done, has_more = read_some(
                    folder=folder, place=self._place, limit=MAILS_A_STEP, now=now
                )
                if not has_more:
                    done += self._clean(folder, now)
        except MailboxError as error:
            logger.warning("The mailbox for bounces cannot be read: %s", error)
            return JobResult(failed=1, next_due_at=self._due_at, error=str(error))
        if has_more:
            self._due_at = now
        return JobResult(done=done, next_due_at=self._due_at)

    def _clean(self, folder: Folder, now: datetime) -> int:
        """Deletes old mails, once a day; a server that refuses is asked again tomorrow."""
        if self._clean_at is not None and now < self._clean_at:
            return 0
        self._clean_at = now + CLEAN_EVERY
        try:
            return folder.delete_old(now=now)
        except MailboxError as error:
            logger.warning("Old mails cannot be deleted from the mailbox for bounces: %s", error)
            return 0


class DeliveryUpkeep:
    """Settles every hour what was heard too early, and forgets who got issues of long ago."""

    name = "upkeep of deliveries"

    def run_due(self, now: datetime) -> JobResult:
        """Does some of both; due at once while there is more."""
        done = settle_early_reports(now=now) + forget_recipients(now=now)
        return JobResult(done=done, next_due_at=now if done else now + UPKEEP_EVERY)
