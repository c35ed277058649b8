"""Processes that serve the tests' database, each with answers of its own."""

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from django.conf import settings

from tests.workers import database_url

PATIENCE_SECONDS = 60


class Server:
    """A web process, asked over one connection that stays open."""

    def __init__(self, port: int, process: "subprocess.Popen[bytes]") -> None:
        self.port = port
        self.process = process
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE_SECONDS)

    def get(self, path: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
        """Returns status, headers (names in small letters) and body."""
        self.connection.request("GET", path, headers={"Host": "testserver", **headers})
        response = self.connection.getresponse()
        found = {name.lower(): value for name, value in response.getheaders()}
        return response.status, found, response.read()


@contextmanager
def running_server() -> Iterator[Server]:
    """Starts a process as in production: one worker, the byte cache before Django."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    options = ["--interface=wsgi", "--host=127.0.0.1", f"--port={port}", "--log-level=error"]
    process = subprocess.Popen(
        [sys.executable, "-m", "granian", *options, "cms.wsgi:application"],
        env={
            **os.environ,
            "DATABASE_URL": database_url(),
            "TEST_MEDIA_ROOT": str(settings.MEDIA_ROOT),
            "PYTEST_XDIST_WORKER": "",
        },
    )
    server = Server(port, process)
    try:
        wait_until_it_answers(server)
        yield server
    finally:
        server.connection.close()
        process.terminate()
        process.wait()


def wait_until_it_answers(server: Server) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        assert server.process.poll() is None, "The web process ended."
        with suppress(OSError), socket.create_connection(("127.0.0.1", server.port), timeout=1):
            return
    raise AssertionError("The web process does not answer.")
