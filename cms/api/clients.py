"""Who asks without a key: an address, known only as long as its requests are counted.

A client of IPv6 has a whole network to choose addresses from, so that its first 64 bits name it.
No address is kept: what is counted goes under a hash that is another one each day.
"""

from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import Final

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

SALT: Final = "v2v_api.clients"
NETWORK_OF_IPV6: Final = 64

Address = IPv4Address | IPv6Address


def client_name(request: HttpRequest) -> str:
    """Returns a name for whoever asks, by which nobody finds them; "" where the address is unknown.

    The name changes with the day (UTC) and with ``SECRET_KEY``.
    """
    address = client_address(request)
    if address is None:
        return ""
    salt = f"{SALT}.{timezone.now():%Y-%m-%d}"
    return salted_hmac(salt, _network(address), algorithm="sha256").hexdigest()[:32]


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


def _network(address: Address) -> bytes:
    """Returns what is the same for all addresses of one client."""
    return address.packed if address.version == 4 else address.packed[: NETWORK_OF_IPV6 // 8]
