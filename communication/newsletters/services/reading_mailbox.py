"""Reads the mailbox to which mails come back, and does what they say. Nobody is answered."""

import logging
from dataclasses import dataclass
from datetime import datetime

from ..enums import ConsentSource
from ..returns.folder import Folder
from ..returns.reading import read
from ..returns.reports import Farewell, ReturnedMail
from ..selectors import subscription_of
from .hearing import delivery_of_mail, note_report
from .unsubscribing import unsubscribe

logger = logging.getLogger(__name__)


class NotUnderstoodError(Exception):
    """Stands in a log for what Python's parser raises."""


@dataclass
class Place:
    """How far a folder was read."""

    validity: bytes = b""
    """While it stays the same, the numbers of mails do, too."""
    last: int = 0


def read_some(*, folder: Folder, place: Place, limit: int, now: datetime) -> tuple[int, bool]:
    """Reads up to ``limit`` mails behind a place, and moves the place on.

    Returns:
        How many mails were understood, and whether there are more.
    """
    if folder.validity != place.validity:
        place.validity, place.last = folder.validity, 0
    waiting = folder.uids_after(place.last, now=now)
    done = 0
    for uid in waiting[:limit]:
        content = folder.beginning_of(uid)
        if content is None:
            logger.warning("Mail %s of the mailbox for bounces is too large, and left alone", uid)
        elif take(said=_understood(content, uid, now), now=now):
            folder.put_away(uid)
            done += 1
        place.last = uid
    return done, len(waiting) > limit


def take(*, said: ReturnedMail | Farewell | None, now: datetime) -> bool:
    """Does what a mail says; returns whether it was about one of our mails or subscriptions."""
    if isinstance(said, ReturnedMail):
        delivery = delivery_of_mail(said.message_id)
        if delivery is None:
            return False
        note_report(delivery=delivery, report=said.report, now=now)
        return True
    return said is not None and _let_go(said, now)


def _understood(content: bytes, uid: int, now: datetime) -> ReturnedMail | Farewell | None:
    try:
        return read(content, now=now)
    except Exception as error:  # Python's parser has met something new; the next mail is sound
        name = type(error).__name__  # its words may be those of the mail
        logger.exception(
            "Mail %s of the mailbox for bounces is left alone",
            uid,
            exc_info=NotUnderstoodError(name).with_traceback(error.__traceback__),
        )
        return None


def _let_go(farewell: Farewell, now: datetime) -> bool:
    subscription = subscription_of(farewell.token)
    if subscription is None:
        return False
    unsubscribe(subscriptions=[subscription], source=ConsentSource.ONE_CLICK, now=now)
    return True
