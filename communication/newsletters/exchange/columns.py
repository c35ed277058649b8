"""The rows of files with subscribers, whoever wrote them."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import Final


class FileKind(Enum):
    """Whose file it is, and of whom it speaks."""

    OWN = "own"
    SUBSCRIBED = "subscribed"
    UNSUBSCRIBED = "unsubscribed"
    CLEANED = "cleaned"
    """Mailchimp's word for addresses that do not work."""


OWN_COLUMNS: Final = (
    "address",
    "language",
    "list",
    "state",
    "requested_at",
    "confirmed_at",
    "unsubscribed_at",
    "evidence",
)

EVIDENCE: Final = ("optin_time", "optin_ip", "confirm_time", "confirm_ip", "last_changed")
"""Columns of Mailchimp's that show how somebody came to its list."""


@dataclass(frozen=True, slots=True)
class Row:
    """What a file says about one address and one list; all but the address may be missing."""

    address: str
    language: str = ""
    list_slug: str = ""
    state: str = ""
    requested_at: datetime | None = None
    confirmed_at: datetime | None = None
    unsubscribed_at: datetime | None = None
    evidence: dict[str, str] = field(default_factory=dict)
    line: int = 0


@dataclass(frozen=True, slots=True)
class Fault:
    """A line that is left out, and why; it repeats no address."""

    line: int
    message: str


@dataclass(slots=True)
class ParsedFile:
    """A file that could be read."""

    kind: FileKind
    rows: list[Row] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
