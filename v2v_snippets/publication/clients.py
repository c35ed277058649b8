"""From which address a request came, where proxies may stand in between."""

from ipaddress import IPv4Address, IPv6Address, ip_address

from django.conf import settings
from django.http import HttpRequest

Address = IPv4Address | IPv6Address


def client_address(request: HttpRequest) -> Address | None:
    """Returns the address that a request came from; None when the server does not know it.

    With ``V2V_TRUSTED_PROXIES`` proxies in front, each of which adds to ``X-Forwarded-For`` whom it
    was asked by, it is the entry that the outermost of them wrote. Whatever stands to the left of
    that, a client may have made up.
    """
    proxies = getattr(settings, "V2V_TRUSTED_PROXIES", 0)
    forwarded = request.headers.get("X-Forwarded-For", "").split(",")
    if 0 < proxies <= len(forwarded):
        found = _parsed(forwarded[-proxies])
        if found is not None:
            return found
    return _parsed(request.META.get("REMOTE_ADDR") or "")


def _parsed(text: str) -> Address | None:
    """Reads an address, also with a port, as some servers write it."""
    text = text.strip()
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        address = ip_address(text)
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address
