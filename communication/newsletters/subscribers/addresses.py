"""Mail addresses: one spelling of each, its hmac, and how much of it people may see.

What is kept of an address after its owner was erased is the hmac: enough to know it again, and of
no use to whoever finds the database without the key.
"""

import hmac
from typing import Final

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

LONGEST: Final = 254
"""In characters: RFC 5321, 4.5.3.1.3, without the angle brackets."""

SECRETS: Final = {
    "address": b"communication_newsletters.address",
    "domain": b"communication_newsletters.domain",
    "network": b"communication_newsletters.network",
}
"""Purposes, so that hmacs of one kind say nothing about those of another."""


def normalised(address: str) -> str:
    """Returns the one spelling by which an address is known: small letters, domain in ASCII.

    Mail servers could tell ``Ana@`` from ``ana@`` (RFC 5321, 2.4), but none does. Quoted names
    (``"a b"@``) are refused: nobody has one, and they may hold what breaks a header.

    Raises:
        ValidationError: when it is no address; the message does not repeat it.
    """
    local, _at, domain = address.strip().rpartition("@")
    try:
        domain = domain.encode("idna").decode() if not domain.isascii() else domain
        whole = f"{local}@{domain}".lower()
        validate_email(whole.replace('"', " "))
    except (UnicodeError, ValidationError) as error:
        raise ValidationError(_("This is no mail address."), code="invalid") from error
    if len(whole) > LONGEST:
        raise ValidationError(_("This address is too long."), code="invalid")
    return whole


def domain_of(address: str) -> str:
    """Returns the part of a normalised address behind the @."""
    return address.rpartition("@")[2]


def mailbox_of(address: str) -> str:
    """Returns the address without a part that its owner may vary: ``ana+x@`` reaches ``ana@``."""
    local, at, domain = address.rpartition("@")
    return f"{local.partition('+')[0] or local}{at}{domain}"


def masked(address: str) -> str:
    """Returns as much of an address as people may see who need not write to it.

    >>> masked("ana.kovac@school.example")
    'a•••@school.example'
    """
    local, at, domain = address.rpartition("@")
    return f"{local[:1]}•••{at}{domain}" if at else ""


def address_hmac(address: str) -> str:
    """Returns the hmac under which a normalised address is kept."""
    return keyed("address", address)


def known_hmacs(address: str) -> list[str]:
    """Returns all hmacs that a normalised address may be kept under, also from older keys."""
    return [_hmac(key, "address", address) for key in address_keys()]


def keyed(purpose: str, text: str) -> str:
    """Returns an hmac of ``text`` for one of the purposes, under the current key."""
    return _hmac(address_keys()[0], purpose, text)


def address_keys() -> list[str]:
    """Returns the keys of the hmacs, that in use first.

    ``V2V_ADDRESS_KEY`` is a key of its own, which never changes; without it, the secret keys of the
    site, of which old ones count as long as they stand in ``SECRET_KEY_FALLBACKS``.
    """
    own = getattr(settings, "V2V_ADDRESS_KEY", "")
    keys = (own, settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return [str(key) for key in keys if key]


def _hmac(key: str, purpose: str, text: str) -> str:
    return hmac.new(key.encode(), SECRETS[purpose] + b"\0" + text.encode(), "sha256").hexdigest()
