"""An open connection to the mail server, kept from one step of a worker to the next."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from typing import Final

from ...transports import Channel, PatientChannel, load_transport
from ...wire.mails import Mail, NotAcceptedError, UncertainError

IDLE_AFTER: Final = timedelta(seconds=20)
"""Mail servers hang up on those who say nothing; it is more polite to go first."""


class Line:
    """Opens when there is a mail to send, and closes when it breaks or is no longer needed."""

    def __init__(self) -> None:
        self._opened: AbstractContextManager[Channel] | None = None
        self._channel: Channel | None = None
        self._patient: PatientChannel | None = None
        """The same, if it is one that leaves time: to ask it for each mail would take some."""
        self._announced = False
        self._used_at: datetime | None = None
        self.carried = 0
        """Mails that were spoken about since it was opened, accepted or not."""

    def open(self) -> None:
        """Connects, unless it is open.

        Raises:
            NotAcceptedError: when there is no connection.
        """
        if self._channel is None:
            opened = load_transport().open()
            self._channel = opened.__enter__()
            self._opened, self.carried = opened, 0
            self._patient = self._channel if isinstance(self._channel, PatientChannel) else None

    def deliver(self, mail: Mail, now: datetime, meanwhile: Callable[[], None]) -> None:
        """Hands over one mail on the open line; what breaks is closed.

        Args:
            mail: To be handed over.
            now: When.
            meanwhile: What can be done until the answer comes. It must not raise.

        Raises:
            NotAcceptedError: when the mail was not taken.
            UncertainError: when it may have been.
        """
        if self._channel is None:
            raise RuntimeError("The line is not open.")
        self._announced = False
        try:
            if self._patient is not None:
                self._patient.hand_in(mail)
                meanwhile()
                self._patient.hear()
            else:
                self._channel.deliver(mail)
        except UncertainError:
            self.close()
            raise
        except NotAcceptedError as error:
            if error.is_lost:
                self.close()
            else:
                self._note_use(now)
            raise
        except BaseException:
            self.close()  # whatever it was, the conversation stands at an unknown place
            raise
        self._note_use(now)

    def announce(self, mail: Mail) -> None:
        """Says that a mail will follow upon the one that is being handed over, where that helps."""
        if self._patient is not None:
            self._announced = True
            self._patient.announce(mail)

    def withdraw(self) -> None:
        """Closes, if a mail was announced that is not to follow after all."""
        if self._announced:
            self.close()

    def close_if_idle(self, now: datetime) -> None:
        """Says goodbye if nothing has been sent for a while."""
        if self._used_at is not None and now - self._used_at >= IDLE_AFTER:
            self.close()

    def close(self) -> None:
        """Says goodbye; what it carried stays known."""
        opened, self._opened, self._channel, self._used_at = self._opened, None, None, None
        self._patient, self._announced = None, False
        if opened is not None:
            opened.__exit__(None, None, None)

    def _note_use(self, now: datetime) -> None:
        self.carried += 1
        self._used_at = now
