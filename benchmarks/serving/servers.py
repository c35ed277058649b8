"""The servers that are measured: one worker of granian each, on one processor."""

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

GRANIAN = ["--interface=wsgi", "--host=127.0.0.1", "--workers=1", "--blocking-threads=1"]
PATIENCE = 60
"""Seconds that a server may take to start."""
TICK = os.sysconf("SC_CLK_TCK")

PROCESSORS = sorted(os.sched_getaffinity(0))
SERVED_BY, ASKED_FROM = {PROCESSORS[0]}, {PROCESSORS[-1]}


class Server:
    """A server that can be started anew: no two processes of the same are equally fast.

    Where memory lies and how names are hashed is chosen by chance when a process starts, and makes
    it faster or slower by a tenth and more, for as long as it runs. Each listens at the same port,
    as answers name their own address, and a tag known from before would be of other bytes.
    """

    def __init__(self, application: str, folder: Path, environment: dict[str, str]) -> None:
        self._application = application
        self._folder = folder
        self._environment = environment
        self.port = free_port()
        self.start()

    def start(self) -> None:
        """Starts a process."""
        command = [sys.executable, "-m", "granian", *GRANIAN, f"--port={self.port}"]
        os.sched_setaffinity(0, SERVED_BY)  # children stay where they are born
        try:
            self._process = subprocess.Popen(
                [*command, "--log-level=error", self._application],
                cwd=self._folder,
                env={**os.environ, **self._environment},
            )
        finally:
            os.sched_setaffinity(0, PROCESSORS)
        wait_for(self._process, self.port)

    def stop(self) -> None:
        """Ends the process."""
        self._process.terminate()
        self._process.wait()

    @property
    def pid(self) -> int:
        """Of the process, whose children do the work."""
        return self._process.pid

    def cpu(self) -> float:
        """Returns the seconds that its processes have spent working."""
        return sum(map(seconds_of, self._processes()))

    def get(self, path: str, headers: dict[str, str]) -> tuple[int, dict[str, str], bytes]:
        """Returns status, headers (names in small letters) and body of one answer."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        fields = {name.lower(): value for name, value in answer.getheaders()}
        body = answer.read()
        connection.close()
        return answer.status, fields, body

    def _processes(self) -> list[int]:
        children = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text()
        return [self.pid, *map(int, children.split())]


def seconds_of(pid: int) -> float:
    """Returns the seconds that a process has spent working, all of its threads together."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICK


@contextmanager
def serving(application: str, folder: Path, environment: dict[str, str]) -> Iterator[Server]:
    """Serves an application of WSGI from ``folder`` as long as the block lasts."""
    server = Server(application, folder, environment)
    try:
        yield server
    finally:
        server.stop()


def wait_for(process: subprocess.Popen, port: int) -> None:
    """Waits until somebody listens."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if process.poll() is not None:
            raise SystemExit(f"The server ended with status {process.returncode}.")
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise SystemExit(f"Nothing listens at port {port}.")


def free_port() -> int:
    """Returns a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
