"""A web server of somebody else's: it notes what it gets, and answers as a test tells it to."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

PATIENCE = 30


@dataclass(frozen=True, slots=True)
class Received:
    """One request."""

    path: str
    headers: dict[str, str]
    body: bytes


Answer = Callable[["Handler"], None]


@dataclass
class Receiver:
    """What a server got, and how it answers: by the next of ``answers``, then by ``otherwise``."""

    url: str = ""
    requests: list[Received] = field(default_factory=list)
    connections: int = 0
    """How often anybody has connected, whatever came of it."""
    answers: list[Answer] = field(default_factory=list)
    otherwise: Answer = lambda handler: handler.answer(200)
    ended: threading.Event = field(default_factory=threading.Event)
    """Set when the test is over: who keeps a request waiting waits for it."""


class Handler(BaseHTTPRequestHandler):
    """Answers one request."""

    receiver: Receiver

    def do_POST(self) -> None:
        length = int(self.headers.get("Content-Length", 0))
        body = self.rfile.read(length)
        if len(body) < length:  # who asked was killed in the midst of it
            self.close_connection = True
            return
        with _lock:
            self.receiver.requests.append(Received(self.path, dict(self.headers), body))
            answers = self.receiver.answers
            answer = answers.pop(0) if answers else self.receiver.otherwise
        with suppress(OSError):  # who asked has gone
            answer(self)

    def do_GET(self) -> None:
        self.do_POST()

    def answer(self, status: int, body: bytes = b"", **headers: str) -> None:
        """Sends a whole answer; ``Retry_After="60"`` is a header."""
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: Any) -> None:
        """Says nothing."""


_lock = threading.Lock()


class Server(ThreadingHTTPServer):
    """One thread a request, none of which outlives the test."""

    daemon_threads = True
    request_queue_size = 128

    def handle_error(self, *args: Any) -> None:
        """Says nothing of those who hang up."""

    receiver: Receiver

    def get_request(self) -> Any:
        """Counts who connects, before anything is read."""
        accepted = super().get_request()
        self.receiver.connections += 1
        return accepted

    @classmethod
    def of(cls, receiver: Receiver, host: str) -> Self:
        handler = type("BoundHandler", (Handler,), {"receiver": receiver})
        server = cls((host, 0), handler)
        server.receiver = receiver
        return server


@contextmanager
def receiving(host: str = "127.0.0.1") -> Iterator[Receiver]:
    """Runs a server while the block runs."""
    receiver = Receiver()
    server = Server.of(receiver, host)
    receiver.url = f"http://{host}:{server.server_address[1]}/hooks"
    thread = threading.Thread(target=server.serve_forever, args=[0.02], daemon=True)
    thread.start()
    try:
        yield receiver
    finally:
        receiver.ended.set()
        server.shutdown()
        server.server_close()
        thread.join(PATIENCE)


def status(number: int, **headers: str) -> Answer:
    """Answers with a status."""
    return lambda handler: handler.answer(number, b"said the receiver", **headers)


def never(handler: Handler) -> None:
    """Takes the request and says nothing."""
    handler.receiver.ended.wait(PATIENCE)


def byte_by_byte(handler: Handler) -> None:
    """Sends a header that never ends, a byte every 20 ms."""
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    while not handler.receiver.ended.wait(0.02):
        handler.wfile.write(b"a")


def endless(number: int, **headers: str) -> Answer:
    """Answers with a body that has no end."""

    def answer(handler: Handler) -> None:
        handler.send_response(number)
        for name, value in headers.items():
            handler.send_header(name, value)
        handler.end_headers()
        while not handler.receiver.ended.is_set():
            handler.wfile.write(b"x" * 65536)

    return answer


def nonsense(handler: Handler) -> None:
    """Answers in something that is no HTTP."""
    handler.wfile.write(b"\x00\x01 hello\r\n\r\n")
