"""Mails as files to look at, for demos and for working on the site: nothing is sent."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.parser import BytesHeaderParser
from email.policy import SMTP
from pathlib import Path
from typing import Final

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils import timezone

from ..wire.mails import Mail
from . import Channel

SUFFIX: Final = ".eml"
UNFINISHED: Final = ".part"
WRITTEN_WITHIN: Final = timedelta(minutes=1)
"""Whatever is unfinished for longer was left by a writer that was killed."""


@dataclass(frozen=True, slots=True)
class StoredMail:
    """One of the files."""

    name: str
    """Of the file, without folder and suffix; it says nothing of the recipient."""
    written_at: datetime
    message: EmailMessage

    @property
    def subject(self) -> str:
        """Decoded."""
        return str(self.message["Subject"])

    @property
    def recipient(self) -> str:
        """The address that it is for."""
        return str(self.message["To"])

    @property
    def language(self) -> str:
        """Of the text, as its header says it."""
        return str(self.message["Content-Language"] or "")


class FileTransport:
    """Writes each mail into ``V2V_MAIL_FOLDER``; a page of the admin lists them.

    A mail that is sent again, with the same Message-ID, replaces its file.
    """

    def __init__(self) -> None:
        folder = getattr(settings, "V2V_MAIL_FOLDER", None)
        if not folder:
            raise ImproperlyConfigured(
                "The file transport of newsletters needs a folder: set V2V_MAIL_FOLDER."
            )
        self.folder = Path(folder)

    @contextmanager
    def open(self) -> Iterator[Channel]:
        """Makes the folder, for its owner alone."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._drop_unfinished()
        yield self

    def deliver(self, mail: Mail) -> None:
        """Writes one mail, whole or not at all; not if its reader is erased at that moment."""
        name = hashlib.sha256(f"{mail.message_id} {mail.recipient}".encode()).hexdigest()[:32]
        path = self.folder / f"{name}{SUFFIX}"
        unfinished = path.with_suffix(UNFINISHED)
        unfinished.write_bytes(mail.content)
        with suppress(FileNotFoundError):
            unfinished.replace(path)

    def forget(self, address: str) -> int:
        """Deletes the mails to an address, whole or not; returns how many."""
        self._drop_unfinished()
        found = [path for path in self._paths() if self._recipient_of(path) == address]
        for path in found:
            path.unlink(missing_ok=True)
        return len(found)

    def recipients(self) -> set[str]:
        """Returns the addresses of which mails are kept, whole or not."""
        self._drop_unfinished()
        return {self._recipient_of(path) for path in self._paths()} - {""}

    def stored(self) -> list[StoredMail]:
        """Returns the mails, the latest first."""
        files = ((path.stat().st_mtime, path) for path in self.folder.glob(f"*{SUFFIX}"))
        return [self._read(path) for _when, path in sorted(files, reverse=True)]

    def named(self, name: str) -> StoredMail | None:
        """Returns one mail by the name of its file; None if there is none."""
        path = self.folder / f"{name}{SUFFIX}"
        is_ours = name.isalnum() and path.is_file()
        return self._read(path) if is_ours else None

    def _paths(self) -> list[Path]:
        # what is unfinished comes first: it may be finished before the others are listed
        return [*self.folder.glob(f"*{UNFINISHED}"), *self.folder.glob(f"*{SUFFIX}")]

    def _drop_unfinished(self) -> None:
        """Deletes what a killed writer has left; of such a piece nobody may be able to read To."""
        oldest = (timezone.now() - WRITTEN_WITHIN).timestamp()
        for path in self.folder.glob(f"*{UNFINISHED}"):
            with suppress(FileNotFoundError):  # it was finished meanwhile
                if path.stat().st_mtime < oldest:
                    path.unlink()

    def _recipient_of(self, path: Path) -> str:
        """Returns the address that a file is for; "" for one that is not there any more."""
        try:
            with path.open("rb") as file:
                return str(BytesHeaderParser(policy=SMTP).parse(file)["To"] or "")
        except FileNotFoundError:
            return ""

    def _read(self, path: Path) -> StoredMail:
        written_at = datetime.fromtimestamp(path.stat().st_mtime, UTC)
        message = message_from_bytes(path.read_bytes(), policy=SMTP)
        return StoredMail(path.stem, timezone.localtime(written_at), message)
