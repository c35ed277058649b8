"""Mail by SMTP, with the server that Django's own mail settings name."""

import re
import select
import smtplib
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any, Final

from django.core.exceptions import ImproperlyConfigured
from django.core.mail.backends.smtp import EmailBackend

from ..wire.mails import PATIENCE, Mail, NotAcceptedError, Stage, UncertainError
from . import Channel
from .backends import default_backend

_ENHANCED_CODE: Final = re.compile(rb"[245]\.\d{1,3}\.\d{1,3}\b")
"""Begins the words of an answer (RFC 2034, 4)."""

GO_ON: Final = 354
CLOSING: Final = 421
"""The server ends the conversation, whatever was asked (RFC 5321, 3.8)."""


class SmtpTransport:
    """Sends through ``EMAIL_HOST`` and its fellows, or the default of ``MAILERS``.

    A server that says nothing is given up after the timeout of these settings, or after a minute.
    """

    @contextmanager
    def open(self) -> Iterator[Channel]:
        """Connects, and says goodbye at the end.

        Raises:
            ImproperlyConfigured: when Django sends its mail in another way.
            NotAcceptedError: when the server cannot be reached or refuses us.
        """
        backend = _backend()
        try:
            backend.open()
        except (OSError, smtplib.SMTPException) as error:
            _close(backend)  # it may stand half open, without a password
            raise _failure(error, Stage.CONNECTING) from None
        _let_the_dot_go_at_once(backend.connection.sock)
        channel = SmtpChannel(backend.connection)
        try:
            yield channel
        finally:
            channel.withdraw()
            _close(backend)

    def forget(self, address: str) -> int:
        """Returns 0: no copy is kept."""
        return 0


class SmtpChannel:
    """An open connection. What the server says is reduced to its code: see ``NotAcceptedError``.

    The last dot is sent by itself, so that it is known whether a lost connection was lost before it
    (nobody has the mail) or after it (somebody may): RFC 5321, 4.5.3.2.6.
    """

    def __init__(self, connection: smtplib.SMTP) -> None:
        self._connection = connection
        self._stage = Stage.SENDER
        self._announced: Mail | None = None

    def deliver(self, mail: Mail) -> None:
        """Hands over one mail, for somebody who waits: with no more patience than for a command.

        Raises:
            NotAcceptedError: when the server refuses it, or the connection is lost before its end.
            UncertainError: when the connection is lost after it.
        """
        self.hand_in(mail)
        self._hear()

    def hear(self) -> None:
        """Waits for the answer to the last dot, longer than for any other.

        Raises:
            NotAcceptedError: when the server refuses the mail.
            UncertainError: when the connection is lost, or ``PATIENCE`` is.
        """
        with _patience(self._connection.sock):
            self._hear()

    def _hear(self) -> None:
        try:
            answer = self._connection.getreply()
        except (OSError, smtplib.SMTPException) as error:
            raise UncertainError(_code_of(error)) from None
        if not 200 <= answer[0] < 600:  # no answer at all, though the connection stands
            raise UncertainError(str(answer[0]))
        _require(answer, range(200, 300), Stage.CONTENT)

    def announce(self, mail: Mail) -> None:
        """Says from whom and to whom the next mail is, before the answer to the last dot.

        The end of a message may be followed by what comes before the next: RFC 2920, 3.1. So a mail
        costs one way there and back. Its content waits until it is handed in.
        """
        if self._connection.has_extn("pipelining"):
            self._announced = mail
            with suppress(OSError, smtplib.SMTPException):  # whoever hears will hear of it
                self._connection.send(_in_one_breath(mail))

    def withdraw(self) -> None:
        """Hangs up on a server that waits for content which does not come.

        Anything else that could be said now would be content; without a last dot, nobody gets it.
        """
        if self._announced is not None:
            self._announced = None
            self._connection.close()

    def hand_in(self, mail: Mail) -> None:
        """Says everything up to and with the last dot.

        Raises:
            NotAcceptedError: when the server refuses the mail, or the connection is lost.
        """
        connection = self._connection
        try:
            connection.ehlo_or_helo_if_needed()
            if connection.has_extn("pipelining"):
                self._announce_at_once(mail)
            else:
                self._announce(mail)
            self._stage = Stage.CONTENT
            connection.send(_with_dots_doubled(mail))
            self._require_silence()
            # what cannot be written was not sent: only from here on may the server have the mail
            connection.putcmd(".")
        except (OSError, smtplib.SMTPException) as error:
            raise _failure(error, self._stage) from None
        except NotAcceptedError as error:
            if not error.is_lost:
                with suppress(OSError, smtplib.SMTPException):
                    connection.rset()  # the next mail begins anew
            raise

    def _announce(self, mail: Mail) -> None:
        """Says from whom, to whom, and that the content follows, each when the last is agreed."""
        for command, self._stage, wanted in _envelope(mail):
            self._connection.putcmd(command)
            _require(self._connection.getreply(), wanted, self._stage)

    def _announce_at_once(self, mail: Mail) -> None:
        """Says the same in one breath, where the server can listen so long: RFC 2920."""
        connection, envelope = self._connection, _envelope(mail)
        self._stage = Stage.SENDER
        if self._announced is not mail:
            self.withdraw()
            connection.send(_in_one_breath(mail))
        self._announced = None
        answers = []
        for _command, self._stage, _wanted in envelope:
            answers.append(connection.getreply())
            if answers[-1][0] == CLOSING:
                break
        try:
            for answer, (_command, self._stage, wanted) in zip(answers, envelope, strict=False):
                _require(answer, wanted, self._stage)
        except NotAcceptedError:
            if len(answers) == len(envelope) and answers[-1][0] == GO_ON:
                connection.docmd(".")  # it waits for content, which is for nobody (RFC 2920, 3.1)
            raise

    def _require_silence(self) -> None:
        """Finds out whether the server has hung up before the end: it says nothing until then."""
        sock = self._connection.sock
        if isinstance(sock, ssl.SSLSocket):
            return  # encryption has things to say of its own
        if isinstance(sock, socket.socket) and select.select([sock], [], [], 0)[0]:
            _require(self._connection.getreply(), range(0), Stage.CONTENT)


