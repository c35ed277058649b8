"""The way by SMTP, on which the process kills itself at a point that an environment variable names.

``SIGKILL`` runs no line of ours after it, and no ``finally``; what the process has written to the
socket still arrives, and what it has not committed does not.
"""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from communication.newsletters.transports.smtp import SmtpTransport
from communication.newsletters.wire.mails import Mail

KILLED_AT = "V2V_TEST_KILLED_AT"
"""Names a point, and the recipient of the mail that comes to it: "before the dot r1@…"."""


class KilledTransport(SmtpTransport):
    """Comes after the claim, which is committed; the first mail opens it."""

    @contextmanager
    def open(self) -> Iterator[Any]:
        reach("after the claim", "")
        with super().open() as channel:
            yield KilledChannel(channel)


class KilledChannel:
    """Says each method itself: a protocol sees nothing that is only passed on."""

    def __init__(self, channel: Any) -> None:
        self.channel = channel
        self.announce = channel.announce
        self.recipient = ""
        connection = channel._connection
        self.putcmd, connection.putcmd = connection.putcmd, self.put

    def deliver(self, mail: Mail) -> None:
        self.hand_in(mail)
        self.hear()

    def hand_in(self, mail: Mail) -> None:
        self.recipient = mail.recipient
        reach("after the fence", mail.recipient)
        self.channel.hand_in(mail)

    def put(self, command: str, arguments: str = "") -> None:
        """Stands between the content and the last dot, and behind that."""
        if command == ".":
            reach("before the dot", self.recipient)
        self.putcmd(command, arguments)
        if command == ".":
            reach("after the dot", self.recipient)

    def hear(self) -> None:
        self.channel.hear()
        reach("after 250", self.recipient)


def reach(point: str, recipient: str) -> None:
    if os.environ[KILLED_AT] == f"{point} {recipient}".rstrip():
        os.kill(os.getpid(), signal.SIGKILL)
