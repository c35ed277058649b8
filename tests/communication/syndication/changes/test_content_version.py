"""The content version: what moves it, who reads it, and how others hear of it."""

import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from importlib import import_module
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.test import override_settings
from wagtail.models import Site

from communication.syndication.content_version import (
    NEVER_MOVED,
    Version,
    current_version,
)
from communication.syndication.models import Change, ContentVersion, PublicItem
from communication.syndication.services.announcing import announce, channel, redis_location
from communication.syndication.services.change_log import start_change_log
from tests.factories import NewsPageFactory
from tests.sites import SiteTree
from v2v_snippets.publication.changes import recording_changes

from .recorded import recorded

MOMENT = datetime(2027, 3, 15, 11, 0, tzinfo=UTC)
Capture = Callable[..., Any]


def test_a_version_is_settled_until_its_boundary() -> None:
    version = Version(7, MOMENT)

    assert version.is_settled(MOMENT - timedelta(microseconds=1))
    assert not version.is_settled(MOMENT)
    assert not NEVER_MOVED.is_settled(MOMENT)


@pytest.mark.parametrize(
    "version",
    [Version(7, MOMENT), Version(7, MOMENT, "0" * 32), Version(7, None, "f"), NEVER_MOVED],
)
def test_a_version_is_announced_and_read_again(version: Version) -> None:
    assert Version.from_text(version.text) == version


@pytest.mark.parametrize("text", ["", "seven", "7", "seven  ", "7 yesterday ", "7  0 0"])
def test_what_is_no_version_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        Version.from_text(text)


@pytest.mark.django_db
def test_a_site_whose_log_has_not_begun_has_a_version_under_which_nothing_is_kept() -> None:
    ContentVersion.objects.all().delete()

    assert current_version() == NEVER_MOVED


def test_the_version_costs_one_query(logged: SiteTree, django_assert_num_queries: Capture) -> None:
    with django_assert_num_queries(1):
        version = current_version()

    row = ContentVersion.objects.get()
    assert version == Version(row.counter, row.next_boundary_at, row.epoch.hex)


def test_what_nobody_reads_moves_nothing(logged: SiteTree) -> None:
    with recorded() as record:
        get_user_model().objects.create_user("editor", "editor@v2v.example", "password")

    assert record.moved_by == 0


def test_a_log_that_begins_takes_for_told_what_is_public(site: SiteTree) -> None:
    for model in (ContentVersion, PublicItem, Change):
        model._default_manager.all().delete()
    NewsPageFactory(parent=site.news)

    start_change_log()
    start_change_log()

    assert PublicItem.objects.count() == 6
    assert not Change.objects.exists()
    assert current_version().counter == 0


def test_a_log_that_begins_asks_no_cache_that_an_earlier_database_left(site: SiteTree) -> None:
    for model in (ContentVersion, PublicItem, Change):
        model._default_manager.all().delete()
    Site.objects.update(root_page=site.news)
    Site.get_site_root_paths()
    Site.objects.update(root_page=site.home)

    start_change_log()

    assert PublicItem.objects.filter(page_id=site.home.pk).exists()


def test_a_log_that_was_never_started_begins_with_the_first_change(site: SiteTree) -> None:
    for model in (ContentVersion, PublicItem, Change):
        model._default_manager.all().delete()

    with recording_changes():
        article = NewsPageFactory(parent=site.news)

    [change] = Change.objects.all()
    assert change.public_id == article.translation_key
    assert PublicItem.objects.count() == 6


def test_refreshing_finds_what_went_past_the_site(
    logged: SiteTree, capsys: pytest.CaptureFixture[str]
) -> None:
    article = NewsPageFactory(parent=logged.news)
    epoch = ContentVersion.objects.get().epoch

    call_command("refresh_change_log")
    found = capsys.readouterr().out
    call_command("refresh_change_log", restart=True)
    nothing = capsys.readouterr().out

    assert found == "Changes that were not in the log: 1.\n"
    assert nothing == "Changes that were not in the log: 0.\n"
    assert Change.objects.latest("sequence").public_id == article.translation_key
    assert ContentVersion.objects.get().epoch != epoch


@pytest.mark.parametrize(
    ("cache", "location"),
    [
        ({"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}, ""),
        (
            {
                "BACKEND": "django.core.cache.backends.redis.RedisCache",
                "LOCATION": ["redis://one:6379/0", "redis://two:6379/0"],
            },
            "redis://one:6379/0",
        ),
        (
            {"BACKEND": "django_redis.cache.RedisCache", "LOCATION": "redis://one/1,redis://two/1"},
            "redis://one/1",
        ),
    ],
)
def test_moves_are_announced_where_the_cache_is_redis(cache: Any, location: str) -> None:
    with override_settings(CACHES={"default": cache}):
        assert redis_location() == location


def test_sites_that_share_a_redis_do_not_hear_each_other() -> None:
    backend = "django.core.cache.backends.redis.RedisCache"
    channels = set()
    for number, prefix in ((0, ""), (1, ""), (0, "other")):
        cache = {"BACKEND": backend, "LOCATION": f"redis://one/{number}", "KEY_PREFIX": prefix}
        with override_settings(CACHES={"default": cache}):
            channels.add(channel())

    assert len(channels) == 3


def test_a_redis_that_is_down_keeps_nobody_from_publishing(
    logged: SiteTree, caplog: pytest.LogCaptureFixture
) -> None:
    backend = "django.core.cache.backends.redis.RedisCache"
    cache = {"BACKEND": backend, "LOCATION": "redis://127.0.0.1:1/0"}

    with override_settings(CACHES={"default": cache}):
        announce()

    assert "could not be announced" in caplog.text


@pytest.mark.skipif(
    "redis" not in os.environ.get("CACHE_URL", ""), reason="CACHE_URL names no Redis"
)
def test_whoever_listens_hears_of_each_move(
    logged: SiteTree, django_capture_on_commit_callbacks: Capture
) -> None:
    listener = import_module("redis").Redis.from_url(redis_location()).pubsub()
    listener.subscribe(channel())
    listener.get_message(timeout=5)

    with django_capture_on_commit_callbacks(execute=True), recording_changes():
        NewsPageFactory(parent=logged.news)
    message = listener.get_message(timeout=0)
    listener.close()

    assert message is not None
    assert Version.from_text(message["data"].decode()) == current_version()
