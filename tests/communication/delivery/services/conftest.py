"""How the tests of a worker stop it, and the clock."""

from collections.abc import Iterator
from contextlib import closing

import pytest
import time_machine
from django.utils import timezone

from communication.delivery.services.stopping import StopRequest


@pytest.fixture
def stop() -> Iterator[StopRequest]:
    with closing(StopRequest()) as request:
        yield request


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(timezone.now(), tick=False) as traveller:
        yield traveller
