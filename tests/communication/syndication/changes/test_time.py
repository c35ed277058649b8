"""What time alone changes is seen at that second, and recorded by the worker."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone
from wagtail.models import Page

from communication.delivery.jobs import ScheduledPublishing
from communication.syndication.content_version import current_version
from communication.syndication.jobs import ChangePruning, ChangesByTime
from communication.syndication.models import Change, ContentVersion
from communication.syndication.services.change_log import refresh_change_log
from tests.events import EventPageFactory, add_events
from tests.factories import NewsPageFactory, PersonConsentFactory, StandardPageFactory
from tests.repository import RepositoryArticlePageFactory, add_repository
from tests.sites import SiteTree
from v2v_pages.models import NewsPage

from .recorded import Told, counter, recorded, told_since

NOON = datetime(2027, 3, 15, 11, 0, tzinfo=UTC)


@pytest.fixture
def noon(site: SiteTree) -> Iterator[SiteTree]:
    """The site at noon, its log up to date."""
    with time_machine.travel(NOON, tick=False):
        refresh_change_log()
        yield site


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Turns the clock."""
    with time_machine.travel(moment, tick=False):
        yield


def work(*pages: Any) -> Told:
    """Lets the worker record what time has changed; returns what it recorded."""
    before = counter()
    names = {page.translation_key: page.title for page in pages}
    job = ChangesByTime()
    while job.run_due(timezone.now()).done:
        pass
    return told_since(before, names)


def midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, datetime.min.time()))


def test_the_next_midnight_is_a_boundary_where_nothing_is_due_before(noon: SiteTree) -> None:
    version = current_version()

    assert version.next_boundary_at == midnight(date(2027, 3, 16))
    assert version.is_settled()


def test_an_expiry_is_seen_at_its_second_and_recorded_once(noon: SiteTree) -> None:
    expiry = NOON + timedelta(hours=1)
    with recorded():
        article = NewsPageFactory(parent=noon.news, title="Article", expire_at=expiry)
    before = current_version()

    with at(expiry - timedelta(seconds=1)):
        assert current_version().is_settled()
        assert work(article) == set()
    with at(expiry):
        assert not current_version().is_settled(), "No worker has run."
        told = work(article)
        assert current_version().is_settled()
        assert current_version().counter > before.counter
        assert work(article) == set()
        with recorded(article) as unpublished:
            ScheduledPublishing().run_due(timezone.now())

    assert before.next_boundary_at == expiry
    assert told == {("Article", "en", "delete", "expired")}
    assert unpublished.told == set(), "It was withdrawn already."


def test_what_expires_hides_all_below_it(noon: SiteTree) -> None:
    expiry = NOON + timedelta(hours=1)
    with recorded():
        above = StandardPageFactory(parent=noon.home, title="Above", expire_at=expiry)
        below = StandardPageFactory(parent=above, title="Below")

    with at(expiry):
        told = work(above, below)

    assert told == {("Above", "en", "delete", "expired"), ("Below", "en", "delete", "expired")}


def test_what_goes_live_by_the_clock_alone_is_new(noon: SiteTree) -> None:
    later = NOON + timedelta(hours=1)
    article = NewsPageFactory(parent=noon.news, title="Article")
    NewsPage.objects.filter(pk=article.pk).update(go_live_at=later)
    refresh_change_log()
    assert current_version().next_boundary_at == later

    with at(later):
        told = work(article)

    assert told == {("Article", "en", "upsert", "own")}


def test_what_the_worker_publishes_is_recorded_in_its_transaction(noon: SiteTree) -> None:
    later = NOON + timedelta(hours=1)
    article = NewsPageFactory(parent=noon.news, title="Article", draft=True)
    article.go_live_at = later
    article.save_revision().publish()
    before = counter()

    with at(later):
        ScheduledPublishing().run_due(timezone.now())

    assert told_since(before, {article.translation_key: "Article"}) == {
        ("Article", "en", "upsert", "own")
    }


def test_a_consent_that_ends_changes_what_shows_the_person_from_the_next_day_on(
    noon: SiteTree,
) -> None:
    consent = PersonConsentFactory(valid_until=date(2027, 3, 17))
    quote = {"quote": "We met.", "consent": consent.pk, "source": ""}
    body = [{"type": "quote", "value": quote, "id": "q"}]
    article = NewsPageFactory(parent=noon.news, title="Quoting", body=body)
    refresh_change_log()

    with at(NOON + timedelta(days=2)):
        on_its_last_day = work(article)
    with at(midnight(date(2027, 3, 18))):
        afterwards = work(article)

    assert on_its_last_day == set()
    assert afterwards == {("Quoting", "en", "upsert", "dependency")}


def test_a_review_that_falls_due_and_an_event_that_passes_change_their_items(
    noon: SiteTree,
) -> None:
    tomorrow = date(2027, 3, 16)
    article = RepositoryArticlePageFactory(
        parent=add_repository(noon), title="Visa", review_on=tomorrow
    )
    event = EventPageFactory(parent=add_events(noon), title="Visit", starts_on=date(2027, 3, 15))
    refresh_change_log()

    with at(midnight(tomorrow)):
        told = work(article, event)

    assert told == {
        ("Visa", "en", "upsert", "expired"),
        ("Visit", "en", "upsert", "expired"),
    }


def test_an_editor_who_is_faster_than_the_worker_records_what_time_has_changed(
    noon: SiteTree,
) -> None:
    expiry = NOON + timedelta(hours=1)
    with recorded():
        article = NewsPageFactory(parent=noon.news, title="Article", expire_at=expiry)

    with at(expiry), recorded(article) as record:
        noon.news.save_revision().publish()

    assert ("Article", "en", "delete", "expired") in record.told


def test_once_a_day_the_log_learns_what_went_past_it(noon: SiteTree) -> None:
    with recorded():
        article = NewsPageFactory(parent=noon.news, title="Article")
    Page.objects.filter(pk=article.pk).update(live=False)

    with at(NOON + timedelta(days=1)):
        told = work(article)

    assert ("Article", "en", "delete", "own") in told


def test_changes_are_forgotten_after_90_days(noon: SiteTree) -> None:
    with recorded():
        old = NewsPageFactory(parent=noon.news)
    with at(NOON + timedelta(days=80)), recorded():
        young = NewsPageFactory(parent=noon.news)

    with at(NOON + timedelta(days=90)):
        on_the_last_day = ChangePruning().run_due(timezone.now())
    with at(NOON + timedelta(days=90, seconds=1)):
        afterwards = ChangePruning().run_due(timezone.now())
        nothing_left = ChangePruning().run_due(timezone.now())

    assert on_the_last_day.done == nothing_left.done == 0
    assert on_the_last_day.next_due_at == NOON + timedelta(days=90)
    assert afterwards.done >= 1
    assert nothing_left.next_due_at == NOON + timedelta(days=170)
    assert not Change.objects.filter(public_id=old.translation_key).exists()
    assert Change.objects.filter(public_id=young.translation_key).exists()
    assert ContentVersion.objects.get().pruned_to < Change.objects.earliest("sequence").sequence
