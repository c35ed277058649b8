"""Webhooks and real workers: at once, at least once, and from no copy of the database."""

from collections import defaultdict
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import timedelta
from itertools import cycle
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import connection, connections
from django.utils import timezone

from communication.delivery.enums import UNFINISHED_STATES
from communication.delivery.models import Installation
from communication.syndication.models import (
    ContentVersion,
    WebhookCursor,
    WebhookDelivery,
    WebhookEndpoint,
)
from communication.syndication.services.change_log import refresh_change_log
from communication.syndication.services.webhook_sending import LEASE
from communication.syndication.webhook_jobs import WebhookSending
from tests.factories import NewsPageFactory
from tests.receiver import (
    Answer,
    Handler,
    Receiver,
    byte_by_byte,
    endless,
    never,
    nonsense,
    receiving,
    status,
)
from tests.sites import build_site
from tests.webhooks import changes, sequences, verified, webhook_to, work
from tests.workers import running_worker, wait_for
from v2v_snippets.publication.changes import recording_changes

pytestmark = pytest.mark.django_db(transaction=True)

KILLS = 20


def test_a_publication_is_told_at_once_and_the_worker_ends_cleanly(receiver: Receiver) -> None:
    site = build_site()
    refresh_change_log()
    _endpoint, secret = webhook_to(receiver)

    with running_worker("--poll=3600") as process:
        wait_for(lambda: process.poll() is None)
        with recording_changes():
            page = NewsPageFactory(parent=site.news)
        committed_at = timezone.now()
        wait_for(lambda: receiver.requests)
        took = (timezone.now() - committed_at).total_seconds()
        process.terminate()
        output = process.communicate(timeout=20)

    told = {verified(request, secret)["data"]["id"] for request in receiver.requests}
    assert str(page.translation_key) in told
    assert took < 5, "It is looked for more than twice a second; the limit is for slow machines."
    assert (process.returncode, output) == (0, ("", ""))


def test_a_copy_of_the_database_sends_nothing_until_it_is_adopted(receiver: Receiver) -> None:
    webhook_to(receiver)
    changes(2)
    Installation.objects.update(digest="0" * 64)

    with pytest.raises(CommandError, match="adopt_installation"):
        call_command("run_worker", once=True)
    assert (receiver.requests, WebhookDelivery.objects.count()) == ([], 0)

    call_command("adopt_installation")
    call_command("run_worker", once=True)
    assert len(receiver.requests) == 2


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite wants one worker")
def test_two_workers_share_the_work_and_keep_the_order(receiver: Receiver) -> None:
    webhook_to(receiver)
    keys = [uuid4() for _number in range(10)]
    rows = [change for _turn in range(6) for key in keys for change in changes(public_id=key)]

    def run() -> None:
        try:
            work(WebhookSending(), steps=5000)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        for worker in [pool.submit(run) for _number in range(2)]:
            worker.result()
    work()

    told = sequences(receiver)
    assert sorted(told) == sorted(change.sequence for change in rows)
    for key in keys:
        own = [change.sequence for change in rows if change.public_id == key]
        assert [number for number in told if number in own] == own


def by_turns(*answers: Answer) -> Answer:
    """Answers in another way each time."""
    turns = cycle(answers)

    def answer(handler: Handler) -> None:
        next(turns)(handler)

    return answer


def late(handler: Handler) -> None:
    """Answers well, after a while."""
    handler.receiver.ended.wait(0.3)
    handler.answer(200)


def alive() -> list[Answer]:
    """Servers that take what they get, sooner or later, as those of schools do."""
    well = status(200)
    return [
        well,
        by_turns(well, well, status(500), well, late, well, well),
        by_turns(well, status(429, Retry_After="1"), well, well, status(400), well),
        by_turns(well, endless(200), well, nonsense, well),
    ]


def no_use(forbidden: Receiver) -> list[Answer]:
    """Servers that take nothing, each in its own way; the last one is gone for good."""
    elsewhere = status(301, Location=forbidden.url)
    return [elsewhere, status(400), status(500), never, byte_by_byte, status(410)]


@pytest.fixture
def servers(forbidden: Receiver) -> Iterator[tuple[list[Receiver], list[Receiver]]]:
    """Those that are alive, and the others."""
    with ExitStack() as stack:
        kinds = [
            [(stack.enter_context(receiving()), answer) for answer in answers]
            for answers in (alive(), no_use(forbidden))
        ]
        for receiver, answer in (pair for kind in kinds for pair in kind):
            receiver.otherwise = answer
        live, others = ([receiver for receiver, _answer in kind] for kind in kinds)
        yield live, others


@pytest.mark.slow
def test_every_live_endpoint_gets_every_event_although_workers_are_killed(
    servers: tuple[list[Receiver], list[Receiver]], forbidden: Receiver
) -> None:
    live = [(receiver, *webhook_to(receiver)) for receiver in servers[0]]
    others = [(receiver, *webhook_to(receiver)) for receiver in servers[1]]
    private, _secret = webhook_to(forbidden)
    expected: list[int] = []
    first = servers[0][0]
    for turn in range(KILLS):
        with running_worker() as process:
            expected += [change.sequence for change in changes(10)]
            some = len(first.requests) + 1 + turn % 7  # in the midst of whatever it does
            wait_for(lambda some=some: len(first.requests) >= some)
            process.kill()
            process.wait(10)
    finish([endpoint for _receiver, endpoint, _secret in live])

    for receiver, _endpoint, secret in live:
        got: dict[str, set[int]] = defaultdict(set)
        for request in receiver.requests:
            content = verified_whenever(request, secret)
            got[request.headers["webhook-id"]].add(content["data"]["sequence"])
        assert sorted(number for numbers in got.values() for number in numbers) == expected
    assert all(receiver.requests for receiver, _endpoint, _secret in others)
    *_failing, (_receiver, gone, _secret) = others
    gone.refresh_from_db()
    assert gone.disabled_reason == "gone"
    assert forbidden.connections == 0
    private.refresh_from_db()
    assert private.last_success_at is None


def finish(live: list[WebhookEndpoint]) -> None:
    """Lets one more worker finish, without waiting for the pauses after failures."""
    unfinished = WebhookDelivery.objects.filter(endpoint__in=live, state__in=UNFINISHED_STATES)
    counter = ContentVersion.objects.get().counter
    WebhookDelivery.objects.filter(leased_until__isnull=False).update(
        leased_until=timezone.now() - LEASE
    )

    def hurry() -> bool:
        far = timezone.now() + timedelta(seconds=1)
        unfinished.filter(next_attempt_at__gt=far).update(next_attempt_at=timezone.now())
        return not WebhookCursor.objects.filter(sequence__lt=counter).exists() and (
            not unfinished.exists()
        )

    with running_worker():
        wait_for(hurry, patience=180)


def verified_whenever(request: Any, secret: str) -> Any:
    """Verifies a webhook that came minutes ago, as of the moment at which it came."""
    with time_machine.travel(int(request.headers["webhook-timestamp"])):
        return verified(request, secret)
