"""Builds a message for one reader: text and HTML, with all headers that a good mail has.

Python's ``EmailMessage`` refuses line breaks in headers, so that no text adds one of its own.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import format_datetime, parseaddr
from typing import Any, Final
from urllib.parse import urlsplit

from django.conf import settings

from ..wire.mails import Mail

IN_ONE_LINE: Final = frozenset({"list-unsubscribe", "message-id"})
"""Headers that programs read. They may have 998 characters (RFC 5322, 2.1.1)."""


class LetterPolicy(EmailPolicy):
    """Python's policy, which would encode what is long in a header as if it were words."""

    def fold_binary(self, name: str, value: Any) -> bytes:
        """Returns a header as it is sent."""
        if name.lower() in IN_ONE_LINE:
            return f"{name}: {value}{self.linesep}".encode("ascii")
        if name.lower() == "list-id":
            return self._list_id(name, *str(value).rpartition(" ")[::2]).encode("ascii")
        return super().fold_binary(name, value)

    def _list_id(self, header: str, words: str, identifier: str) -> str:
        """Returns a header whose words may be encoded; the identifier never is (RFC 2919, 3)."""
        folded = self.header_factory(header, words).fold(policy=self).removesuffix(self.linesep)
        length = len(folded.rpartition(self.linesep)[2]) + 1 + len(identifier)
        is_short = not words.strip() or length <= (self.max_line_length or length)
        gap = " " if is_short else f"{self.linesep} "
        return f"{folded.rstrip()}{gap}{identifier}{self.linesep}"


POLICY: Final = LetterPolicy(linesep="\r\n")


@dataclass(frozen=True, slots=True)
class ListHeaders:
    """What mails of a list tell mail programs: which list it is, and how to leave it."""

    list_id: str
    """Of the list, without a host: "news"."""
    name: str
    unsubscribe_url: str


@dataclass(frozen=True, slots=True)
class Letter:
    """What somebody is to read."""

    key: str
    """Names the occasion. Sent again, a letter has the same Message-ID, and is known again."""
    subject: str
    text: str
    html: str
    language: str
    written_at: datetime
    of_list: ListHeaders | None = None
    """None for letters about somebody's own request, which no list sends."""


def build_mail(letter: Letter, *, recipient: str, site_url: str) -> Mail:
    """Returns a letter as a transport takes it.

    Args:
        letter: To be sent.
        recipient: A normalised address; it stands in no other header than To.
        site_url: Whose host makes Message-ID (RFC 5322, 3.6.4) and List-ID (RFC 2919) unique.

    Raises:
        ValueError: when a header would have a line break.
    """
    host = urlsplit(site_url).hostname or "localhost"
    message = EmailMessage(policy=POLICY)
    message["From"] = sender()
    message["To"] = Address(addr_spec=recipient)
    message["Subject"] = letter.subject
    message["Date"] = format_datetime(letter.written_at)
    message["Message-ID"] = message_id(letter.key, host)
    if letter.of_list:
        _add_list_headers(message, letter.of_list, host)
    else:
        # out-of-office programs are not to answer: RFC 3834, 5
        message["Auto-Submitted"] = "auto-generated"
        message["X-Auto-Response-Suppress"] = "All"
    message.set_content(letter.text, cte="quoted-printable")
    message.add_alternative(letter.html, subtype="html", cte="quoted-printable")
    # whatever speaks of content moves into the parts while these are made
    message["Content-Language"] = letter.language
    message.set_boundary(f"=_{hashlib.sha256(letter.key.encode()).hexdigest()[:32]}")
    return Mail(
        message_id=str(message["Message-ID"]),
        sender=sender().addr_spec,
        recipient=recipient,
        content=message.as_bytes(),
    )


def sender() -> Address:
    """Returns who sends, from ``DEFAULT_FROM_EMAIL``."""
    name, address = parseaddr(str(settings.DEFAULT_FROM_EMAIL))
    return Address(display_name=name, addr_spec=address)


def message_id(key: str, host: str) -> str:
    """Returns the Message-ID of an occasion, which says nothing about it."""
    return f"<{hashlib.sha256(key.encode()).hexdigest()[:40]}@{host}>"


def _add_list_headers(message: EmailMessage, of_list: ListHeaders, host: str) -> None:
    """Says which list this is (RFC 2919) and how it ends with one click (RFC 8058)."""
    message["List-ID"] = f"{of_list.name} <{of_list.list_id}.{host}>"
    message["List-Unsubscribe"] = f"<{of_list.unsubscribe_url}>"
    message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
