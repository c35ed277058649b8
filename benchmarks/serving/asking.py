"""Asks a server as fast as it answers: with wrk where it is installed, else with own sockets."""

import re
import selectors
import shutil
import socket
import subprocess
import time
from dataclasses import dataclass
from itertools import chain

from .servers import ASKED_FROM

CONNECTIONS = 16
DEPTH = 4
"""Requests that our own sockets send at once, so that they keep up with a fast server."""

WRK = shutil.which("wrk")
NAME = "wrk" if WRK else f"sockets of its own, {DEPTH} requests at once (wrk is not installed)"
UNITS = {"us": 1e-6, "ms": 1e-3, "s": 1.0, "m": 60.0}
LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)


@dataclass(frozen=True)
class Asked:
    """What asking for some seconds has shown; times in seconds."""

    answers: int
    seconds: float
    p50: float
    p99: float


def ask(port: int, path: str, headers: dict[str, str], seconds: int) -> Asked:
    """Asks for the same thing over connections that stay open, as long as is said."""
    return (
        ask_by_wrk(port, path, headers, seconds) if WRK else Sockets(port, path, headers)(seconds)
    )


def ask_by_wrk(port: int, path: str, headers: dict[str, str], seconds: int) -> Asked:
    """Lets wrk ask."""
    sent = chain.from_iterable(("-H", f"{name}: {value}") for name, value in headers.items())
    processor = str(min(ASKED_FROM))
    command = ["taskset", "-c", processor, WRK, "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s"]
    command += ["--latency", "--timeout=60s", *sent, f"http://127.0.0.1:{port}{path}"]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    if "Non-2xx" in told or "Socket errors" in told:
        raise SystemExit(f"{path} is not answered as it should be:\n{told}")
    answers, lasted = re.search(r"(\d+) requests in ([\d.]+\w+)", told).groups()
    at = {share: duration(value) for share, value in re.findall(r"(\d+)% +([\d.]+\w+)", told)}
    return Asked(int(answers), duration(lasted), at["50"], at["99"])


def duration(text: str) -> float:
    """Returns seconds of what wrk writes as "1.25ms"."""
    number, unit = re.fullmatch(r"([\d.]+)(\w+)", text).groups()
    return float(number) * UNITS[unit]


class Sockets:
    """Sockets that each have a few requests under way."""

    def __init__(self, port: int, path: str, headers: dict[str, str]) -> None:
        lines = [f"GET {path} HTTP/1.1", f"Host: 127.0.0.1:{port}"]
        lines += [f"{name}: {value}" for name, value in headers.items() if name != "Host"]
        self._request = "\r\n".join([*lines, "", ""]).encode()
        self._port = port
        self._times: list[float] = []

    def __call__(self, seconds: int) -> Asked:
        """Asks for so many seconds."""
        began = time.perf_counter()
        with selectors.DefaultSelector() as selector:
            for _number in range(CONNECTIONS):
                self._open(selector)
            while time.perf_counter() - began < seconds:
                for key, _events in selector.select(1):
                    self._read(key.data)
            lasted = time.perf_counter() - began
            for key in list(selector.get_map().values()):
                key.data.socket.close()
        times = sorted(self._times) or [lasted]
        last = len(times) - 1
        return Asked(len(self._times), lasted, times[last // 2], times[last * 99 // 100])

    def _open(self, selector: selectors.BaseSelector) -> None:
        connection = Connection(socket.create_connection(("127.0.0.1", self._port)))
        selector.register(connection.socket, selectors.EVENT_READ, connection)
        self._send(connection)

    def _send(self, connection: "Connection") -> None:
        connection.waiting, connection.sent_at = DEPTH, time.perf_counter()
        connection.socket.sendall(self._request * DEPTH)

    def _read(self, connection: "Connection") -> None:
        received = connection.socket.recv(1 << 18)
        if not received:
            raise SystemExit("The server hung up.")
        connection.buffer += received
        while answer := whole_answer(connection.buffer):
            del connection.buffer[:answer]
            self._times.append(time.perf_counter() - connection.sent_at)
            connection.waiting -= 1
        if not connection.waiting:
            self._send(connection)


class Connection:
    """A socket, and what has come over it so far."""

    def __init__(self, connected: socket.socket) -> None:
        self.socket = connected
        self.buffer = bytearray()
        self.waiting = 0
        self.sent_at = 0.0


def whole_answer(buffer: bytearray) -> int:
    """Returns the length of the answer that stands first; 0 while it is not complete."""
    end = buffer.find(b"\r\n\r\n")
    if end < 0:
        return 0
    status = bytes(buffer[9:12])
    if status not in {b"200", b"304"}:
        raise SystemExit(f"Answered: {bytes(buffer[:end]).decode('latin-1')}")
    length = LENGTH.search(buffer, 0, end)
    whole = end + 4 + (int(length[1]) if length and status == b"200" else 0)
    return whole if len(buffer) >= whole else 0
