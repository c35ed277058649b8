"""A message that is ready, and what can become of it."""

from dataclasses import dataclass
from datetime import timedelta
from enum import Enum, auto
from typing import Final

PATIENCE: Final = timedelta(minutes=10)
"""How long the answer to the last dot is waited for. A server that has a whole mail may think about
it for so long, and who hangs up earlier never knows who has it: RFC 5321, 4.5.3.2.6."""


@dataclass(frozen=True, slots=True)
class Mail:
    """One message to one recipient, as it goes over the wire."""

    message_id: str
    sender: str
    """Address of the envelope, to which bounces return."""
    recipient: str
    content: bytes
    """The message after RFC 5322, with CRLF at the end of lines."""
    may_begin_lines_with_dots: bool = True
    """Whether somebody who has to double them should look for any; an issue knows beforehand."""


class Stage(Enum):
    """How far a conversation with a mail server was; it says whom an answer is about."""

    CONNECTING = auto()
    """Greeting, encryption, password: it is about us."""
    SENDER = auto()
    """Nothing of this mail has been said but who sends it."""
    RECIPIENT = auto()
    CONTENT = auto()


class NotAcceptedError(Exception):
    """A mail was not taken over; it may be sent again, or never, but nobody has it.

    The message has the server's code alone: what a server says may repeat the address.
    """

    def __init__(
        self,
        code: str,
        *,
        is_permanent: bool,
        enhanced_code: str = "",
        stage: Stage = Stage.CONTENT,
        is_lost: bool = False,
    ) -> None:
        super().__init__(f"{code} {enhanced_code}".rstrip())
        self.code = code
        """The server's, or the kind of error where there was no answer."""
        self.is_permanent = is_permanent
        """Whether it is of no use to try again."""
        self.enhanced_code = enhanced_code
        """As RFC 3463 defines it: "5.1.1"; "" where the server gave none."""
        self.stage = stage
        self.is_lost = is_lost
        """Whether the connection is gone, for the next mail as well."""

    @property
    def smtp_code(self) -> int | None:
        """The server's code as a number, if it said one."""
        return int(self.code) if self.code.isdecimal() else None


class UncertainError(Exception):
    """The connection was lost after the last byte: nobody can know whether the mail was taken."""
