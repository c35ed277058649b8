"""Questions to the DNS, asked of a name server of this machine."""

import socket
import threading
from collections.abc import Iterator
from contextlib import suppress

import dns.message
import dns.rcode
import dns.resolver
import dns.rrset
import pytest

from communication.newsletters.health.dns_names import DnsNames
from communication.newsletters.health.names import NamesError

RECORDS = {
    ("v2v.example.", "TXT"): ['"v=spf1 ip4:203.0.113.0/28 " "-all"', '"other"'],
    ("v2v.example.", "MX"): ["20 second.v2v.example.", "10 first.v2v.example."],
    ("none.example.", "MX"): ["0 ."],
    ("mail.v2v.example.", "A"): ["203.0.113.7"],
    ("mail.v2v.example.", "AAAA"): ["2001:db8::7"],
    ("7.113.0.203.in-addr.arpa.", "PTR"): ["mail.v2v.example."],
}


class NameServer(threading.Thread):
    """Answers over UDP; questions for ``sick.example`` with a failure of the server."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.bind(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]

    def run(self) -> None:
        while True:
            data, sender = self.socket.recvfrom(4096)
            if data == b"end":
                return
            self.socket.sendto(self._answer(data), sender)

    def close(self) -> None:
        with suppress(OSError):
            self.socket.sendto(b"end", ("127.0.0.1", self.port))
        self.join()
        self.socket.close()

    def _answer(self, data: bytes) -> bytes:
        question = dns.message.from_wire(data)
        name, kind = question.question[0].name.to_text(), question.question[0].rdtype
        answer = dns.message.make_response(question)
        if name == "sick.example.":
            answer.set_rcode(dns.rcode.SERVFAIL)
        elif not any(known == name for known, _kind in RECORDS):
            answer.set_rcode(dns.rcode.NXDOMAIN)
        elif values := RECORDS.get((name, dns.rdatatype.to_text(kind))):
            answer.answer.append(dns.rrset.from_text_list(name, 60, "IN", kind, values))
        return answer.to_wire()


@pytest.fixture
def names() -> Iterator[DnsNames]:
    server = NameServer()
    server.start()
    resolver = dns.resolver.Resolver(configure=False)
    resolver.nameservers, resolver.port = ["127.0.0.1"], server.port
    yield DnsNames(resolver)
    server.close()


def test_records_are_read_as_they_are_meant(names: DnsNames) -> None:
    assert sorted(names.texts("v2v.example")) == ["other", "v=spf1 ip4:203.0.113.0/28 -all"]
    assert names.mail_hosts("v2v.example") == ["first.v2v.example", "second.v2v.example"]
    assert names.mail_hosts("none.example") == [""]
    assert names.addresses("mail.v2v.example") == ["203.0.113.7", "2001:db8::7"]
    assert names.hosts_at("203.0.113.7") == ["mail.v2v.example"]


def test_what_does_not_exist_is_an_empty_list(names: DnsNames) -> None:
    assert names.texts("nobody.example") == []
    assert names.mail_hosts("mail.v2v.example") == []
    assert names.hosts_at("203.0.113.99") == []


@pytest.mark.parametrize("name", ["sick.example", "x" * 70 + ".example"])
def test_what_cannot_be_asked_is_said_to_be_unknown(names: DnsNames, name: str) -> None:
    with pytest.raises(NamesError, match="TXT"):
        names.texts(name)
