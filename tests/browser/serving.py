"""The demo site in processes of its own, as ``make run`` serves it."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]
PATIENCE_SECONDS: Final = 600
"""Loading the demo takes seconds, and minutes on a busy machine."""


@contextmanager
def served_demo(folder: Path) -> Iterator[str]:
    """Serves the demo site from a new folder as ``make run`` does, and yields its address.

    Raises:
        RuntimeError: with what it printed, when it does not start.
    """
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    log = folder / "site.log"
    with log.open("wb") as output:
        site = subprocess.Popen(
            [sys.executable, "-m", "cms.runsite", f"--port={port}"],
            cwd=ROOT,
            env=site_environment(folder / "data"),
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        deadline = time.monotonic() + PATIENCE_SECONDS
        while "is running" not in log.read_text():
            if site.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"The demo site does not start: {log.read_text()[-500:]}")
            time.sleep(0.2)
        yield f"http://localhost:{port}"
    finally:
        site.terminate()
        site.wait()


def site_environment(data: Path) -> dict[str, str]:
    """Returns an environment without settings of the tests: the site chooses its own."""
    chosen = {"DJANGO_SETTINGS_MODULE", "DATABASE_URL", "CACHE_URL"}
    kept = {name: value for name, value in os.environ.items() if name not in chosen}
    return {**kept, "V2V_DATA_DIR": str(data), "PYTHONUNBUFFERED": "1"}
