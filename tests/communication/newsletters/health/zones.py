"""Names as tests want them."""

import base64
from collections.abc import Mapping

from communication.newsletters.health.names import NamesError

KEY = base64.b64encode(b"k" * 294).decode()
SHORT_KEY = base64.b64encode(b"k" * 162).decode()

GOOD: Mapping[tuple[str, str], list[str]] = {
    ("v2v.example", "TXT"): ["unrelated", "v=spf1 ip4:203.0.113.0/28 -all"],
    ("mail._domainkey.v2v.example", "TXT"): [f"v=DKIM1; k=rsa; p={KEY}"],
    ("_dmarc.v2v.example", "TXT"): ["v=DMARC1; p=quarantine; rua=mailto:office@v2v.example"],
    ("v2v.example", "MX"): ["mx.v2v.example"],
    ("mx.v2v.example", "A"): ["203.0.113.8"],
    ("mail.v2v.example", "A"): ["203.0.113.7"],
    ("203.0.113.7", "PTR"): ["mail.v2v.example"],
}


class Zones:
    """Answers from a dictionary; what is None there has no name server that answers."""

    def __init__(self) -> None:
        self.records: dict[tuple[str, str], list[str] | None] = dict(GOOD)

    def set(self, name: str, kind: str, *values: str) -> "Zones":
        self.records[name, kind] = list(values)
        return self

    def break_down(self, name: str, kind: str) -> "Zones":
        self.records[name, kind] = None
        return self

    def texts(self, name: str) -> list[str]:
        return self._answer(name, "TXT")

    def mail_hosts(self, name: str) -> list[str]:
        return self._answer(name, "MX")

    def addresses(self, name: str) -> list[str]:
        return self._answer(name, "A")

    def hosts_at(self, address: str) -> list[str]:
        return self._answer(address, "PTR")

    def _answer(self, name: str, kind: str) -> list[str]:
        found = self.records.get((name, kind), [])
        if found is None:
            raise NamesError(f"{name} {kind}: LifetimeTimeout")
        return found
