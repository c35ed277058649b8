"""Requests to addresses that others typed in end in time, and never in a private network."""

import socket
from collections.abc import Callable, Iterator
from http.client import HTTPConnection
from time import monotonic
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from pytest_django import Settings

from communication.delivery import outbound
from communication.delivery.outbound import ForbiddenAddressError, OutboundError, post
from tests.receiver import (
    Receiver,
    byte_by_byte,
    endless,
    never,
    nonsense,
    receiving,
    status,
)

# both servers can be reached: what keeps anybody from one of them is the code alone
pytestmark = pytest.mark.allow_hosts(["127.0.0.1", "127.0.0.2"])

Resolve = Callable[..., None]
SECONDS = 0.4


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """A server on the only address that the tests allow."""
    with receiving() as running:
        yield running


@pytest.fixture
def forbidden() -> Iterator[Receiver]:
    """A server on another address of this machine, at which nothing may arrive."""
    with receiving("127.0.0.2") as running:
        yield running


@pytest.fixture
def little_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outbound, "TOTAL_SECONDS", SECONDS)


@pytest.fixture
def resolve(monkeypatch: pytest.MonkeyPatch) -> Resolve:
    """Lets a name resolve to these addresses, one after the other each time that it is asked."""
    real = socket.getaddrinfo

    def let(name: str, *addresses: str) -> None:
        left = list(addresses)

        def answer(host: Any, *args: Any, **kwargs: Any) -> Any:
            return real(left.pop(0) if host == name else host, *args, **kwargs)

        monkeypatch.setattr(socket, "getaddrinfo", answer)

    return let


def connections_to(server: Receiver) -> int:
    """Returns how often anybody has connected, even without a word.

    Who connects is counted in turn: once this function has its answer, all before it are.
    """
    probe = HTTPConnection(server.url.split("/")[2])
    probe.request("GET", "/hooks")
    probe.getresponse().read()
    probe.close()
    return server.connections - 1


def send(url: str) -> outbound.OutboundAnswer:
    return post(url, body=b"{}", headers={"X-Test": "yes"})


def test_what_is_sent_arrives_and_the_answer_comes_back(receiver: Receiver) -> None:
    receiver.answers = [status(202, Retry_After="7")]

    answer = send(receiver.url)

    assert (answer.status, answer.retry_after) == (202, "7")
    assert answer.excerpt == "said the receiver"
    [request] = receiver.requests
    assert (request.path, request.body) == ("/hooks", b"{}")
    assert request.headers["X-Test"] == "yes"
    assert request.headers["Host"] == receiver.url.split("/")[2]
    assert request.headers["User-Agent"] == "V2V-CMS"
    assert "Cookie" not in request.headers


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.2",
        "2130706434",  # 127.0.0.2 as one number
        "0x7f000002",
        "0177.0.0.2",
        "127.2",
        "0",
        "10.0.0.1",
        "100.64.0.1",
        "169.254.169.254",
        "172.16.0.1",
        "192.168.0.1",
        "192.88.99.1",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "[::]",
        "[::1]",
        "[::127.0.0.2]",
        "[::ffff:127.0.0.2]",
        "[::ffff:7f00:2]",
        "[64:ff9b::7f00:2]",
        "[2002:7f00:2::]",
        "[fc00::1]",
        "[fe80::1]",
        "[fec0::1]",
        "[ff02::1]",
    ],
)
def test_no_form_of_a_private_address_is_connected_to(host: str, forbidden: Receiver) -> None:
    port = forbidden.url.split(":")[2]

    with pytest.raises(ForbiddenAddressError, match="no public address"):
        send(f"http://{host}:{port}")

    assert connections_to(forbidden) == 0


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_name_that_resolves_to_a_private_address_is_not_connected_to(
    scheme: str, resolve: Resolve, forbidden: Receiver
) -> None:
    resolve("innocent.example", "127.0.0.2")

    with pytest.raises(ForbiddenAddressError, match=r"127\.0\.0\.2"):
        send(forbidden.url.replace("http://127.0.0.2", f"{scheme}://innocent.example"))

    assert connections_to(forbidden) == 0


def test_a_name_is_resolved_once_and_cannot_lead_elsewhere_a_moment_later(
    resolve: Resolve, receiver: Receiver, forbidden: Receiver
) -> None:
    port = receiver.url.split(":")[2]
    resolve("rebinding.example", "127.0.0.1", "127.0.0.2")

    assert send(f"http://rebinding.example:{port}").status == 200

    assert receiver.requests[0].headers["Host"] == f"rebinding.example:{port.split('/')[0]}"
    assert connections_to(forbidden) == 0


def test_a_redirect_is_an_answer_and_is_not_followed(
    receiver: Receiver, forbidden: Receiver
) -> None:
    receiver.answers = [status(301, Location=forbidden.url), status(307, Location="/elsewhere")]

    assert [send(receiver.url).status for _number in range(2)] == [301, 307]

    assert len(receiver.requests) == 2
    assert connections_to(forbidden) == 0


@pytest.mark.parametrize("number", [200, 301, 500])
def test_of_a_body_without_end_only_the_beginning_is_read(receiver: Receiver, number: int) -> None:
    receiver.answers = [endless(number, Location="/")]

    answer = send(receiver.url)

    assert answer.status == number
    assert answer.excerpt == "x" * outbound.READ_AT_MOST


@pytest.mark.usefixtures("little_time")
@pytest.mark.parametrize("behaviour", [never, byte_by_byte])
def test_who_does_not_answer_in_time_is_left_waiting(receiver: Receiver, behaviour: Any) -> None:
    receiver.answers = [behaviour]
    started = monotonic()

    with pytest.raises(OutboundError, match="No answer within"):
        send(receiver.url)

    assert monotonic() - started < SECONDS * 4


def test_a_port_at_which_nobody_listens_and_nonsense_are_named(receiver: Receiver) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        with pytest.raises(OutboundError, match=r"No answer: .*refused"):
            send(f"http://127.0.0.1:{unused.getsockname()[1]}/")
    receiver.answers = [nonsense]
    with pytest.raises(OutboundError, match="No answer"):
        send(receiver.url)


@pytest.mark.parametrize("url", ["ftp://127.0.0.1/", "http://", "http://\udc80/", "nowhere"])
def test_what_is_no_web_address_is_refused(url: str) -> None:
    with pytest.raises(OutboundError):
        send(url)


def test_plain_http_where_tls_is_spoken_to_ends_in_a_sentence(receiver: Receiver) -> None:
    with pytest.raises(OutboundError, match="certificate or the encryption"):
        send(receiver.url.replace("http:", "https:"))


def test_no_proxy_of_the_environment_is_asked(
    receiver: Receiver, forbidden: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", forbidden.url)
    monkeypatch.setenv("http_proxy", forbidden.url)

    assert send(receiver.url).status == 200
    assert connections_to(forbidden) == 0


def test_nothing_private_is_allowed_by_default_and_a_mistyped_network_is_named(
    receiver: Receiver, settings: Settings
) -> None:
    settings.V2V_OUTBOUND_ALLOWED_NETWORKS = ["10.1.0.0/99"]
    with pytest.raises(ImproperlyConfigured, match=r"V2V_OUTBOUND_ALLOWED_NETWORKS.*10\.1"):
        send(receiver.url)

    del settings.V2V_OUTBOUND_ALLOWED_NETWORKS
    with pytest.raises(ForbiddenAddressError):
        send(receiver.url)
    assert receiver.requests == []
