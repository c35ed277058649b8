"""A receiver on the only address that the tests allow, and one that nothing may reach."""

from collections.abc import Iterator

import pytest

from tests.receiver import Receiver, receiving


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """Answers with 200, unless a test tells it otherwise."""
    with receiving() as running:
        yield running


@pytest.fixture
def forbidden() -> Iterator[Receiver]:
    """Listens where nothing may arrive."""
    with receiving("127.0.0.2") as running:
        yield running
