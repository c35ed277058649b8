"""Pages and snippets go live and expire at their time."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from wagtail.models import DraftStateMixin, Page

from communication.delivery.jobs import ScheduledPublishing
from communication.delivery.protocol import JobResult
from tests.communication.delivery.notices.models import Notice
from tests.communication.delivery.schedules import (
    TOMORROW,
    drain,
    later,
    live_notice,
    run,
    scheduled_notice,
)
from tests.factories import NewsPageFactory
from tests.sites import SiteTree
from v2v_pages.models import NewsPage

pytestmark = pytest.mark.django_db


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
def test_looking_for_work_costs_a_query_for_each_kind_however_much_is_scheduled(
    site: SiteTree, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for index in range(number):
        scheduled_notice(f"Notice {index}", expire_at=timezone.now() + 2 * TOMORROW)
        live_notice(f"Live {index}", expire_at=timezone.now() + TOMORROW)

    kinds = [kind for kind in apps.get_models() if issubclass(kind, DraftStateMixin)]
    pages = [kind for kind in kinds if issubclass(kind, Page)]
    with django_assert_num_queries(1 + len(kinds) - len(pages) + 1):  # the last one: revisions
        run()
