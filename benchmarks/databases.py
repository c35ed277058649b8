"""Where benchmarks measure: databases of their own, on SQLite and on a PostgreSQL that is named."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager


def run_on_each(module: str, *arguments: str) -> None:
    """Runs a benchmark on each database in a process of its own: Django has one set of settings.

    Ends with status 1 where a goal was missed, after all databases have had their turn.
    """
    without = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    environments = [without, *([dict(os.environ)] if "DATABASE_URL" in os.environ else [])]
    command = [sys.executable, "-m", module, "--here", *arguments]
    ended = [subprocess.run(command, env=each, check=False).returncode for each in environments]
    sys.exit(int(any(ended)))


@contextmanager
def empty_database() -> Iterator[str]:
    """Makes a database as the tests have it, says which kind it is, and removes it in the end."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "cms.settings.test"
    import django

    django.setup()
    from django.db import connection

    from tests.bootstrap import keep_initial_data

    keep_initial_data()
    connection.settings_dict["TEST"]["MIGRATE"] = False
    name = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        yield connection.vendor
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)
