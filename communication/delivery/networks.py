"""Which addresses requests to the outside may reach."""

from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_network
from typing import Any, Final

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

Address = IPv4Address | IPv6Address

_SITE_LOCAL: Final = IPv6Network("fec0::/10")


def allowed_networks() -> list[Any]:
    """Returns the networks that may be reached although they are not public.

    Raises:
        ImproperlyConfigured: when the setting holds something else.
    """
    names = getattr(settings, "V2V_OUTBOUND_ALLOWED_NETWORKS", ())
    try:
        return [ip_network(name) for name in names]
    except ValueError as error:
        raise ImproperlyConfigured(
            f"V2V_OUTBOUND_ALLOWED_NETWORKS: {error}. Write networks as in 10.1.0.0/16."
        ) from error


def is_allowed(address: Address) -> bool:
    """Tells whether operators have allowed an address that is not public."""
    return any(address in network for network in allowed_networks())


def is_public(address: Address) -> bool:
    """Tells whether an address is one of the open internet."""
    return bool(
        address.is_global
        and not address.is_multicast
        and not address.is_reserved
        and not (isinstance(address, IPv6Address) and address in _SITE_LOCAL)
    )
