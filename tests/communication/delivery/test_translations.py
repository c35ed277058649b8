"""A translation that is not complete at its time stays with its translators."""

from typing import Any

import pytest
from django.utils import timezone

from communication.delivery.jobs import ScheduledPublishing
from tests.communication.delivery.schedules import TOMORROW, later, run
from tests.factories import NewsPageFactory
from tests.sites import SiteTree
from tests.v2v_pages.services.translators import begin, target_of, type_all
from v2v_pages.services.publishing import save_draft

pytestmark = pytest.mark.django_db


def schedule(page: Any) -> None:
    draft = page.get_latest_revision_as_object()
    draft.go_live_at = timezone.now() + TOMORROW
    draft.save_revision().publish()


def test_an_incomplete_translation_holds_up_no_other(site: SiteTree) -> None:
    begin(site.home)
    begin(site.news)
    translation = begin(NewsPageFactory(parent=site.news, title="Article"))
    schedule(target_of(translation))
    other = NewsPageFactory(parent=site.news, scheduled=True)
    job = ScheduledPublishing()

    with later(days=1, seconds=1):
        result, again = run(job), run(job)
    other.refresh_from_db()

    assert (result.done, result.failed) == (1, 1)
    assert "sentences are not translated yet" in result.error
    assert (again.done, again.failed) == (0, 0)
    assert other.live
    assert not target_of(translation).live


def test_typing_what_is_missing_does_not_publish_the_old_draft(site: SiteTree) -> None:
    begin(site.home)
    begin(site.news)
    translation = begin(NewsPageFactory(parent=site.news, title="Article"))
    schedule(target_of(translation))
    type_all(translation)

    with later(days=1, seconds=1):
        result = run()
        refused = not target_of(translation).live
        save_draft(translation).publish()

    assert (result.failed, refused) == (1, True)
    assert target_of(translation).title == "Article (it)"
