"""What can keep ``make`` from working, found before it starts and said in one sentence.

Runs on a bare Python, before anything is installed: only the standard library is used here.
"""

import argparse
import errno
import importlib.util
import os
import socket
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PREPARED_FILE = "prepared"
SIGN_IN_FILE = "sign-in.json"


def data_dir() -> Path:
    """The folder of database, media and secrets, as ``V2V_DATA_DIR`` names it."""
    return Path(os.environ.get("V2V_DATA_DIR") or ROOT / "var").resolve()


def port_problem(text: str) -> str | None:
    """Says why the web server could not listen on this port of 127.0.0.1."""
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= 65535:
        return f"{text!r} is not a port: choose a number from 1 to 65535, as in: make run PORT=8001"
    with socket.socket() as probe:
        # As the server does it: a port that is merely winding down is free
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", int(text)))
        except OSError as error:
            reason = "in use" if error.errno == errno.EADDRINUSE else "not allowed"
            return (
                f"Port {text} is {reason} ({error.strerror}): "
                "choose another one, as in: make run PORT=8001"
            )
    return None


def folder_problem(folder: Path, remedy: str) -> str | None:
    """Says why nothing can be written to a folder, which is made when it is missing."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return None
    except OSError as error:
        return f"Nothing can be written to {folder} ({error.strerror}): {remedy}"


def venv_problem() -> str | None:
    """Says that this Python cannot make virtual environments, as Debian's bare one cannot."""
    if all(importlib.util.find_spec(name) for name in ("venv", "ensurepip")):
        return None
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    return (
        f"This Python {version} ({sys.executable}) lacks the venv module: install it "
        f"(on Debian and Ubuntu: apt install python{version}-venv) and run make again"
    )


def find_problems(*, set_up: bool, port: str | None) -> Iterator[str]:
    """Yields what is in the way of setting up, and, given a port, of serving the site."""
    checks = []
    if set_up:
        remedy = "make it writable, or clone the project to a folder of your own"
        checks += [venv_problem(), folder_problem(ROOT, remedy)]
    if port is not None:
        remedy = "choose another folder, as in: make run V2V_DATA_DIR=$HOME/v2v"
        checks += [port_problem(port), folder_problem(data_dir(), remedy)]
    yield from filter(None, checks)


def main() -> None:
    """Prints the first problem as one line; silence means that the way is free."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", help="the port that `make run` is to serve")
    parser.add_argument("--stamp", help="a file that exists once everything is installed")
    options = parser.parse_args()
    set_up = options.stamp is not None and not (ROOT / options.stamp).exists()
    print(next(find_problems(set_up=set_up, port=options.port), ""))


if __name__ == "__main__":
    main()
