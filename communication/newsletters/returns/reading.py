"""Understands mails that programs write: bounces (RFC 3464), complaints (RFC 5965), farewells.

Whatever is not written after these standards is none of them: it is left to people. The bytes come
from anybody, so nothing is believed but what names one of our mails or a token of ours.
"""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from email import message_from_bytes, message_from_string
from email.message import Message
from email.utils import parsedate_to_datetime
from hashlib import sha256
from typing import Final

from ..enums import DeliveryEventKind, SuppressionReason
from .reports import Farewell, Report, ReturnedMail, enhanced_code_in, is_about_the_address

MESSAGE_ID: Final = re.compile(r"<[\x21-\x3b\x3d\x3f-\x7e]{3,318}>")
FAREWELL: Final = re.compile(
    r"\bunsubscribe[ +_-]([A-Za-z0-9_-]{20,43})(?![A-Za-z0-9_-])", re.IGNORECASE
)

ACTIONS: Final = {
    "failed": DeliveryEventKind.BOUNCED,
    "delayed": DeliveryEventKind.DEFERRED,
    "delivered": DeliveryEventKind.DELIVERED,
}
"""RFC 3464, 2.3.3. What was relayed or expanded may still come back."""

CLASSES: Final = {
    "5": DeliveryEventKind.BOUNCED,
    "4": DeliveryEventKind.DEFERRED,
    "2": DeliveryEventKind.DELIVERED,
}
"""For servers that leave out the action."""

FEEDBACK: Final = {
    "abuse": DeliveryEventKind.COMPLAINED,
    "fraud": DeliveryEventKind.COMPLAINED,
    "opt-out": DeliveryEventKind.UNSUBSCRIBED,
}
"""RFC 5965, 7.3; "not-spam" is the opposite, and others are about something else."""

MOST_PARTS: Final = 100
"""Python's parser calls itself for parts within parts, each of which says of what type it is."""


def read(content: bytes, *, now: datetime) -> ReturnedMail | Farewell | None:
    """Returns what a mail says; None where it says nothing that a program understands.

    Args:
        content: The mail, or its beginning: what programs need comes before the returned text.
        now: When it is read; reports from the future are dated back to it.
    """
    if content.lower().count(b"content-type:") > MOST_PARTS:
        return None
    mail = message_from_bytes(content)
    kind = str(mail.get_param("report-type", "")).lower()
    if mail.get_content_type() == "multipart/report" and mail.is_multipart():
        if kind == "delivery-status":
            return _bounce(mail, content, now)
        if kind == "feedback-report":
            return _complaint(mail, content, now)
        return None
    return _farewell(mail)


def _bounce(mail: Message, content: bytes, now: datetime) -> ReturnedMail | None:
    blocks = [block for part in _parts(mail, "message/delivery-status") for block in _inner(part)]
    recipients = [block for block in blocks if block["Status"] or block["Action"]]
    message_id = _returned_message_id(mail)
    if not recipients or not message_id:
        return None
    fields = recipients[0]  # our mails have one recipient
    code = _code(fields)
    action = str(fields["Action"] or "").strip().lower()
    kind = ACTIONS.get(action) if action else CLASSES.get(code[:1])
    if kind is None:
        return None
    is_dead = kind == DeliveryEventKind.BOUNCED and is_about_the_address(code)
    suppression = SuppressionReason.BOUNCED if is_dead else None
    report = Report(_event_id(content), kind, _date(mail, now), code, suppression)
    return ReturnedMail(message_id, report)


def _code(fields: Message) -> str:
    """Returns the status, or what the server of the other side said where that is more exact."""
    status = enhanced_code_in(str(fields["Status"] or ""))
    said = enhanced_code_in(str(fields["Diagnostic-Code"] or ""))
    is_vague = status.endswith(".0.0") or not status
    return said if said and is_vague else status


def _complaint(mail: Message, content: bytes, now: datetime) -> ReturnedMail | None:
    fields = [block for part in _parts(mail, "message/feedback-report") for block in _inner(part)]
    said = [str(block["Feedback-Type"] or "").strip().lower() for block in fields]
    kind = FEEDBACK.get(said[0]) if said else None
    message_id = _returned_message_id(mail)
    if kind is None or not message_id:
        return None
    complained = kind == DeliveryEventKind.COMPLAINED
    suppression = SuppressionReason.COMPLAINED if complained else None
    report = Report(_event_id(content), kind, _date(mail, now), suppression=suppression)
    return ReturnedMail(message_id, report)


def _farewell(mail: Message) -> Farewell | None:
    lines = " ".join(str(mail[name] or "") for name in ("Subject", "To"))
    found = FAREWELL.search(re.sub(r"\r?\n[ \t]", " ", lines[:2000]))
    return Farewell(found[1]) if found else None


def _parts(mail: Message, *kinds: str) -> Iterator[Message]:
    """Yields the parts of a report that are of a kind: RFC 6522 has them side by side."""
    payload = mail.get_payload()
    for part in payload if isinstance(payload, list) else []:
        if isinstance(part, Message) and part.get_content_type() in kinds:
            yield part


def _inner(part: Message) -> list[Message]:
    """Returns the blocks of fields, or the message, that a part holds."""
    payload = part.get_payload()
    if isinstance(payload, list):
        return [each for each in payload if isinstance(each, Message)]
    return [message_from_string(str(payload))]


def _returned_message_id(mail: Message) -> str:
    """Returns the Message-ID of the mail that came back; "" if there is none."""
    for part in _parts(mail, "message/rfc822", "text/rfc822-headers", "message/rfc822-headers"):
        for returned in _inner(part):
            found = MESSAGE_ID.search(str(returned["Message-ID"] or ""))
            if found:
                return found[0]
    return ""


def _date(mail: Message, now: datetime) -> datetime:
    try:
        sent_at = parsedate_to_datetime(str(mail["Date"]))
        if sent_at.tzinfo is None:
            sent_at = sent_at.replace(tzinfo=UTC)
        return min(sent_at.astimezone(UTC), now)
    except (ValueError, TypeError, OverflowError, IndexError):
        return now


def _event_id(content: bytes) -> str:
    return f"mail {sha256(content).hexdigest()}"
