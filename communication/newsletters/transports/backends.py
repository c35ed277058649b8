"""Django's own way to send mail, which transports build upon."""

import socket
from typing import Any, Final

import django
from django.core import mail
from django.core.mail.backends.smtp import EmailBackend

PATIENCE: Final = 60.0
"""Seconds for each answer of a mail server, unless the site chooses its own.

Django's default is to wait for ever, and a server that stalls would hold a worker as long. RFC
5321, 4.5.3.2, would wait for minutes; but what a worker has in hand is lent for ten, and a mail has
four answers to wait for.
"""


def default_backend() -> Any:
    """Makes the backend of ``EMAIL_BACKEND``, or of the default of ``MAILERS``.

    By SMTP, it does not wait longer than ``PATIENCE`` where neither settings nor process say more.
    """
    if django.VERSION >= (6, 1):
        backend = mail.mailers["default"]
    else:
        backend = mail.get_connection(fail_silently=False)
    if isinstance(backend, EmailBackend) and backend.timeout is None:
        backend.timeout = socket.getdefaulttimeout() or PATIENCE
    return backend
