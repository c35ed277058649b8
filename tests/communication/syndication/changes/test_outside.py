"""Changes that nobody wraps: shells, scripts, code that knows nothing of the log."""

import sqlite3
from contextlib import closing
from importlib import import_module
from typing import Any

import pytest
from django.db import connection, transaction
from wagtail.models import Page

from communication.syndication.content_version import current_version, read_row, version_in
from communication.syndication.models import Change, PublicItem
from communication.syndication.services.change_log import refresh_change_log
from tests.factories import NewsPageFactory
from tests.sites import build_site
from v2v_pages.models import NewsIndexPage

from .recorded import counter, publish_and_fail

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def news() -> NewsIndexPage:
    """The list of news of a site."""
    return build_site().news


def test_each_change_is_recorded_where_there_is_no_transaction_at_all(
    news: NewsIndexPage,
) -> None:
    article = NewsPageFactory(parent=news)
    published = Change.objects.latest("sequence")
    Page.objects.get(pk=article.pk).delete()

    last = Change.objects.latest("sequence")
    assert (published.public_id, published.operation) == (article.translation_key, "upsert")
    assert (last.public_id, last.operation) == (article.translation_key, "delete")
    assert set(PublicItem.objects.values_list("page_id", flat=True)) == {
        page.pk for page in Page.objects.filter(depth__gt=1)
    }


def test_what_is_changed_in_a_transaction_is_recorded_once_after_it(news: NewsIndexPage) -> None:
    before = counter()

    with transaction.atomic():
        article = NewsPageFactory(parent=news, title="Article")
        NewsPageFactory(parent=news, draft=True)
        article.title = "Edited"
        article.save_revision().publish()
        while_open = counter()

    [change] = Change.objects.filter(sequence__gt=before)
    assert while_open == before
    assert (change.public_id, change.operation) == (article.translation_key, "upsert")


def test_a_draft_moves_nothing(news: NewsIndexPage) -> None:
    article = NewsPageFactory(parent=news)
    before = counter()

    article.save_revision()
    NewsPageFactory(parent=news, draft=True)

    assert counter() == before


def test_what_fails_is_not_recorded_with_what_comes_next(news: NewsIndexPage) -> None:
    article = NewsPageFactory(parent=news)
    before = counter()

    with transaction.atomic():
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            publish_and_fail(article)
        NewsPageFactory(parent=news)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        publish_and_fail(article)
    NewsPageFactory(parent=news)

    told = set(Change.objects.filter(sequence__gt=before).values_list("public_id", flat=True))
    assert article.translation_key not in told
    assert len(told) == 2


def test_any_driver_reads_the_version_over_a_connection_of_its_own() -> None:
    refresh_change_log()
    if connection.vendor == "sqlite":
        own: Any = sqlite3.connect(connection.settings_dict["NAME"])
    else:
        own = import_module("psycopg").connect(**connection.get_connection_params())

    with closing(own):
        before = version_in(read_row(own))
        own.rollback()
        refresh_change_log()
        after = version_in(read_row(own))

    assert before.counter + 1 == after.counter
    assert after == current_version()
