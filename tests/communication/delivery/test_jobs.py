"""Scheduled publishing does to pages and snippets what Wagtail's own command does."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from wagtail.models import ModelLogEntry, PageLogEntry, Revision
from wagtail.signals import page_published, page_unpublished, published, unpublished

from communication.delivery.jobs import ScheduledPublishing
from communication.delivery.protocol import JobResult
from tests.communication.delivery.notices.models import Notice
from tests.factories import NewsPageFactory
from tests.sites import SiteTree, build_site
from v2v_pages.models import NewsPage

pytestmark = pytest.mark.django_db

TOMORROW = timedelta(days=1)
Announcement = tuple[str, str]


@pytest.fixture
def site() -> SiteTree:
    return build_site()


@contextmanager
def later(**delta: float) -> Iterator[datetime]:
    """Turns the clock on and lets it stand still."""
    with time_machine.travel(timezone.now() + timedelta(**delta), tick=False):
        yield timezone.now()


def run(job: ScheduledPublishing | None = None) -> JobResult:
    """Runs one step of the job now."""
    return (job or ScheduledPublishing()).run_due(timezone.now())


def drain(job: ScheduledPublishing | None = None) -> None:
    """Runs steps until nothing is due."""
    job = job or ScheduledPublishing()
    while (result := run(job)).next_due_at and result.next_due_at <= timezone.now():
        pass


@pytest.fixture
def announced() -> Iterator[list[Announcement]]:
    """Collects the signals that Wagtail sends: (name, text of the object)."""
    heard: list[Announcement] = []
    signals = {
        "published": published,
        "unpublished": unpublished,
        "page_published": page_published,
        "page_unpublished": page_unpublished,
    }
    receivers = []
    for name, signal in signals.items():

        def hear(*, name: str = name, instance: Any, **kwargs: Any) -> None:
            heard.append((name, str(instance)))

        signal.connect(hear)
        receivers.append((signal, hear))
    yield heard
    for signal, receiver in receivers:
        signal.disconnect(receiver)


def scheduled_notice(text: str, **fields: Any) -> Notice:
    """A snippet that goes live tomorrow."""
    notice = Notice.objects.create(
        text=text, live=False, go_live_at=timezone.now() + TOMORROW, **fields
    )
    notice.save_revision().publish()
    return notice


def live_notice(text: str, **fields: Any) -> Notice:
    """A snippet that is to be seen."""
    notice = Notice.objects.create(text=text, live=False, **fields)
    notice.save_revision().publish()
    return Notice.objects.get(pk=notice.pk)


def test_a_page_goes_live_at_its_time(site: SiteTree) -> None:
    page = NewsPageFactory(parent=site.news, scheduled=True)
    approved = page.scheduled_revision.approved_go_live_at

    before = run()
    with later(days=1, seconds=1) as now:
        result = run()

    page.refresh_from_db()
    assert before == JobResult(next_due_at=approved)
    assert result == JobResult(done=1, next_due_at=now)
    assert page.live
    assert page.first_published_at == page.last_published_at == now
    assert page.live_revision == page.latest_revision
    assert not page.expired


def test_a_page_expires_at_its_time(site: SiteTree) -> None:
    page = NewsPageFactory(parent=site.news, expire_at=timezone.now() + TOMORROW)

    before = run()
    with later(days=1):
        result = run()

    page.refresh_from_db()
    assert before == JobResult(next_due_at=page.expire_at)
    assert result.done == 1
    assert (page.live, page.expired) == (False, True)


def test_a_live_page_keeps_its_text_until_the_new_one_is_due(site: SiteTree) -> None:
    page = NewsPageFactory(parent=site.news, title="Old")
    page.title = "New"
    page.go_live_at = timezone.now() + TOMORROW
    page.save_revision().publish()

    drain()
    between = NewsPage.objects.get(pk=page.pk)
    with later(days=1):
        drain()
    after = NewsPage.objects.get(pk=page.pk)

    assert (between.title, between.live) == ("Old", True)
    assert (after.title, after.live) == ("New", True)


def test_a_snippet_goes_live_and_expires_at_its_time() -> None:
    notice = scheduled_notice("Doors open", expire_at=timezone.now() + 2 * TOMORROW)

    with later(days=1, seconds=1):
        drain()
        between = Notice.objects.get(pk=notice.pk)
        next_due_at = run().next_due_at
    with later(days=2, seconds=1):
        drain()
    after = Notice.objects.get(pk=notice.pk)

    assert between.live
    assert next_due_at == between.expire_at
    assert (after.live, after.expired) == (False, True)


def build_schedule(parent: Any) -> None:
    """One object of each kind whose time comes within a day."""
    soon = timezone.now() + timedelta(hours=12)
    NewsPageFactory(parent=parent, title="Goes live", go_live_at=soon)
    NewsPageFactory(parent=parent, title="Expires", expire_at=soon)
    short_lived = {"go_live_at": soon, "expire_at": soon + timedelta(hours=1)}
    NewsPageFactory(parent=parent, title="Too late", **short_lived)
    changed = NewsPageFactory(parent=parent, title="Before")
    changed.title, changed.go_live_at = "After", soon
    changed.save_revision().publish()
    draft_on_top = NewsPageFactory(parent=parent, title="Approved", go_live_at=soon)
    draft_on_top.title = "Draft on top"
    draft_on_top.save_revision()
    never_published = NewsPage(title="Never published", summary="In short.", slug="never")
    never_published.expire_at = soon
    parent.add_child(instance=never_published)
    source = NewsPageFactory(parent=parent, title="Source", expire_at=soon)
    source.create_alias(parent=parent, update_slug="alias")
    scheduled_notice("Goes live")
    live_notice("Expires", expire_at=soon)


def outcome() -> dict[str, Any]:
    """What both ways of publishing must leave behind alike: titles and states, no keys or times."""
    records = [*NewsPage.objects.order_by("slug"), *Notice.objects.order_by("text")]
    return {
        "states": [
            (str(record), record.live, record.expired, record.has_unpublished_changes)
            for record in records
        ],
        "with a live revision": [str(r) for r in records if r.live_revision_id],
        "page log": sorted(PageLogEntry.objects.values_list("label", "action", "user")),
        "snippet log": sorted(ModelLogEntry.objects.values_list("label", "action", "user")),
        "schedules": Revision.objects.filter(approved_go_live_at__isnull=False).count(),
    }


def outcome_of(publish: Callable[[], Any], parent: Any) -> dict[str, Any]:
    """What ``publish`` makes of the schedule; nothing of it stays in the database."""
    with transaction.atomic():
        build_schedule(parent)
        with later(days=1, seconds=1):
            publish()
            publish()  # Wagtail's command takes down only now what it has published too late
        result = outcome()
        transaction.set_rollback(True)
    return result


def test_states_and_log_are_those_of_wagtails_command(site: SiteTree) -> None:
    theirs = outcome_of(lambda: call_command("publish_scheduled"), site.news)
    ours = outcome_of(drain, site.news)

    assert ours == theirs
    assert theirs["schedules"] == 0
    assert len(theirs["with a live revision"]) == 4


def test_signals_are_those_of_wagtails_command(
    site: SiteTree, announced: list[Announcement]
) -> None:
    outcome_of(lambda: call_command("publish_scheduled"), site.news)
    theirs, announced[:] = set(announced), []
    outcome_of(drain, site.news)

    assert set(announced) == theirs
    assert ("page_published", "Goes live") in theirs


def test_scheduling_a_live_page_without_a_live_revision_takes_it_down_as_wagtail_does(
    site: SiteTree,
) -> None:
    page = NewsPage(title="Made by code", summary="In short.", live=True)
    site.news.add_child(instance=page)
    page.go_live_at = timezone.now() + TOMORROW
    page.save_revision().publish()

    drain()

    page.refresh_from_db()
    assert not page.live


def test_more_than_a_step_can_do_is_due_at_once(site: SiteTree) -> None:
    for number in range(23):
        scheduled_notice(f"Notice {number}")
    job = ScheduledPublishing()

    with later(days=1, seconds=1) as now:
        results = [run(job) for _step in range(4)]

    assert [result.done for result in results] == [10, 10, 3, 0]
    assert [result.next_due_at for result in results] == [now, now, now, None]
    assert Notice.objects.filter(live=True).count() == 23


def test_what_has_run_out_when_it_is_published_is_taken_down_at_once(site: SiteTree) -> None:
    soon = timezone.now() + timedelta(hours=1)
    page = NewsPageFactory(parent=site.news, go_live_at=soon, expire_at=soon + timedelta(hours=1))

    with later(days=1):
        drain()

    page.refresh_from_db()
    assert (page.live, page.expired) == (False, True)


def slug_taken_by_another(parent: Any) -> NewsPage:
    """A scheduled page that cannot be published: its address was given away meanwhile."""
    page: NewsPage = NewsPageFactory(parent=parent, slug="taken", scheduled=True)
    NewsPage.objects.filter(pk=page.pk).update(slug="before")
    NewsPageFactory(parent=parent, title="Other", slug="taken")
    return page


def test_a_page_that_cannot_be_published_holds_up_no_other(
    site: SiteTree, caplog: pytest.LogCaptureFixture
) -> None:
    bad = slug_taken_by_another(site.news)
    good = NewsPageFactory(parent=site.news, scheduled=True)

    with later(days=1, seconds=1):
        result = run()

    bad.refresh_from_db()
    good.refresh_from_db()
    assert (bad.live, good.live) == (False, True)
    assert (result.done, result.failed) == (1, 1)
    assert "slug" in result.error
    assert "wagtailcore.Revision" in caplog.text


def test_a_page_that_cannot_be_published_is_tried_again_ever_more_rarely(site: SiteTree) -> None:
    slug_taken_by_another(site.news)
    job = ScheduledPublishing()
    pauses = []

    with time_machine.travel(timezone.now() + timedelta(days=1, seconds=1), tick=False) as clock:
        for _attempt in range(12):
            assert run(job).failed == 1
            next_due_at = run(job).next_due_at
            assert next_due_at is not None
            pauses.append((next_due_at - timezone.now()).total_seconds())
            clock.move_to(next_due_at)

    assert pauses[:4] == [10, 20, 40, 80]
    assert pauses[-1] == 3600


def test_a_page_is_published_as_soon_as_its_fault_is_mended(site: SiteTree) -> None:
    page = slug_taken_by_another(site.news)
    job = ScheduledPublishing()

    with later(days=1, seconds=1):
        failed = run(job).failed
        NewsPage.objects.get(slug="taken").delete()
    with later(days=1, seconds=12):
        drain(job)

    page.refresh_from_db()
    assert failed == 1
    assert (page.live, page.slug) == (True, "taken")


def test_a_failure_undoes_all_of_its_page(site: SiteTree) -> None:
    page = NewsPageFactory(parent=site.news, title="Half done", scheduled=True)

    def fail(**kwargs: Any) -> None:
        raise RuntimeError("The receiver is out of order")

    page_published.connect(fail)
    try:
        with later(days=1, seconds=1):
            result = run()
    finally:
        page_published.disconnect(fail)

    page.refresh_from_db()
    assert "out of order" in result.error
    assert not page.live
    assert page.scheduled_revision is not None


def test_a_revision_whose_object_is_gone_is_reported(site: SiteTree) -> None:
    notice = scheduled_notice("Lost")
    Revision.objects.filter(object_id=notice.pk).update(object_id="999999")

    with later(days=1, seconds=1):
        result = run()

    assert result.failed == 1
    assert "its object is gone" in result.error


def test_a_schedule_that_an_editor_withdrew_is_not_carried_out(site: SiteTree) -> None:
    page = NewsPageFactory(parent=site.news, scheduled=True)
    revision = page.scheduled_revision
    revision.approved_go_live_at = None
    revision.save(update_fields=["approved_go_live_at"])

    with later(days=1, seconds=1):
        result = run()

    page.refresh_from_db()
    assert result == JobResult()
    assert not page.live


@pytest.mark.parametrize("number", [1, 15])
def test_looking_for_work_costs_three_queries_however_much_is_scheduled(
    site: SiteTree, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for index in range(number):
        scheduled_notice(f"Notice {index}", expire_at=timezone.now() + 2 * TOMORROW)
        live_notice(f"Live {index}", expire_at=timezone.now() + TOMORROW)

    with django_assert_num_queries(3):  # pages, the one kind of snippet there is, revisions
        run()
