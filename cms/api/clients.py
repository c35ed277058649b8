"""Who asks without a key: an address, known only as long as its requests are counted.

A client of IPv6 has a whole network to choose addresses from, so that its first 64 bits name it.
No address is kept: what is counted goes under a hash that is another one each day.
"""

from typing import Final

from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from v2v_snippets.publication.clients import Address, client_address

SALT: Final = "v2v_api.clients"
NETWORK_OF_IPV6: Final = 64


def client_name(request: HttpRequest) -> str:
    """Returns a name for whoever asks, by which nobody finds them; "" where the address is unknown.

    The name changes with the day (UTC) and with ``SECRET_KEY``.
    """
    address = client_address(request)
    if address is None:
        return ""
    salt = f"{SALT}.{timezone.now():%Y-%m-%d}"
    return salted_hmac(salt, _network(address), algorithm="sha256").hexdigest()[:32]


def _network(address: Address) -> bytes:
    """Returns what is the same for all addresses of one client."""
    return address.packed if address.version == 4 else address.packed[: NETWORK_OF_IPV6 // 8]
