"""What is to be sent is taken by one worker at a time, and lost by none."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, connections, transaction
from django.db.models import Q
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from communication.delivery.enums import OutgoingState
from communication.delivery.selectors import state_counts
from communication.delivery.services.claiming import begin, claim, finish, put_off, reap
from communication.delivery.services.schedule import RetrySchedule
from tests.communication.delivery.notices.models import Parcel

pytestmark = pytest.mark.django_db

LEASE = timedelta(seconds=60)
MINUTE = timedelta(minutes=1)


def parcels(number: int, now: datetime, **fields: Any) -> list[Parcel]:
    due = {"next_attempt_at": now, **fields}
    return [Parcel.objects.create(**due) for _number in range(number)]


def take(limit: int, now: datetime) -> list[Parcel]:
    return claim(rows=Parcel.objects.all(), limit=limit, lease=LEASE, now=now)


def test_a_claim_takes_what_has_waited_longest_and_nothing_twice() -> None:
    now = timezone.now()
    late, early, future = (
        Parcel.objects.create(next_attempt_at=now + shift)
        for shift in (-MINUTE, -2 * MINUTE, MINUTE)
    )

    first, second, third = take(1, now), take(5, now), take(5, now)

    assert (first, second, third) == ([early], [late], [])
    assert first[0].token != second[0].token
    future.refresh_from_db()
    assert future.state == OutgoingState.QUEUED


def test_looking_for_work_where_there_is_none_is_one_query(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    now = timezone.now()
    with django_assert_num_queries(1):
        assert take(10, now) == []
    with django_assert_num_queries(1):
        assert reap(rows=Parcel.objects.all(), now=now) == 0


@pytest.mark.parametrize("number", [1, 15])
def test_a_claim_costs_the_same_queries_however_much_is_taken(
    number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    now = timezone.now()
    parcels(number, now)

    with django_assert_num_queries(6):  # with the two of a savepoint
        assert len(take(number, now)) == number


def test_what_arrived_is_finished_and_holds_nobody_any_more() -> None:
    now = timezone.now()
    parcels(1, now)
    [row] = take(1, now)

    assert begin(row=row, lease=LEASE, now=now)
    assert finish(row=row, state=OutgoingState.ACCEPTED, now=now, receiver="Eve")

    found = Parcel.objects.get()
    assert (found.state, found.attempts, found.receiver) == ("accepted", 1, "Eve")
    assert (found.finished_at, found.token, found.leased_until) == (now, None, None)
    assert take(1, now + 9 * LEASE) == []


def test_what_failed_waits_for_its_time() -> None:
    now = timezone.now()
    parcels(1, now)
    [row] = take(1, now)
    begin(row=row, lease=LEASE, now=now)

    assert put_off(row=row, until=now + MINUTE, last_error="No answer")

    found = Parcel.objects.get()
    assert (found.state, found.attempts, found.last_error) == ("retry", 1, "No answer")
    assert take(1, now) == []
    assert take(1, now + MINUTE) == [found]


def test_the_fence_stops_what_is_not_wanted_any_more() -> None:
    now = timezone.now()
    parcels(1, now)
    [row] = take(1, now)
    Parcel.objects.update(is_wanted=False)

    assert not begin(row=row, lease=LEASE, now=now, only_if=[Q(is_wanted=True)])
    assert (row.attempts, Parcel.objects.get().attempts) == (0, 0)
    assert begin(row=row, lease=LEASE, now=now)


def test_a_worker_that_slept_past_its_lease_sends_nothing() -> None:
    now = timezone.now()
    parcels(1, now)
    [row] = take(1, now)

    assert not begin(row=row, lease=LEASE, now=now + LEASE)


def test_a_token_that_was_taken_back_changes_nothing() -> None:
    now = timezone.now()
    parcels(1, now)
    [slow] = take(1, now)
    begin(row=slow, lease=LEASE, now=now)
    later = now + LEASE
    reap(rows=Parcel.objects.all(), now=later)
    [quick] = take(1, later)

    assert not finish(row=slow, state=OutgoingState.FAILED, now=later)
    assert not put_off(row=slow, until=later)
    assert not begin(row=slow, lease=LEASE, now=later)
    assert begin(row=quick, lease=LEASE, now=later)
    assert finish(row=quick, state=OutgoingState.ACCEPTED, now=later)
    assert Parcel.objects.get().attempts == 2


@pytest.mark.parametrize(
    ("interrupted", "expected"),
    [
        (OutgoingState.RETRY, {"queued": 1, "retry": 2, "accepted": 1}),
        (OutgoingState.UNCERTAIN, {"queued": 1, "retry": 1, "uncertain": 1, "accepted": 1}),
    ],
)
def test_what_a_dead_worker_had_in_hand_comes_back(
    interrupted: OutgoingState, expected: dict[str, int]
) -> None:
    now = timezone.now()
    parcels(4, now)
    untouched, tried_before, sending, done = take(4, now)
    for row in (sending, done):
        begin(row=row, lease=LEASE, now=now)
    Parcel.objects.filter(pk=tried_before.pk).update(attempts=3)
    finish(row=done, state=OutgoingState.ACCEPTED, now=now)
    rows = Parcel.objects.all()

    assert reap(rows=rows, now=now + LEASE / 2, interrupted=interrupted) == 0
    assert reap(rows=rows, now=now + LEASE, interrupted=interrupted) == 3

    assert state_counts(rows) == expected
    untouched.refresh_from_db()
    assert untouched.state == OutgoingState.QUEUED
    assert untouched in take(9, now + LEASE)


@pytest.mark.parametrize(
    "fields",
    [
        {"state": "queued", "next_attempt_at": None},
        {"state": "accepted", "next_attempt_at": timezone.now()},
        {"state": "sending", "next_attempt_at": None},
        {"state": "failed", "next_attempt_at": None, "token": uuid4()},
    ],
)
def test_the_database_refuses_what_no_sender_would_understand(fields: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Parcel.objects.create(**fields)


@pytest.mark.django_db(transaction=True)
def test_four_workers_take_each_thing_once() -> None:
    now = timezone.now()
    parcels(80, now)

    def work() -> list[int]:
        taken: list[int] = []
        try:
            while rows := take(3, now):
                taken += [row.pk for row in rows]
        finally:
            connections.close_all()
        return taken

    with ThreadPoolExecutor(4) as pool:
        workers = [pool.submit(work) for _number in range(4)]
    taken = [key for worker in workers for key in worker.result()]
    # rows that one worker had locked are no work to another, so the last ones may be left
    taken += work()

    assert sorted(taken) == sorted(Parcel.objects.values_list("pk", flat=True))


def test_pauses_grow_as_the_schedule_says_and_end() -> None:
    schedule = RetrySchedule((MINUTE, 10 * MINUTE), jitter=0.2)
    now = timezone.now()

    first = [schedule.next_attempt_at(attempts=1, now=now) for _number in range(50)]

    assert all(moment and 48 <= (moment - now).total_seconds() <= 72 for moment in first)
    assert len(set(first)) > 1
    second = schedule.next_attempt_at(attempts=2, now=now)
    assert second is not None
    assert 480 <= (second - now).total_seconds() <= 720
    assert schedule.next_attempt_at(attempts=3, now=now) is None
    assert schedule.attempts == 3
