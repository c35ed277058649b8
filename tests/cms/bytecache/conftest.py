"""What every test of the cache begins with."""

import pytest

from .origin import Origin, Reader


@pytest.fixture
def origin() -> Origin:
    return Origin()


@pytest.fixture
def reader(origin: Origin) -> Reader:
    return Reader(origin)
