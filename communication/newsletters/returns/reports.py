"""What somebody says of a mail: the same whether a mail server or a provider's program says it."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from ..enums import DeliveryEventKind, SuppressionReason

ENHANCED_CODE: Final = re.compile(r"(?<![\d.])([245])\.(\d{1,3})\.(\d{1,3})(?![\d.]*\d)")
"""RFC 3463, 2: class, subject, detail."""

NOT_THE_ADDRESS: Final = re.compile(r"5\.(?:1\.[78]|2\.[234]|3\.\d+|4\.7|6\.\d+|7\.\d+)")
"""Permanent, and yet no reason never to write again: our address, a full mailbox, too large a mail,
a sick system, too long on the way, a content that was not understood, a policy or a spam filter."""


@dataclass(frozen=True, slots=True)
class Report:
    """Something that became of one mail."""

    event_id: str
    """The same however often it is said."""
    kind: DeliveryEventKind
    happened_at: datetime
    code: str = ""
    """As RFC 3463 defines it."""
    suppression: SuppressionReason | None = None
    """Why nothing should be sent to the address any more, if that follows."""


@dataclass(frozen=True, slots=True)
class ReturnedMail:
    """A report that came by mail, and the Message-ID of the mail that it is about."""

    message_id: str
    report: Report


@dataclass(frozen=True, slots=True)
class Farewell:
    """A mail by which somebody unsubscribes (RFC 2369)."""

    token: str


def enhanced_code_in(words: str) -> str:
    """Returns the first enhanced code in what a mail server said; "" if there is none."""
    found = ENHANCED_CODE.search(words)
    return found[0] if found else ""


def is_about_the_address(code: str) -> bool:
    """Tells whether a permanent code means that there is nobody at the address."""
    return code.startswith("5.") and not NOT_THE_ADDRESS.fullmatch(code)
