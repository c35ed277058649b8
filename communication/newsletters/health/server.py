"""Whether the mail server would take mails: asked as before a mail, and left before one."""

from ipaddress import ip_address
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.mail.backends.smtp import EmailBackend

from ..transports import load_transport
from ..transports.backends import default_backend
from ..transports.files import FileTransport
from ..transports.memory import MemoryTransport
from ..transports.smtp import SmtpTransport
from ..wire.mails import NotAcceptedError
from .findings import Finding, fine, problem
from .names import Names, NamesError


def check_server() -> Finding:
    """Connects, says hello, begins encryption and signs in; sends nothing."""
    try:
        transport = load_transport()
        if isinstance(transport, FileTransport | MemoryTransport):
            return problem(
                "server",
                f"{type(transport).__name__} keeps mails and sends none: set V2V_MAIL_TRANSPORT.",
            )
        with transport.open():
            pass
    except ImproperlyConfigured as error:
        return problem("server", str(error))
    except NotAcceptedError as error:
        return problem(
            "server",
            f"The mail server does not let us in ({error}): check its address, port, encryption "
            "and password in Django's mail settings.",
        )
    if not isinstance(transport, SmtpTransport):
        return fine("server", f"{type(transport).__name__} is ready; nothing was sent through it.")
    return _judge_encryption(default_backend())


def sending_addresses(names: Names) -> list[str]:
    """Returns the IP addresses from which mail goes out, as far as the settings tell.

    ``V2V_MAIL_SERVER_ADDRESSES`` says so; without it, those of the mail server, if it is a public
    one. It may send from others, as large ones do.
    """
    own = getattr(settings, "V2V_MAIL_SERVER_ADDRESSES", None)
    if own is not None:
        return [str(address) for address in own]
    backend = default_backend()
    if not isinstance(backend, EmailBackend):
        return []
    try:
        found = (
            names.addresses(str(backend.host)) if not _is_address(backend.host) else [backend.host]
        )
    except NamesError:
        return []
    return [address for address in found if ip_address(address).is_global]


def _judge_encryption(backend: Any) -> Finding:
    is_here = backend.host == "localhost" or (
        _is_address(backend.host) and ip_address(backend.host).is_loopback
    )
    if not (backend.use_tls or backend.use_ssl or is_here):
        return problem(
            "server",
            f"Mails travel to {backend.host} unencrypted: set EMAIL_USE_TLS (on Django 6.1, the "
            "option use_tls of MAILERS).",
        )
    return fine(
        "server",
        f"{backend.host} lets us in, and has {backend.timeout:g} seconds for each answer; nothing "
        "was sent.",
    )


def _is_address(host: Any) -> bool:
    try:
        ip_address(str(host))
    except ValueError:
        return False
    return True
