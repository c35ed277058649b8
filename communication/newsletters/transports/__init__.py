"""How a mail that is ready leaves the house. ``V2V_MAIL_TRANSPORT`` names the way.

A transport takes bytes: whoever builds one mail for one reader, and whoever compiles an issue once
for thousands, hand over the same thing.
"""

from contextlib import AbstractContextManager
from typing import Any, Final, Protocol, runtime_checkable

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.module_loading import import_string

from ..wire.mails import Mail

DEFAULT: Final = "communication.newsletters.transports.smtp.SmtpTransport"


class Channel(Protocol):
    """An open way out, over which many mails can go, one after the other."""

    def deliver(self, mail: Mail) -> None:
        """Hands over one mail; that it returns means that somebody else answers for it now.

        Raises:
            NotAcceptedError: when the mail was not taken.
            UncertainError: when it may have been.
        """


@runtime_checkable
class PatientChannel(Channel, Protocol):
    """A channel that leaves its user time for something else while the other side thinks.

    ``deliver()`` is ``hand_in()`` and ``hear()``, and raises what they raise; it may have less
    patience, since somebody waits for it. A mail that was
    announced and not handed in is not sent, and the channel is of no more use.
    """

    def hand_in(self, mail: Mail) -> None:
        """Says everything of a mail.

        Raises:
            NotAcceptedError: when the mail was not taken.
        """

    def announce(self, mail: Mail) -> None:
        """Says beforehand what goes before the content of a mail, if the other side allows it."""

    def hear(self) -> None:
        """Waits for what is said to what was handed in.

        Raises:
            NotAcceptedError: when the mail was not taken.
            UncertainError: when it may have been.
        """


@runtime_checkable
class Transport(Protocol):
    """A way out. The class named in the settings is made without arguments, once a use."""

    def open(self) -> AbstractContextManager[Channel]:
        """Opens a channel, and closes it at the end.

        Raises:
            NotAcceptedError: when there is no connection.
        """

    def forget(self, address: str) -> int:
        """Deletes the copies that this transport keeps of mails to an address; returns how many."""


@runtime_checkable
class Keeper(Transport, Protocol):
    """A transport that keeps mails, so that what was written during an erasure can be found."""

    def recipients(self) -> set[str]:
        """Returns the addresses of which it keeps mails."""


def load_transport() -> Transport:
    """Makes the transport that the settings name.

    Raises:
        ImproperlyConfigured: when there is none of that name.
    """
    name = getattr(settings, "V2V_MAIL_TRANSPORT", DEFAULT)
    try:
        factory: Any = import_string(name)
    except ImportError as error:
        raise ImproperlyConfigured(
            f"V2V_MAIL_TRANSPORT names {name}, which cannot be imported: {error}"
        ) from error
    transport = factory()
    if not isinstance(transport, Transport):
        raise ImproperlyConfigured(
            f"V2V_MAIL_TRANSPORT names {name}, which is no transport: it needs open() and forget()."
        )
    return transport
