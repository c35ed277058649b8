"""One loaded demo for all tests that want it: each test's own changes are rolled back."""

from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction


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
