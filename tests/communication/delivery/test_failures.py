"""An object that cannot be published holds up no other, and is tried again."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone
from wagtail.models import Revision
from wagtail.signals import page_published

from communication.delivery.jobs import ScheduledPublishing
from tests.communication.delivery.schedules import drain, later, run, scheduled_notice
from tests.factories import NewsPageFactory
from tests.sites import SiteTree
from v2v_pages.models import NewsPage

pytestmark = pytest.mark.django_db


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
