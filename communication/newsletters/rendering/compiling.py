"""Compiles an issue once a language, so that a mail for one reader is a matter of joining bytes.

Whatever is the same for all recipients is encoded once: headers, both texts as quoted-printable,
the frame around them. Where each has a value of their own stands a mark, which no encoding can
produce. A soft line break goes before and after it, so that the value has lines to itself and the
length of other lines is known (RFC 2045, 6.7).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.quoprimime import body_encode
from email.utils import format_datetime
from functools import lru_cache
from hashlib import sha256
from typing import Final

from .messages import POLICY, sender
from .placeholders import PREFERENCES_URL, UNSUBSCRIBE_URL

HEADERS_MARK: Final = b"\x1aH"
URL_MARKS: Final[Mapping[str, bytes]] = {UNSUBSCRIBE_URL: b"\x1aU", PREFERENCES_URL: b"\x1aP"}
"""Control characters: quoted-printable writes those of the text as =1A."""

LONGEST_LINE: Final = 76
"""With the sign of the soft line break: RFC 2045, 6.7 (5)."""

_ANY_MARK: Final = re.compile(rb"(\x1a[HUP])")
_ANY_PLACEHOLDER: Final = re.compile("(" + "|".join(map(re.escape, URL_MARKS)) + ")")
_SAFE_URL: Final = re.compile(r"https?://[A-Za-z0-9\-._~:/?#\[\]@!$()*+,;=%]+")
"""As it may stand in HTML and text as it is."""

_SAFE_ADDRESS: Final = re.compile(
    r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@(?:[A-Za-z0-9.-]+|\[[A-Za-z0-9.:]+\])"
)
"""A dot-atom (RFC 5322, 3.4.1): what ``addresses.normalised()`` lets pass."""

_SAFE_HEADER: Final = re.compile(r"[\x20-\x7e]+")


@dataclass(frozen=True, slots=True)
class Recipient:
    """All that is somebody's own in a mail."""

    address: str
    message_id: str
    list_id: bytes
    """The header as ``header_lines()`` makes it."""
    unsubscribe_url: str
    """Answers to one click (RFC 8058)."""
    preferences_url: str
    unsubscribe_mailto: str = ""
    """A mailto address that somebody reads; "" where nobody does."""


class CompiledIssue:
    """The bytes of an issue in one language, ready to be joined for anybody."""

    def __init__(self, compiled: bytes) -> None:
        self._parts = _ANY_MARK.split(compiled)
        self._marked = [
            (number, part) for number, part in enumerate(self._parts) if _ANY_MARK.fullmatch(part)
        ]
        self.has_lines_with_dots = b"\n." in compiled
        """Whether whoever sends it has to double dots; of what is compiled today, nobody has."""

    def for_recipient(self, recipient: Recipient, *, sent_at: datetime) -> bytes:
        """Returns the whole message, with CRLF at the end of lines.

        Raises:
            ValueError: when a value could be read as something else: a line break in an address.
        """
        values = {
            HEADERS_MARK: _own_headers(recipient, sent_at),
            URL_MARKS[UNSUBSCRIBE_URL]: _quoted_url(recipient.unsubscribe_url),
            URL_MARKS[PREFERENCES_URL]: _quoted_url(recipient.preferences_url),
        }
        parts = self._parts.copy()
        for number, mark in self._marked:
            parts[number] = values[mark]
        return b"".join(parts)


def compile_issue(*, key: str, subject: str, html: str, text: str, language: str) -> bytes:
    """Returns an issue as bytes with marks.

    Args:
        key: Names the issue and its language; the boundary between the parts is made of it.
        subject: In one line.
        html: With placeholders.
        text: With placeholders.
        language: BCP 47.

    Raises:
        ValueError: when a header would have a line break.
    """
    boundary = b"=_" + sha256(key.encode()).hexdigest()[:32].encode()
    return b"".join(
        (
            HEADERS_MARK,
            header_lines(
                {
                    "From": sender(),
                    "Subject": subject,
                    "Content-Language": language,
                    "MIME-Version": "1.0",
                }
            ),
            b'Content-Type: multipart/alternative;\r\n boundary="' + boundary + b'"\r\n\r\n',
            _part(boundary, b"plain", text),
            _part(boundary, b"html", html),
            b"--" + boundary + b"--\r\n",
        )
    )


def header_lines(headers: Mapping[str, object]) -> bytes:
    """Returns headers as they stand in a message, each folded and encoded as it must be.

    Raises:
        ValueError: when a value has a line break.
    """
    message = EmailMessage(policy=POLICY)
    for name, value in headers.items():
        message[name] = value
    return message.as_bytes().removesuffix(b"\r\n")


def _part(boundary: bytes, subtype: bytes, text: str) -> bytes:
    return b"".join(
        (
            b"--" + boundary + b"\r\n",
            b"Content-Type: text/" + subtype + b'; charset="utf-8"\r\n',
            b"Content-Transfer-Encoding: quoted-printable\r\n\r\n",
            _quoted_text(text),
            b"\r\n",
        )
    )


def _quoted_text(text: str) -> bytes:
    with_one_kind_of_lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return b"".join(
        b"=\r\n" + URL_MARKS[piece] if piece in URL_MARKS else _quoted(piece)
        for piece in _ANY_PLACEHOLDER.split(with_one_kind_of_lines)
    )


def _quoted(text: str) -> bytes:
    """Returns a text as quoted-printable, with room for a soft line break behind it.

    No line begins with a dot, which would have to be doubled in each mail (RFC 5321, 4.5.2).
    """
    octets = text.encode().decode("latin-1")
    quoted = b"\n" + body_encode(octets, LONGEST_LINE - 2, "\r\n").encode("ascii")
    quoted = quoted.replace(b"\n.", b"\n=2E")[1:]
    if len(quoted) - quoted.rfind(b"\n") <= LONGEST_LINE:
        return quoted
    character = 3 if quoted[-3:-2] == b"=" else 1
    last = quoted[-character:]
    return quoted[:-character] + b"=\r\n" + (b"=2E" if last == b"." else last)


@lru_cache(maxsize=4)
def _date(second: datetime) -> str:
    return format_datetime(second)


def _quoted_url(url: str) -> bytes:
    if not _SAFE_URL.fullmatch(url):
        raise ValueError("An address in a mail has characters that it must not have.")
    return _quoted(url) + b"=\r\n"


def _own_headers(recipient: Recipient, sent_at: datetime) -> bytes:
    if not _SAFE_ADDRESS.fullmatch(recipient.address):
        raise ValueError("A recipient's address has characters that would end the header.")
    ways_out = f"<{recipient.unsubscribe_url}>"
    if recipient.unsubscribe_mailto:
        ways_out += f", <{recipient.unsubscribe_mailto}>"
    values = (recipient.message_id, ways_out)
    if not all(map(_SAFE_HEADER.fullmatch, values)):
        raise ValueError("A header has characters that would end it.")
    lines = (
        f"To: {recipient.address}\r\n"
        f"Date: {_date(sent_at.replace(microsecond=0))}\r\n"
        f"Message-ID: {recipient.message_id}\r\n"
        f"List-Unsubscribe: {ways_out}\r\n"
        "List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"
    )
    return lines.encode("ascii") + recipient.list_id
