"""Who may send for a domain: the Sender Policy Framework (RFC 7208), as far as it needs no mail.

Macros and the mechanisms ``exists`` and ``ptr``, which hardly anybody uses, match nothing here.
"""

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Final

from .names import Names

RESULTS: Final = {"+": "pass", "-": "fail", "~": "softfail", "?": "neutral"}
MOST_LOOKUPS: Final = 10
"""RFC 7208, 4.6.4: receivers stop there, and take the whole for an error."""

LOOKED_UP: Final = frozenset({"include", "a", "mx", "ptr", "exists"})

Address = IPv4Address | IPv6Address


class SpfError(Exception):
    """The record cannot be used; says why, in half a sentence."""


def spf_records(names: Names, domain: str) -> list[str]:
    """Returns the records of a domain; there should be one."""
    texts = names.texts(domain)
    return [text for text in texts if text.lower().split(" ")[0] == "v=spf1"]


def spf_result(names: Names, domain: str, address: str) -> str:
    """Returns what receivers make of a mail from an IP address, such as "pass" or "softfail".

    Raises:
        SpfError: when they would call the record wrong.
    """
    return _Evaluation(names, ip_address(address)).result_of(domain)


class _Evaluation:
    def __init__(self, names: Names, address: Address) -> None:
        self._names = names
        self._address = address
        self._lookups = 0

    def result_of(self, domain: str) -> str:
        records = spf_records(self._names, domain)
        if not records:
            return "none"
        if len(records) > 1:
            raise SpfError(f"{domain} has more than one")
        redirect = ""
        for term in records[0].lower().split()[1:]:
            name, _equals, value = term.partition("=")
            if value and name.isalnum():
                redirect = value if name == "redirect" else redirect
            elif self._matches(term.lstrip("+-~?"), domain):
                return RESULTS.get(term[0], "pass")
        if not redirect:
            return "neutral"
        self._count()
        return self._included(redirect)

    def _matches(self, mechanism: str, domain: str) -> bool:
        whole, _slash, prefix = mechanism.partition("/")
        name, _colon, value = whole.partition(":")
        if name in LOOKED_UP:
            self._count()
        match name:
            case "all":
                return True
            case "ip4" | "ip6":
                return self._is_in(mechanism.partition(":")[2])
            case "include":
                return self._included(value) == "pass"
            case "a":
                return self._is_at([value or domain], prefix)
            case "mx":
                return self._is_at(self._names.mail_hosts(value or domain), prefix)
        return False

    def _included(self, domain: str) -> str:
        if "%" in domain:
            return "neutral"
        result = self.result_of(domain)
        if result == "none":
            raise SpfError(f"it names {domain}, which has none")
        return result

    def _is_at(self, hosts: list[str], prefix: str) -> bool:
        first, _slash, second = prefix.partition("//")
        length = second if self._address.version == 6 else first
        found = (address for host in hosts if host for address in self._names.addresses(host))
        return any(self._is_in(f"{address}/{length}" if length else address) for address in found)

    def _is_in(self, network: str) -> bool:
        try:
            return self._address in ip_network(network, strict=False)
        except ValueError as error:
            raise SpfError(f"{network} is no network") from error

    def _count(self) -> None:
        self._lookups += 1
        if self._lookups > MOST_LOOKUPS:
            raise SpfError(f"it needs more than {MOST_LOOKUPS} questions to the DNS")
