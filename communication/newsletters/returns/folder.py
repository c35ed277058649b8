"""The folder of a mail server to which mails come back, by IMAP (RFC 9051 and 3501).

It may be the one in which people read their answers. So what programs do not understand stays as it
is, unread; the rest is put away into a folder of its own, and deleted there after a month: it names
readers. What is deleted bears a mark of ours, since people may have a folder of that name.
"""

import imaplib
import re
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import ip_address
from typing import Any, Final
from urllib.parse import SplitResult, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

PUT_AWAY_INTO: Final = "Newsletters"
"""The folder for mails that were understood; made when it is missing."""

OURS: Final = "V2VUnderstood"
"""The mark, a keyword (RFC 9051, 2.3.2). A server that allows none keeps all mails."""

KEPT: Final = timedelta(days=30)
"""For people who want to see why an address was suppressed."""

DELETED_AT_ONCE: Final = 500

PORTS: Final = {"imaps": 993, "imap": 143}

SECONDS: Final = 30
"""For each answer of the server."""

LOOK_BACK: Final = timedelta(days=14)
"""Older mails were read before, or are of no use any more."""

BEGINNING: Final = 128 * 1024
"""Bytes that are read of a mail; what a report says stands before the text that it returns."""

LARGEST: Final = 30 * 1024 * 1024
"""Mails above this are left alone: servers may ignore that only their beginning is wanted."""

