"""The promise, with real processes: however often workers are killed, the books balance.

Workers are killed with ``kill -9`` at random points while a mail server puts off, refuses, and
hangs up before and after the last dot. What the database says is compared with what it has taken.
"""

import logging
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.conf import settings as site_settings
from django.db import connection
from django.utils import timezone

from communication.delivery.services.installation import adopt_installation
from communication.newsletters.enums import DispatchState
from communication.newsletters.models import Delivery, Dispatch, Subscriber, Subscription
from communication.newsletters.services.dispatching.pausing import resume
from communication.newsletters.services.dispatching.scheduling import UNDO_WINDOW, schedule
from communication.newsletters.subscribers.addresses import address_hmac
from tests.dispatches import ready_dispatch
from tests.mail_sink import HANG_UP, TAKE_AND_HANG_UP, Letter, MailSink
from tests.newsletters import MailingListFactory
from tests.workers import database_url

logger = logging.getLogger(__name__)

WORKERS = 1 if connection.vendor == "sqlite" else 3
PATIENCE = 900
AFTER_THE_DOT = ("after the dot, refused", "after the dot, taken")


class Weather:
    """What a mail server does in bad weather, each thing with its own probability."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.drops: Counter[str] = Counter()

    def __call__(self, stage: str, letter: Letter) -> str | None:
        dice = self.random.random()
        if stage == "RCPT" and dice < 0.02:
            return "451 4.7.1 later"
        if stage == "RCPT" and dice < 0.03:
            return "550 5.2.1 not today"
        if stage == "DATA" and dice < 0.005:
            return self.drop("before the dot", HANG_UP)
        if stage == "DOT" and dice < 0.005:
            return self.drop("after the dot, refused", HANG_UP)
        if stage == "DOT" and dice < 0.01:
            return self.drop("after the dot, taken", TAKE_AND_HANG_UP)
        return None

    def drop(self, when: str, how: str) -> str:
        self.drops[when] += 1
        return how


class Workers:
    """Processes that are killed, and followed by others."""

    def __init__(self, port: int) -> None:
        self.command = [sys.executable, "-m", "tests.sending_worker", str(port)]
        self.environment = {**os.environ, "DATABASE_URL": database_url()}
        self.processes = [self._start() for _number in range(WORKERS)]
        self.kills = 0

    def kill_one(self, dice: random.Random) -> None:
        number = dice.randrange(WORKERS)
        self.processes[number].kill()
        self.processes[number].wait()
        self.kills += 1
        self.processes[number] = self._start()

    def end(self) -> None:
        for process in self.processes:
            process.send_signal(signal.SIGTERM)
        for process in self.processes:
            try:
                process.wait(20)
            finally:
                process.kill()

    def _start(self) -> "subprocess.Popen[bytes]":
        return subprocess.Popen(
            self.command, cwd=site_settings.ROOT, env=self.environment, stderr=subprocess.DEVNULL
        )


def kill_after(
    every: int,
    kills: int,
    workers: Workers,
    sink: MailSink,
    dice: random.Random,
    is_over: threading.Event,
) -> None:
    """Kills a worker each time that ``every`` more readers have their mail."""
    while workers.kills < kills and not is_over.wait(0.005):
        if len(sink.taken) >= every * (workers.kills + 1):
            is_over.wait(dice.random() / 10)  # anywhere within a mail
            workers.kill_one(dice)


def write_readers(number: int) -> Any:
    mailing_list = MailingListFactory(slug="news")
    addresses = [f"p{each}@school.example" for each in range(number)]
    people = Subscriber.objects.bulk_create(
        [Subscriber(address=each, hmac=address_hmac(each), locale="en") for each in addresses],
        batch_size=500,
    )
    Subscription.objects.bulk_create(
        [
            Subscription(mailing_list=mailing_list, subscriber=each, state="confirmed")
            for each in people
        ],
        batch_size=500,
    )
    return mailing_list


def keep_going(dispatch: Dispatch) -> bool:
    """Tells whether there is something to do; stands for the person who lets it go on."""
    dispatch.refresh_from_db()
    if dispatch.state == DispatchState.PAUSED:
        resume(dispatch=dispatch, now=timezone.now())
    # those who were put off are not waited for: a minute and more each time
    waiting = Delivery.objects.filter(state="retry", next_attempt_at__gt=timezone.now())
    waiting.update(next_attempt_at=timezone.now())
    return dispatch.state not in {DispatchState.SENT, DispatchState.SENT_UNCERTAIN}


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("readers", "kills"),
    [
        pytest.param(300, 3, id="a small storm"),
        pytest.param(5_000, 50, id="a great storm"),
    ],
)
def test_nobody_gets_two_and_nobody_is_forgotten(settings: Any, readers: int, kills: int) -> None:
    settings.V2V_INSTALLATION_ID = "the proof"
    adopt_installation()
    seed = random.randrange(2**32)
    with told_of(seed):
        weather_the_storm(seed, readers, kills)


def weather_the_storm(seed: int, readers: int, kills: int) -> None:
    """Lets workers send, and kills them; compares their books with the server's."""
    weather, dice = Weather(seed), random.Random(seed + 1)
    sink = MailSink(answers=weather, keeps_content=False).start()
    dispatch = ready_dispatch(write_readers(readers))
    schedule(dispatch=dispatch, now=timezone.now() - UNDO_WINDOW)
    workers, is_over = Workers(sink.port), threading.Event()
    every = readers // 2 // kills  # to the end there must be time for the last
    # in a thread of its own: whoever waits for the database comes too late
    killer = threading.Thread(target=kill_after, args=[every, kills, workers, sink, dice, is_over])
    killer.start()
    deadline = time.monotonic() + PATIENCE
    try:
        while keep_going(dispatch):
            assert time.monotonic() < deadline, Counter(dispatch.deliveries.values_list("state"))
            is_over.wait(0.05)
    finally:
        is_over.set()
        killer.join()
        workers.end()
        sink.close()
    check_books(dispatch, sink, readers)
    check_uncertain(dispatch, sink, workers.kills, weather.drops)
    assert workers.kills == kills
    logger.info("seed %s, drops %s, %s", seed, dict(weather.drops), counts(dispatch))


