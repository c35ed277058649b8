"""One loaded demo for all tests that want it: each test's own changes are rolled back."""

from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Refuses modules of which only some tests stand on the demo: it stays once it is loaded.

    Parallel runs deal out whole modules, so that such a one would spoil all that come after it.
    """
    stands: dict[Path, set[bool]] = {}
    for item in items:
        if item.path.is_relative_to(HERE):
            stands.setdefault(item.path, set()).add("demo" in getattr(item, "fixturenames", ()))
    if mixed := [path.name for path, found in stands.items() if len(found) > 1]:
        message = f"Put the tests that want the demo into modules of their own: {', '.join(mixed)}."
        raise pytest.UsageError(message)


@pytest.fixture(scope="session")
def demo(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """What ``load_demo`` wrote as it loaded the demo, once, into an empty site.

    The demo stays to the end: ../conftest.py lets these tests come last.
    """
    said = StringIO()
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_demo", stdout=said)
        with django_db_blocker.block():
            yield said.getvalue()
        transaction.set_rollback(True)
