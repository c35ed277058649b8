"""Workers in processes or threads of their own, which share the database of the tests."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import quote

from django.conf import settings as site_settings
from django.db import connection, connections

Process = subprocess.Popen[str]


def database_url() -> str:
    """The database of the tests, for another process."""
    facts = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{facts['NAME']}"
    user, password = quote(facts["USER"]), quote(facts["PASSWORD"])
    return f"postgres://{user}:{password}@{facts['HOST']}:{facts['PORT']}/{facts['NAME']}"


@contextmanager
def running_worker(*options: str) -> Iterator[Process]:
    """A worker in a process of its own, from the moment on at which it says that it runs."""
    command = [sys.executable, "manage.py", "run_worker", "--skip-checks", *options]
    environment = {
        **os.environ,
        "DATABASE_URL": database_url(),
        "DJANGO_SETTINGS_MODULE": "cms.settings.test",
    }
    process = subprocess.Popen(
        command,
        cwd=site_settings.ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    with process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline().startswith("The worker runs: scheduled publishing")
            yield process
        except AssertionError as error:
            process.kill()
            error.add_note(f"The worker wrote: {process.communicate()[1]}")
            raise
        finally:
            process.kill()


def in_thread(work: Callable[[], Any]) -> Callable[[], Any]:
    """Returns ``work`` with a connection of its own, which ends with it."""

    def run() -> Any:
        try:
            return work()
        finally:
            connections.close_all()

    return run


def wait_for(condition: Any, patience: float = 20) -> None:
    """Returns as soon as the other process has done something; fails after so many seconds."""
    deadline, pause = time.monotonic() + patience, threading.Event()
    while not condition():
        assert time.monotonic() < deadline
        pause.wait(0.02)
