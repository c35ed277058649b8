"""One request with a webhook, in a thread that asks the database nothing."""

import re
from dataclasses import replace
from datetime import UTC, timedelta
from email.utils import parsedate_to_datetime
from time import monotonic
from typing import Final

from django.utils import timezone

from communication.delivery.outbound import OutboundError, post

from ..enums import DisabledReason
from ..webhook_messages import Message
from .webhook_sending import GONE, Outcome

SHOWN: Final = 200
_SECONDS: Final = re.compile(r"[0-9]{1,9}")


def send_message(message: Message) -> Outcome:
    """Sends a message and says what came of it; raises nothing that a receiver can cause."""
    started = monotonic()
    outcome = _outcome_of(message)
    return replace(outcome, milliseconds=round((monotonic() - started) * 1000))


def read_retry_after(text: str) -> timedelta | None:
    """Reads ``Retry-After``: seconds, or a date (RFC 9110, 10.2.3); None if it is neither."""
    if _SECONDS.fullmatch(text.strip()):
        return timedelta(seconds=int(text))
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    pause = (moment if moment.tzinfo else moment.replace(tzinfo=UTC)) - timezone.now()
    return max(pause, timedelta(0))


def _outcome_of(message: Message) -> Outcome:
    try:
        answer = post(message.url, body=message.body, headers=message.headers)
    except OutboundError as error:
        return Outcome(error=str(error))
    if 200 <= answer.status < 300:
        return Outcome(error="", status=answer.status)
    return Outcome(
        error=_explain(answer.status, answer.excerpt),
        status=answer.status,
        retry_after=read_retry_after(answer.retry_after),
        disables=DisabledReason.GONE if answer.status == GONE else None,
    )


def _explain(status: int, excerpt: str) -> str:
    said = " ".join(excerpt.split())[:SHOWN]
    if 300 <= status < 400:
        return f"Answered with {status}, a redirect, which webhooks do not follow."
    return f"Answered with {status}: {said}" if said else f"Answered with {status}."
