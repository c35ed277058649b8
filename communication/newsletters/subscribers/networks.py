"""From where a form was sent: hashed, with a salt of the day, and never the address itself."""

from datetime import date
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Final

from django.http import HttpRequest

from v2v_snippets.publication.clients import client_address

from .addresses import keyed

PREFIXES: Final = {4: 24, 6: 48}
"""In bits: as much as one household or school usually has."""

INSIDE: Final = [
    ip_network(network)
    for network in (
        "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
        "192.168.0.0/16", "::1/128", "fc00::/7", "fe80::/10",
    )
]  # fmt: skip
"""A request from here came through a proxy that the settings do not name."""


def network_of(request: HttpRequest, today: date) -> str:
    """Returns the hash of the network that a request came from; "" where that is not known.

    ``V2V_TRUSTED_PROXIES`` says how many proxies of the site's own stand in between.
    """
    prefix = network_prefix(str(client_address(request) or ""))
    return keyed("network", f"{today.isoformat()} {prefix}") if prefix else ""


def network_prefix(text: str) -> str:
    """Returns the network of an address: "203.0.113.0/24"; "" for what is no public address.

    >>> network_prefix("2001:db8:1:2::3")
    '2001:db8:1::/48'
    """
    try:
        address: IPv4Address | IPv6Address = ip_address(text.strip())
    except ValueError:
        return ""
    mapped = getattr(address, "ipv4_mapped", None)
    address = mapped or address
    if any(address in network for network in INSIDE if network.version == address.version):
        return ""
    return str(ip_network(f"{address}/{PREFIXES[address.version]}", strict=False))
