"""Django's own way to send mail, which transports build upon."""

from typing import Any

import django
from django.core import mail


def default_backend() -> Any:
    """Makes the backend of ``EMAIL_BACKEND``, or of the default of ``MAILERS``."""
    if django.VERSION >= (6, 1):
        return mail.mailers["default"]
    return mail.get_connection(fail_silently=False)
