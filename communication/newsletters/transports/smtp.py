"""Mail by SMTP, with the server that Django's own mail settings name."""

import re
import smtplib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

import django
from django.core import mail
from django.core.exceptions import ImproperlyConfigured
from django.core.mail.backends.smtp import EmailBackend

from ..mails import Mail, NotAcceptedError, UncertainError
from . import Channel

_AT_LINE_START: Final = re.compile(rb"^\.", re.MULTILINE)
"""A dot that begins a line would end the message: RFC 5321, 4.5.2."""


class SmtpTransport:
    """Sends through ``EMAIL_HOST`` and its fellows, or the default of ``MAILERS``."""

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
            raise NotAcceptedError(_code_of(error), is_permanent=False) from None
        try:
            yield SmtpChannel(backend.connection)
        finally:
            backend.close()

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

    def deliver(self, mail: Mail) -> None:
        """Hands over one mail.

        Raises:
            NotAcceptedError: when the server refuses it, or the connection is lost before its end.
            UncertainError: when the connection is lost after it.
        """
        try:
            self._prepare(mail)
        except (OSError, smtplib.SMTPException) as error:
            raise NotAcceptedError(_code_of(error), is_permanent=False) from None
        try:
            code, _answer = self._connection.docmd(".")
        except (OSError, smtplib.SMTPException) as error:
            raise UncertainError(_code_of(error)) from None
        _require(code, {250})

    def _prepare(self, mail: Mail) -> None:
        """Sends everything but the last dot."""
        connection = self._connection
        connection.ehlo_or_helo_if_needed()
        try:
            _require(connection.mail(mail.sender)[0], {250})
            _require(connection.rcpt(mail.recipient)[0], {250, 251})
            _require(connection.docmd("DATA")[0], {354})
        except NotAcceptedError:
            connection.rset()  # the next mail begins anew
            raise
        connection.send(_AT_LINE_START.sub(b"..", mail.content))


def _require(code: int, wanted: set[int]) -> None:
    if code not in wanted:
        raise NotAcceptedError(str(code), is_permanent=code >= 500)


def _backend() -> Any:
    if django.VERSION >= (6, 1):
        backend = mail.mailers["default"]
    else:
        backend = mail.get_connection(fail_silently=False)
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