@contextmanager
def told_of(seed: int) -> Iterator[None]:
    """Adds the seed to whatever fails, so that the same weather can be had again."""
    try:
        yield
    except BaseException as error:
        error.add_note(f"The seed was {seed}.")
        raise


def counts(dispatch: Dispatch) -> Counter[str]:
    return Counter(dispatch.deliveries.values_list("state", flat=True))


def check_books(dispatch: Dispatch, sink: MailSink, readers: int) -> None:
    balance = counts(dispatch)
    accounted = sum(balance[state] for state in ("accepted", "failed", "skipped", "uncertain"))
    assert accounted == readers, balance
    assert max(sink.taken.values()) == 1, "Somebody got two."


def check_uncertain(dispatch: Dispatch, sink: MailSink, kills: int, drops: Counter[str]) -> None:
    """Compares the list of uncertain mails with whom the server knows to have one.

    Where server and database differ, the list says so, exactly. It also names whoever was begun and
    has nothing, since a worker that was killed before the last dot cannot tell.
    """
    rows = dispatch.deliveries.all()
    accepted = set(rows.accepted().values_list("address", flat=True))
    uncertain = {row.address: row for row in rows.uncertain()}
    taken = set(sink.taken)
    assert accepted <= taken, "The database believes what never happened."
    assert uncertain.keys() & taken == taken - accepted, "The list is not the difference."
    for row in uncertain.values():
        assert row.first_attempt_at is not None, "It was begun,"
        assert row.message_id, "under a name,"
        assert row.attempts > 0
        assert row.smtp_code != 250, "and not answered."
    assert len(uncertain.keys() - taken) <= kills + drops["after the dot, refused"]
    assert len(uncertain) <= kills + sum(drops[why] for why in AFTER_THE_DOT)
