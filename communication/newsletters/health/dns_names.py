"""Asks the name servers of this machine, with dnspython: the extra ``newsletters``."""

from typing import Any, Final

from dns.exception import DNSException
from dns.name import from_text
from dns.resolver import NXDOMAIN, NoAnswer, Resolver
from dns.reversename import from_address

from .names import NamesError

SECONDS: Final = 5.0
"""For one question, all name servers together."""


class DnsNames:
    """The true names; ``resolver`` is for those who ask other servers than those of the machine."""

    def __init__(self, resolver: Resolver | None = None) -> None:
        self._resolver = resolver or Resolver()
        self._resolver.lifetime = SECONDS

    def texts(self, name: str) -> list[str]:
        """Returns the TXT records of a name; parts of 255 bytes are joined (RFC 7208, 3.3)."""
        return [
            b"".join(record.strings).decode("utf-8", "replace") for record in self._ask(name, "TXT")
        ]

    def mail_hosts(self, name: str) -> list[str]:
        """Returns the hosts that take mail for a name."""
        records = sorted(self._ask(name, "MX"), key=lambda record: record.preference)
        return [str(record.exchange).rstrip(".") for record in records]

    def addresses(self, name: str) -> list[str]:
        """Returns the IPv4 and IPv6 addresses of a host."""
        records = [*self._ask(name, "A"), *self._ask(name, "AAAA")]
        return [record.address for record in records]

    def hosts_at(self, address: str) -> list[str]:
        """Returns the names of an IP address."""
        records = self._ask(str(from_address(address)), "PTR")
        return [str(record.target).rstrip(".") for record in records]

    def _ask(self, name: str, kind: str) -> list[Any]:
        try:
            return list(self._resolver.resolve(from_text(name), kind))
        except (NXDOMAIN, NoAnswer):
            return []
        except DNSException as error:
            raise NamesError(f"{name} {kind}: {type(error).__name__}") from error
