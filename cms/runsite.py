"""Runs the web server and the worker of one machine together: ``python -m cms.runsite``.

It is not a management command: the parent loads no Django, so that a taken port is reported at
once and nothing starts up twice. When one child dies, the other is ended; so are both when Ctrl-C
or SIGTERM arrives and, on Linux, when the parent itself is killed.
"""

import argparse
import contextlib
import ctypes
import http.client
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping

from cms.preflight import PREPARED_FILE, ROOT, SIGN_IN_FILE, data_dir, find_problems

Child = subprocess.Popen[bytes]

ANNOUNCEMENT = """
V2V CMS is running. Ctrl-C ends it.

  Site   {base}/
  Admin  {base}/admin/
  API    {base}/api/v1/
"""
GRACE_SECONDS = 10
PR_SET_PDEATHSIG = 1
AWAITED = {signal.SIGCHLD, signal.SIGHUP, signal.SIGINT, signal.SIGTERM}


def start(*arguments: str) -> Child:
    """Starts Python in a session of its own, where Ctrl-C does not reach it."""
    return subprocess.Popen(  # noqa: S603  (no shell, and no word of it from outside)
        [sys.executable, *arguments],
        cwd=ROOT,
        start_new_session=True,
        preexec_fn=prepare_child,  # noqa: PLW1509  (there is one thread yet)
    )


def start_web_server(port: int) -> Child:
    """Starts granian on the loopback address, with the threads that a single machine needs."""
    options = ["--interface=wsgi", "--host=127.0.0.1", f"--port={port}", "--blocking-threads=4"]
    return start("-m", "granian", *options, "--log-level=warning", "cms.wsgi:application")


def prepare_child() -> None:
    """Gives a child its signals back and, on Linux, ends it with its parent, however that dies."""
    signal.pthread_sigmask(signal.SIG_SETMASK, [])
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def wait_for_end(children: Mapping[str, Child]) -> str | None:
    """Sleeps until a child has ended, and names it, or until somebody asks to stop: None."""
    while True:
        for name, child in children.items():
            if child.poll() is not None:
                return name
        if signal.sigwait(AWAITED) != signal.SIGCHLD:
            return None


def end(children: Mapping[str, Child]) -> None:
    """Ends every child with all that it started: politely at first, then for certain."""
    deadline = time.monotonic() + GRACE_SECONDS
    for child in children.values():
        signal_group(child, signal.SIGTERM)
    for child in children.values():
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(timeout=max(0, deadline - time.monotonic()))
        signal_group(child, signal.SIGKILL)
        child.wait()


def signal_group(child: Child, number: signal.Signals) -> None:
    """Signals a child and its own children; whoever is gone already needs no signal."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(child.pid, number)


def announce(port: int) -> None:
    """Prints the addresses and the sign-ins as soon as the site answers."""
    while not answers(port):
        time.sleep(0.05)
    print(ANNOUNCEMENT.format(base=f"http://localhost:{port}"))
    with contextlib.suppress(FileNotFoundError):
        for account in json.loads((data_dir() / SIGN_IN_FILE).read_text()):
            print("  Sign in as {username} with {password} ({role})".format(**account))
    print(flush=True)


def answers(port: int) -> bool:
    """Tells whether something speaks HTTP on the port already."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("HEAD", "/", headers={"Host": f"localhost:{port}"})
        connection.getresponse()
    except OSError:
        return False
    finally:
        connection.close()
    return True


def run(port: int) -> int:
    """Prepares the site, serves it until something ends, and returns the exit status."""
    children = {"preparation": start("manage.py", "prepare_site", f"--port={port}")}
    if (data_dir() / PREPARED_FILE).exists():
        # There is nothing to wait for, but on the rare day of a new migration
        children["web server"] = start_web_server(port)
    ended = wait_for_end(children)
    if ended == "preparation" and children[ended].returncode == 0:
        del children[ended]
        if "web server" not in children:
            children["web server"] = start_web_server(port)
        children["worker"] = start("manage.py", "run_worker")
        threading.Thread(target=announce, args=[port], daemon=True).start()
        ended = wait_for_end(children)
    end(children)
    if ended:
        status = children[ended].returncode
        print(f"The {ended} ended (status {status}), and the site with it.", file=sys.stderr)
    return 1 if ended else 0


def main() -> int:
    """Starts the embedded site, unless something is in its way: that is said in one sentence."""
    parser = argparse.ArgumentParser(prog="python -m cms.runsite", description=__doc__)
    parser.add_argument("--port", default="8000", help="listened on at 127.0.0.1 (8000)")
    port = parser.parse_args().port
    if problem := next(find_problems(set_up=False, port=port), None):
        print(problem, file=sys.stderr)
        return 2
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.development")
    os.environ["V2V_DATA_DIR"] = str(data_dir())
    signal.pthread_sigmask(signal.SIG_BLOCK, AWAITED)
    signal.signal(signal.SIGCHLD, lambda *_: None)  # without a handler it may not be delivered
    return run(int(port))


if __name__ == "__main__":
    sys.exit(main())
