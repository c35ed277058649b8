"""Where benchmarks measure: databases of their own, on SQLite and on a PostgreSQL that is named."""

import multiprocessing
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any


def run_on_each(module: str, *arguments: str) -> None:
    """Runs a benchmark on each database in a process of its own: Django has one set of settings.

    Raises:
        SystemExit: when it has failed on one of them; by then it has run on all.
    """
    without = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    environments = [without, *([dict(os.environ)] if "DATABASE_URL" in os.environ else [])]
    command = [sys.executable, "-m", module, "--here", *arguments]
    runs = [subprocess.run(command, env=environment, check=False) for environment in environments]
    if any(each.returncode for each in runs):
        raise SystemExit(1)


@contextmanager
def empty_database() -> Iterator[str]:
    """Makes a database as the tests have it, says which kind it is, and removes it in the end."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "cms.settings.test"
    import django

    django.setup()
    from django.core.cache import cache
    from django.db import connection

    from tests.bootstrap import keep_initial_data

    keep_initial_data()
    connection.settings_dict["TEST"]["MIGRATE"] = False
    name = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    cache.clear()  # it knows rows of the last run, which had the same keys
    try:
        yield connection.vendor
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)


def in_own_process(task: Callable[..., None], *arguments: Any) -> None:
    """Does something on the same database: what a process has freed hides what it takes later.

    Raises:
        SystemExit: when that process fails.
    """
    from tests.workers import database_url

    process = multiprocessing.get_context("spawn").Process(
        target=_run, args=[task, database_url(), *arguments]
    )
    process.start()
    process.join()
    if process.exitcode:
        raise SystemExit(process.exitcode)


def _run(task: Callable[..., None], database: str, *arguments: Any) -> None:
    os.environ["DATABASE_URL"] = database
    import django

    django.setup()
    task(*arguments)
