"""A message that is ready, and what can become of it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mail:
    """One message to one recipient, as it goes over the wire."""

    message_id: str
    sender: str
    """Address of the envelope, to which bounces return."""
    recipient: str
    content: bytes
    """The message after RFC 5322, with CRLF at the end of lines."""


class NotAcceptedError(Exception):
    """A mail was not taken over; it may be sent again, or never, but nobody has it.

    The message has the server's code alone: what a server says may repeat the address.
    """

    def __init__(self, code: str, *, is_permanent: bool) -> None:
        super().__init__(code)
        self.code = code
        self.is_permanent = is_permanent
        """Whether it is of no use to try again."""


class UncertainError(Exception):
    """The connection was lost after the last byte: nobody can know whether the mail was taken."""
