"""Mails for tests: nothing leaves the process."""

from collections.abc import Iterator
from contextlib import contextmanager

from ..wire.mails import Mail
from . import Channel

outbox: list[Mail] = []
"""What was sent since somebody emptied it."""


class MemoryTransport:
    """Keeps mails in ``outbox``."""

    @contextmanager
    def open(self) -> Iterator[Channel]:
        """Opens without further ado."""
        yield self

    def deliver(self, mail: Mail) -> None:
        """Keeps one mail."""
        outbox.append(mail)

    def forget(self, address: str) -> int:
        """Deletes the mails to an address; returns how many."""
        kept = [mail for mail in outbox if mail.recipient != address]
        number = len(outbox) - len(kept)
        outbox[:] = kept
        return number
