"""Workers that share a database never do the same thing twice."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.utils import timezone
from wagtail.models import ModelLogEntry, PageLogEntry
from wagtail.signals import published

from communication.delivery.jobs import ScheduledPublishing
from tests.communication.delivery.notices.models import Notice
from tests.factories import NewsPageFactory
from tests.sites import build_site
from tests.workers import in_thread

pytestmark = pytest.mark.django_db(transaction=True)

PATIENCE = 30
needs_row_locks = pytest.mark.skipif(
    connection.vendor == "sqlite", reason="SQLite locks the whole file, never a row"
)


def scheduled_notice(text: str, go_live_at: datetime) -> Notice:
    notice = Notice.objects.create(text=text, live=False, go_live_at=go_live_at)
    notice.save_revision().publish()
    return notice


def drain() -> int:
    """Publishes until nothing is due; returns how much this worker did."""
    job, done = ScheduledPublishing(), 0
    while (result := job.run_due(timezone.now())).done:
        done += result.done
    assert result.failed == 0
    return done


@needs_row_locks
def test_what_one_worker_publishes_is_left_alone_by_the_other() -> None:
    soon = timezone.now() + timedelta(hours=1)
    contested = scheduled_notice("Contested", soon)
    other = scheduled_notice("Other", soon + timedelta(minutes=1))
    in_the_middle, may_go_on = threading.Event(), threading.Event()

    def hold(*, instance: Any, **kwargs: Any) -> None:
        if instance.pk == contested.pk:
            in_the_middle.set()
            assert may_go_on.wait(PATIENCE)

    published.connect(hold)
    try:
        with (
            time_machine.travel(timezone.now() + timedelta(days=1)),
            ThreadPoolExecutor(1) as pool,
        ):
            slow = pool.submit(in_thread(lambda: ScheduledPublishing().run_due(timezone.now())))
            assert in_the_middle.wait(PATIENCE)
            quick = ScheduledPublishing().run_due(timezone.now())
            may_go_on.set()
            held = slow.result(PATIENCE)
    finally:
        published.disconnect(hold)

    assert (quick.done, held.done) == (1, 1)
    log = ModelLogEntry.objects.filter(action="wagtail.publish.scheduled")
    assert sorted(log.values_list("label", flat=True)) == sorted([contested.text, other.text])


def test_four_workers_change_each_page_and_snippet_once() -> None:
    news = build_site().news
    soon = timezone.now() + timedelta(hours=1)
    pages = [NewsPageFactory(parent=news, go_live_at=soon) for _number in range(12)]
    for number in range(30):
        scheduled_notice(f"Notice {number}", soon)
    for number in range(18):
        notice = Notice.objects.create(text=f"Old {number}", live=False, expire_at=soon)
        notice.save_revision().publish()
    start = threading.Barrier(4)

    def work() -> int:
        start.wait(PATIENCE)
        return drain()

    with time_machine.travel(timezone.now() + timedelta(days=1)), ThreadPoolExecutor(4) as pool:
        workers = [pool.submit(in_thread(work)) for _number in range(4)]
        done = [worker.result(PATIENCE) for worker in workers]
        done.append(drain())  # what all of them left to each other

    page_log = PageLogEntry.objects.filter(action="wagtail.publish.scheduled")
    log = ModelLogEntry.objects
    assert sum(done) == 60
    assert sorted(page_log.values_list("page", flat=True)) == [page.pk for page in pages]
    assert log.filter(action="wagtail.publish.scheduled").count() == 30
    assert log.filter(action="wagtail.unpublish.scheduled").count() == 18


def test_a_worker_and_editors_write_at_the_same_time_without_a_failure() -> None:
    soon = timezone.now() + timedelta(hours=1)
    for number in range(30):
        scheduled_notice(f"Notice {number}", soon)
    edited = Notice.objects.create(text="Draft")
    start = threading.Barrier(3)

    def edit() -> int:
        start.wait(PATIENCE)
        notice = Notice.objects.get(pk=edited.pk)
        for _number in range(30):
            notice.save_revision()
        return 30

    def work() -> int:
        start.wait(PATIENCE)
        return drain()

    with time_machine.travel(timezone.now() + timedelta(days=1)), ThreadPoolExecutor(3) as pool:
        results = [pool.submit(in_thread(task)) for task in (edit, edit, work)]
        done = [result.result(PATIENCE) for result in results]

    assert done == [30, 30, 30]
