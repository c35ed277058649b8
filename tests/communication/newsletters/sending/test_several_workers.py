"""Workers that share a database keep together to what the owner of the mail server allows."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from communication.newsletters.services.dispatching.pacing import (
    current_pace,
    give_back,
    take_turn,
)
from communication.newsletters.wire.pace import Limits
from tests.dispatches import NOON
from tests.workers import in_thread

pytestmark = pytest.mark.django_db(transaction=True)

PATIENCE = 30
WORKERS, TURNS, QUOTA = 4, 25, 40


def test_four_workers_together_get_exactly_the_quota() -> None:
    limits, start = Limits(per_day=QUOTA), threading.Barrier(WORKERS)

    def work() -> int:
        start.wait(PATIENCE)
        return sum(take_turn(wanted=1, limits=limits, now=NOON).number for _turn in range(TURNS))

    with ThreadPoolExecutor(WORKERS) as pool:
        workers = [pool.submit(in_thread(work)) for _number in range(WORKERS)]
        taken = [worker.result(PATIENCE) for worker in workers]

    assert sum(taken) == QUOTA
    assert current_pace().free_at(limits, NOON) > NOON


def test_what_one_worker_gives_back_is_not_lost_to_another() -> None:
    """Nothing of the quota remains in use once every turn is given back."""
    limits, start = Limits(per_day=QUOTA), threading.Barrier(WORKERS)

    def work() -> None:
        start.wait(PATIENCE)
        for _turn in range(TURNS):
            turn = take_turn(wanted=1, limits=limits, now=NOON)
            give_back(number=turn.number, limits=limits, now=NOON)

    with ThreadPoolExecutor(WORKERS) as pool:
        for worker in [pool.submit(in_thread(work)) for _number in range(WORKERS)]:
            worker.result(PATIENCE)

    assert take_turn(wanted=QUOTA + 1, limits=limits, now=NOON).number == QUOTA
