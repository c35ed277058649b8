"""Addresses that take webhooks: encrypted, and of the open internet."""

import re
from ipaddress import ip_address
from typing import Any, Final
from urllib.parse import SplitResult, urlsplit

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from communication.delivery.networks import allowed_networks, is_allowed, is_public

LABEL: Final = r"[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?"
HOST: Final = re.compile(rf"(?=.{{1,253}}$)({LABEL}\.)*{LABEL}\.?", re.IGNORECASE)
PRINTABLE: Final = re.compile(r"[\x21-\x7e]+")
LOCAL_NAMES: Final = ("localhost", ".localhost", ".local", ".internal")


def validate_webhook_url(url: str) -> None:
    """Accepts https addresses; plain http only in networks that operators have allowed.

    What a name resolves to is asked again with each request.

    Raises:
        ValidationError: says what is wrong and what to write instead.
    """
    try:
        parts = urlsplit(url)
        host, _port = parts.hostname or "", parts.port
    except ValueError:
        raise ValidationError(_("This is no web address.")) from None
    if not PRINTABLE.fullmatch(url) or parts.scheme not in {"http", "https"} or not host:
        raise ValidationError(
            _("Give the whole address in ASCII letters, as in https://www.school.eu/v2v-webhook.")
        )
    if parts.username is not None or parts.password is not None or parts.fragment:
        raise ValidationError(
            _("Leave out names, passwords and what follows #: the signature says who writes.")
        )
    _validate_place(parts, host)


def _validate_place(parts: SplitResult, host: str) -> None:
    address = _literal(host)
    may_be_private = address is not None and is_allowed(address)
    is_local = host.lower().endswith(LOCAL_NAMES) and not allowed_networks()
    if address is None and (is_local or not HOST.fullmatch(host)):
        raise ValidationError(
            _("“%(host)s” is no name of the open internet."), params={"host": host}
        )
    if address is not None and not (may_be_private or is_public(address)):
        raise ValidationError(
            _("“%(host)s” is no address of the open internet: nothing is sent there."),
            params={"host": host},
        )
    if parts.scheme != "https" and not may_be_private:
        raise ValidationError(_("Webhooks are sent encrypted: begin the address with https://."))


def _literal(host: str) -> Any:
    try:
        return ip_address(host)
    except ValueError:
        return None
