"""Requests to addresses that others have typed in: none of them reaches a private network.

requests-hardened resolves the name once, refuses what is not public, and connects to the very
address that it looked at, so that a name which resolves otherwise a moment later changes nothing.
Here comes on top what it lacks: networks that operators allow (``V2V_OUTBOUND_ALLOWED_NETWORKS``),
a limit to the whole time that an answer may take, and one to how much of it is read. No redirect is
followed, no proxy asked, no cookie kept.
"""

import logging
import socket
from contextlib import closing, suppress
from dataclasses import dataclass
from http.client import HTTPException
from ipaddress import ip_address
from threading import Timer
from time import monotonic
from typing import Any, Final

import requests
from requests.adapters import HTTPAdapter
from requests_hardened import Config, HTTPSession
from requests_hardened.ip_filter import InvalidIPAddress
from requests_hardened.ip_filter_adapter import IPFilterAdapter
from urllib3.connection import HTTPConnection
from urllib3.exceptions import HTTPError

from .networks import is_allowed, is_public

CONNECT_SECONDS: Final = 5
TOTAL_SECONDS: Final = 15
READ_AT_MOST: Final = 4096
"""Bytes of the answer's body; the rest is never asked for."""
USER_AGENT: Final = "V2V-CMS"

# what it refuses comes back as an error, and what operators allow is none
logging.getLogger("requests_hardened").setLevel(logging.ERROR)


class OutboundError(Exception):
    """A request that got no answer, in a sentence for whoever has to mend it."""


class ForbiddenAddressError(OutboundError):
    """The name leads into a private network: nothing was connected to."""


@dataclass(frozen=True, slots=True)
class OutboundAnswer:
    """What came back."""

    status: int
    retry_after: str
    """The header of this name; "" without one."""
    excerpt: str
    """How the body begins."""


def post(url: str, *, body: bytes, headers: dict[str, str]) -> OutboundAnswer:
    """Sends ``body`` to ``url`` and returns the answer, whatever its status.

    Takes 15 seconds at most, once the name is resolved.

    Raises:
        ForbiddenAddressError: when the address is not a public one.
        OutboundError: when there is no connection, no answer in time, or no HTTP in it.
    """
    with closing(_Deadline(TOTAL_SECONDS)) as deadline, _session(deadline) as session:
        try:
            return _post(session, deadline, url, body, headers)
        except InvalidIPAddress as error:
            raise ForbiddenAddressError(
                f"{error} is no public address: nothing was sent there."
            ) from error
        except (requests.RequestException, HTTPError, HTTPException, OSError, ValueError) as error:
            if deadline.has_passed:
                raise OutboundError(f"No answer within {TOTAL_SECONDS} seconds.") from error
            raise OutboundError(_explain(error)) from error


class _Session(HTTPSession):
    """Looks at no redirect: requests would read the whole body of one that it does not follow."""

    def get_redirect_target(self, _resp: requests.Response) -> str | None:
        return None


class _Deadline:
    """Ends a connection when its time is over, in the midst of whatever it waits for.

    A timeout of a socket begins anew with each byte, so that one who sends a byte a second would
    keep us for ever.
    """

    def __init__(self, seconds: float) -> None:
        self._end = monotonic() + seconds
        self._timer: Timer | None = None
        self._twin: socket.socket | None = None

    @property
    def has_passed(self) -> bool:
        return monotonic() >= self._end

    def watch(self, connection: socket.socket) -> None:
        """Shuts ``connection`` down at the end; TLS takes it over, so a twin of it is kept."""
        self.close()
        self._twin = connection.dup()
        self._timer = Timer(max(0, self._end - monotonic()), self._shut_down)
        self._timer.daemon = True
        self._timer.start()

    def close(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer.join()
        if self._twin is not None:
            self._twin.close()

    def _shut_down(self) -> None:
        if self._twin is not None:
            with suppress(OSError):
                self._twin.shutdown(socket.SHUT_RDWR)


class _WatchedConnection(HTTPConnection):
    """Mixed into the connections of urllib3: each is under the deadline of its request."""

    deadline: _Deadline

    def _new_conn(self) -> socket.socket:
        connection = super()._new_conn()
        self.deadline.watch(connection)
        return connection


class _OutboundAdapter(IPFilterAdapter):
    """Pins the address that a name resolves to, unless it is neither public nor allowed."""

    def __init__(self, deadline: _Deadline, *, is_https_proto: bool) -> None:
        super().__init__(is_https_proto=is_https_proto)
        self._deadline = deadline

    def get_connection_with_tls_context(self, *args: Any, **kwargs: Any) -> Any:
        pool = super().get_connection_with_tls_context(*args, **kwargs)
        pool.ConnectionCls = type(
            "WatchedConnection",
            (_WatchedConnection, pool.ConnectionCls),
            {"deadline": self._deadline},
        )
        return pool

    def build_connection_pool_key_attributes(
        self, request: Any, verify: Any, cert: Any = None
    ) -> Any:
        try:
            place, options = super().build_connection_pool_key_attributes(request, verify, cert)
        except InvalidIPAddress as refusal:
            address = refusal.args[0]
            if not is_allowed(address):
                raise
            # as the library would have gone on; the header "Host" it has written already
            place, options = HTTPAdapter.build_connection_pool_key_attributes(
                self, request, verify, cert
            )
            if self._is_https_proto:
                names = ("assert_hostname", "server_hostname")
                options |= dict.fromkeys(names, place["host"])
            place["host"] = f"[{address}]" if address.version == 6 else str(address)
        else:
            address = ip_address(place["host"].strip("[]"))
            if not is_public(address):
                raise InvalidIPAddress(address)
        return place, options


def _session(deadline: _Deadline) -> _Session:
    session = _Session(
        Config(
            ip_filter_enable=True,
            ip_filter_allow_loopback_ips=False,
            never_redirect=True,
            default_timeout=(CONNECT_SECONDS, TOTAL_SECONDS),
            user_agent_override=USER_AGENT,
        )
    )
    session.trust_env = False  # no proxy, and no password from a file
    session.mount("http://", _OutboundAdapter(deadline, is_https_proto=False))
    session.mount("https://", _OutboundAdapter(deadline, is_https_proto=True))
    return session


def _post(
    session: _Session, deadline: _Deadline, url: str, body: bytes, headers: dict[str, str]
) -> OutboundAnswer:
    plain = {"Accept-Encoding": "identity", "Connection": "close"}
    with session.post(url, data=body, headers=plain | headers, stream=True) as response:
        if deadline.has_passed:  # its head was cut off, and looks complete
            raise TimeoutError
        excerpt = b""
        with suppress(HTTPError, HTTPException, OSError):  # the status is what counts
            excerpt = response.raw.read(READ_AT_MOST, decode_content=False)
        return OutboundAnswer(
            status=response.status_code,
            retry_after=response.headers.get("Retry-After", ""),
            excerpt=excerpt.decode(errors="replace").replace("\0", ""),
        )


def _explain(error: Exception) -> str:
    if isinstance(error, requests.exceptions.SSLError):
        return f"The certificate or the encryption of the site is not in order: {error}"
    if isinstance(error, requests.exceptions.ConnectTimeout):
        return f"No connection within {CONNECT_SECONDS} seconds."
    if isinstance(error, requests.exceptions.ReadTimeout):
        return f"No answer within {TOTAL_SECONDS} seconds."
    return f"No answer: {error}"
