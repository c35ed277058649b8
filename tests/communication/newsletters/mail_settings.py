"""The settings of mail, as this version of Django reads them."""

from typing import Any

import django


def use_server(settings: Any, port: int) -> None:
    """Lets Django send its mail through a server of this machine."""
    backend = "django.core.mail.backends.smtp.EmailBackend"
    if django.VERSION >= (6, 1):
        options = {"host": "127.0.0.1", "port": port, "timeout": 5}
        settings.MAILERS = {"default": {"BACKEND": backend, "OPTIONS": options}}
        return
    settings.EMAIL_BACKEND = backend
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    settings.EMAIL_TIMEOUT = 5


def change_server(settings: Any, **options: Any) -> None:
    """Changes further settings of the server, named as in ``MAILERS``: ``use_tls=True``."""
    if django.VERSION >= (6, 1):
        settings.MAILERS["default"]["OPTIONS"].update(options)
        return
    names = {"username": "HOST_USER", "password": "HOST_PASSWORD"}
    for name, value in options.items():
        setattr(settings, f"EMAIL_{names.get(name, name.upper())}", value)
