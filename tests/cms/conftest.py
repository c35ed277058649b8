"""One loaded demo for all tests that want it: each test's own changes are rolled back."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from cms.demo.loading import load_demo


@pytest.fixture(scope="session")
def demo(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The demo, loaded once. It stays to the end: ../conftest.py lets these tests come last."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_demo()
        with django_db_blocker.block():
            yield
        transaction.set_rollback(True)