MONTHS: Final = (
    *("Jan", "Feb", "Mar", "Apr", "May", "Jun"),
    *("Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
)

Data = list[Any]


class MailboxError(Exception):
    """The server could not be asked. The words of servers are left out: they may name addresses."""


@dataclass(frozen=True, slots=True)
class MailboxAddress:
    """Where the folder is, and how to come in."""

    host: str
    port: int
    user: str
    password: str
    folder: str
    is_encrypted: bool
    """From the first byte on; otherwise encryption is asked for, but on this machine itself."""


def read_address(url: str) -> MailboxAddress:
    """Reads an address such as ``imaps://user:password@mail.example.org/INBOX``.

    Raises:
        ImproperlyConfigured: when it is none; the message does not repeat the password.
    """
    try:
        parts = urlsplit(url)
        port = parts.port or (PORTS.get(parts.scheme, 0))
    except ValueError:
        parts, port = SplitResult("", "", "", "", ""), 0
    if parts.scheme not in PORTS or not (parts.hostname and parts.username):
        raise ImproperlyConfigured(
            "V2V_BOUNCE_MAILBOX is no address of a mailbox: write "
            "imaps://user:password@host/folder, with %40 for an @ in the name of the user."
        )
    return MailboxAddress(
        host=parts.hostname,
        port=port,
        user=unquote(parts.username),
        password=unquote(parts.password or ""),
        folder=unquote(parts.path.lstrip("/")) or "INBOX",
        is_encrypted=parts.scheme == "imaps",
    )


@contextmanager
def open_folder(address: MailboxAddress) -> Iterator["Folder"]:
    """Opens the folder, and takes leave at the end.

    Raises:
        MailboxError: when it cannot be read.
    """
    connection = None
    try:
        connection = _connect(address)
        connection.login(address.user, address.password)
        status, _data = connection.select(_quoted(address.folder))
        if status != "OK":
            raise MailboxError("The folder of V2V_BOUNCE_MAILBOX cannot be opened.")
        yield Folder(connection)
    except (imaplib.IMAP4.error, OSError) as error:
        raise MailboxError(type(error).__name__) from None
    finally:
        if connection is not None:
            _take_leave(connection)


class Folder:
    """An open folder. Mails are named by their UID, which they keep while ``validity`` stays."""

    def __init__(self, connection: imaplib.IMAP4) -> None:
        self._connection = connection
        _name, numbers = connection.response("UIDVALIDITY")
        self.validity = bytes(numbers[0]) if numbers and numbers[0] else b""

    def uids_after(self, last: int, *, now: datetime) -> list[int]:
        """Returns the mails that came after another one, and lately, the oldest first."""
        since = _day(now - LOOK_BACK)
        found = self._search("SINCE", since, "UID", f"{last + 1}:*")
        return [uid for uid in found if uid > last]  # "9:*" has the last mail at least

    def beginning_of(self, uid: int) -> bytes | None:
        """Returns the first 128 KB of a mail, without marking it as read; None if it is too large.

        What is no longer there is b"".
        """
        sizes = self._uid("FETCH", str(uid), "(RFC822.SIZE)")
        lines = b" ".join(each for each in sizes if isinstance(each, bytes))
        found = re.search(rb"RFC822\.SIZE (\d{1,12})", lines)
        if found is None:
            return b""
        if int(found[1]) > LARGEST:
            return None
        data = self._uid("FETCH", str(uid), f"(BODY.PEEK[]<0.{BEGINNING}>)")
        literals = [each[1] for each in data if isinstance(each, tuple) and len(each) > 1]
        return bytes(literals[0])[:BEGINNING] if literals else b""

    def put_away(self, uid: int) -> None:
        """Moves a mail out of the folder, or marks it as read where that is not possible.

        If neither is, or another worker has done it meanwhile, it stays: to understand a mail once
        more changes nothing.
        """
        with suppress(MailboxError):
            self._uid("STORE", str(uid), "+FLAGS.SILENT", f"({OURS})")
        if "MOVE" in self._connection.capabilities:
            with suppress(MailboxError):
                self._move(uid)
                return
        with suppress(MailboxError):
            self._uid("STORE", str(uid), "+FLAGS.SILENT", r"(\Seen)")

    def delete_old(self, *, now: datetime) -> int:
        """Deletes what was put away long ago, and leaves the folder; returns how many mails.

        Only what a mark of ours names, and of the rest not even what somebody else wants deleted.
        """
        done = self._delete_here(now)
        status, _data = self._connection.select(_quoted(PUT_AWAY_INTO))
        return done + (self._delete_here(now) if status == "OK" else 0)

    def _delete_here(self, now: datetime) -> int:
        old = self._search("KEYWORD", OURS, "BEFORE", _day(now - KEPT))[:DELETED_AT_ONCE]
        if not old:
            return 0
        uids = ",".join(map(str, old))
        self._uid("STORE", uids, "+FLAGS.SILENT", r"(\Deleted)")
        if "UIDPLUS" in self._connection.capabilities:  # others delete what is marked in time
            self._uid("EXPUNGE", uids)
        return len(old)

    def _search(self, *criteria: str) -> list[int]:
        data = self._uid("SEARCH", "UNDELETED", *criteria)
        words = b" ".join(each for each in data if isinstance(each, bytes)).split()
        return sorted(int(word) for word in words if word.isdigit())

    def _move(self, uid: int) -> None:
        folder = _quoted(PUT_AWAY_INTO)
        try:
            self._uid("MOVE", str(uid), folder)
        except MailboxError:
            self._connection.create(folder)
            self._uid("MOVE", str(uid), folder)

    def _uid(self, *command: str) -> Data:
        status, data = self._connection.uid(*command)
        if status != "OK":
            raise MailboxError(f"The server refuses {command[0]}.")
        return data


def _connect(address: MailboxAddress) -> imaplib.IMAP4:
    context = ssl.create_default_context()  # imaplib's own believes every certificate
    if address.is_encrypted:
        return imaplib.IMAP4_SSL(address.host, address.port, ssl_context=context, timeout=SECONDS)
    connection = imaplib.IMAP4(address.host, address.port, timeout=SECONDS)
    try:
        if not _is_this_machine(address.host):
            connection.starttls(context)
    except (imaplib.IMAP4.error, OSError):
        _take_leave(connection)
        raise
    return connection


def _take_leave(connection: imaplib.IMAP4) -> None:
    with suppress(imaplib.IMAP4.error, OSError):
        connection.logout()
    with suppress(OSError):
        connection.shutdown()  # a server that has hung up leaves our side open


def _day(moment: datetime) -> str:
    return f"{moment.day:02}-{MONTHS[moment.month - 1]}-{moment.year}"


def _is_this_machine(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _quoted(folder: str) -> str:
    escaped = folder.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
