"""Origins of websites (RFC 6454): scheme, host and port, as browsers send them in ``Origin``."""

import re
from ipaddress import IPv6Address
from typing import Final
from urllib.parse import SplitResult, urlsplit

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

HOST: Final = re.compile(r"(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z0-9-]{1,63}")
LOCAL: Final = frozenset({"localhost", "127.0.0.1", "::1"})
"""Hosts that a webmaster tries things on: there, no certificate is to be had."""
DEFAULT_PORTS: Final = {"https": 443, "http": 80}


def normal_origin(text: str) -> str:
    """Returns an origin exactly as a browser sends it: small letters, no default port, no slash.

    Raises:
        ValidationError: when it is none, or one to which anybody on the way could add scripts.
    """
    try:
        parts = urlsplit(text.strip())
        host, port = _ascii_host(parts), parts.port
    except ValueError:
        host, port = "", None
    whole = host and not (parts.path.strip("/") or parts.query or parts.fragment or "@" in text)
    if not whole or parts.scheme not in DEFAULT_PORTS:
        raise ValidationError(
            _("“%(origin)s” is no origin: give scheme and host alone, as in https://www.school.eu"),
            params={"origin": text},
        )
    if parts.scheme != "https" and host not in LOCAL and not host.endswith(".localhost"):
        raise ValidationError(
            _("“%(origin)s” is not encrypted: only localhost may go without https."),
            params={"origin": text},
        )
    shown = f"[{host}]" if ":" in host else host
    is_default = port in {None, DEFAULT_PORTS[parts.scheme]}
    return f"{parts.scheme}://{shown}{'' if is_default else f':{port}'}"


def validate_origins(origins: object) -> None:
    """Accepts a list of origins as browsers send them.

    Raises:
        ValidationError: names what is none.
    """
    if not isinstance(origins, list):
        raise ValidationError(_("Give a list of origins."))
    for origin in origins:
        if not isinstance(origin, str) or normal_origin(origin) != origin:
            raise ValidationError(
                _("Write “%(origin)s” as browsers send it: %(normal)s"),
                params={"origin": origin, "normal": normal_origin(str(origin))},
            )


def _ascii_host(parts: SplitResult) -> str:
    """Returns the host in ASCII letters, as it is asked for; "" when it is none.

    Names whose letters Python writes otherwise than browsers (ß) are to be given in ASCII.
    """
    host = parts.hostname or ""
    if ":" in host:
        return str(IPv6Address(host))
    name = host.encode("idna")
    if name.decode("idna") != host and not host.isascii():
        return ""
    ascii_name = name.decode()
    return ascii_name if HOST.fullmatch(ascii_name) else ""