def _with_dots_doubled(mail: Mail) -> bytes:
    """Doubles dots that begin a line: alone, one would end the message (RFC 5321, 4.5.2)."""
    if not mail.may_begin_lines_with_dots:
        return mail.content
    doubled = mail.content.replace(b"\r\n.", b"\r\n..")
    return b"." + doubled if doubled.startswith(b".") else doubled


def _let_the_dot_go_at_once(sock: Any) -> None:
    """Spares each mail 40 ms: a short packet would wait until the one before is acknowledged."""
    if isinstance(sock, socket.socket):
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)


@contextmanager
def _patience(sock: Any) -> Iterator[None]:
    """Lets a socket wait as long as the answer to a whole mail may take."""
    if not isinstance(sock, socket.socket):  # it is closed
        yield
        return
    usual = sock.gettimeout()
    sock.settimeout(PATIENCE.total_seconds())
    try:
        yield
    finally:
        with suppress(OSError):  # it may have been closed meanwhile
            sock.settimeout(usual)


def _envelope(mail: Mail) -> list[tuple[str, Stage, range]]:
    """Returns each command before the content, whom its answer is about, and what it should be."""
    return [
        (f"MAIL FROM:<{mail.sender}>", Stage.SENDER, range(250, 251)),
        (f"RCPT TO:<{mail.recipient}>", Stage.RECIPIENT, range(250, 252)),
        ("DATA", Stage.CONTENT, range(GO_ON, GO_ON + 1)),
    ]


def _in_one_breath(mail: Mail) -> str:
    return "".join(f"{command}\r\n" for command, _stage, _wanted in _envelope(mail))


def _require(answer: tuple[int, bytes], wanted: range, stage: Stage) -> None:
    code, words = answer
    if code not in wanted:
        raise NotAcceptedError(
            str(code),
            is_permanent=code >= 500,
            enhanced_code=_enhanced_code(words),
            stage=stage,
            is_lost=code == CLOSING or code < 0,
        )


def _failure(error: OSError | smtplib.SMTPException, stage: Stage) -> NotAcceptedError:
    """Translates what smtplib raises: a refusal where the server said no, a lost line elsewhere."""
    code = getattr(error, "smtp_code", None) or 0
    return NotAcceptedError(
        _code_of(error),
        is_permanent=code >= 500,
        enhanced_code=_enhanced_code(getattr(error, "smtp_error", b"")),
        stage=stage,
        is_lost=True,
    )


def _enhanced_code(words: bytes | str) -> str:
    found = _ENHANCED_CODE.match(words if isinstance(words, bytes) else words.encode())
    return found[0].decode() if found else ""


def _close(backend: Any) -> None:
    """Says goodbye; a server that has hung up hears nothing of it."""
    with suppress(OSError, smtplib.SMTPException):
        backend.close()


def _backend() -> Any:
    backend = default_backend()
    if not isinstance(backend, EmailBackend):
        raise ImproperlyConfigured(
            "The SMTP transport of newsletters needs Django's SMTP backend, and this site has "
            f"{type(backend).__module__}: set EMAIL_BACKEND (on Django 6.1, MAILERS), or choose "
            "another V2V_MAIL_TRANSPORT, such as "
            "communication.newsletters.transports.files.FileTransport."
        )
    return backend


def _code_of(error: Exception) -> str:
    code = getattr(error, "smtp_code", None)
    return str(code) if code else type(error).__name__
