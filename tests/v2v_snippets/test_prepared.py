"""Queries that are put together once answer as those that are put together each time."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext
from wagtail.models import Locale, Page

from tests.factories import NewsPageFactory
from tests.sites import SiteTree, build_site
from v2v_snippets import prepared as module
from v2v_snippets.prepared import one_of, prepared
from v2v_snippets.publication.languages import public_versions

NOW = datetime(2027, 3, 15, 11, 0, tzinfo=UTC)

Read = Callable[..., list[Any]]


class Builder:
    """A query that counts how often it is put together."""

    def __init__(self) -> None:
        self.builds = 0

    def read(self, make: Callable[..., Any]) -> Read:
        def build(*shape: Any, **values: Any) -> Any:
            self.builds += 1
            return make(*shape, **values)

        return prepared(build)


@pytest.fixture
def builder() -> Builder:
    return Builder()


@pytest.fixture
def site(db: None) -> SiteTree:
    return build_site()


@pytest.mark.django_db
def test_a_query_is_put_together_once_for_all_values(builder: Builder) -> None:
    read = builder.read(lambda *, code: Locale.objects.filter(language_code=code))
    Locale.objects.get_or_create(language_code="sq")

    found = [[each.language_code for each in read(code=code)] for code in ("sq", "en", "xx")]

    assert found == [["sq"], ["en"], []]
    assert builder.builds == 1


@pytest.mark.django_db
def test_each_shape_has_a_query_of_its_own(builder: Builder) -> None:
    read = builder.read(lambda field, *, pk: Locale.objects.filter(pk=pk).values_list(field))
    [english] = Locale.objects.filter(language_code="en")

    rows = [read(field, pk=english.pk) for field in ("language_code", "pk", "language_code")]

    assert rows == [[("en",)], [(english.pk,)], [("en",)]]
    assert builder.builds == 2


@pytest.mark.django_db
@pytest.mark.parametrize("conditions", ["pk__in", "one_of"])
def test_lists_of_all_lengths_share_few_queries(builder: Builder, conditions: str) -> None:
    def make(*, keys: Any) -> Any:
        wanted = [one_of("pk", keys)] if conditions == "one_of" else []
        more = {} if wanted else {"pk__in": keys}
        return Locale.objects.filter(*wanted, **more).order_by("pk").values_list("pk", flat=True)

    codes = [f"x{number}" for number in range(9)]
    keys = [locale.pk for locale in Locale.objects.bulk_create(map(code_only, codes))]
    read = builder.read(make)

    assert [read(keys=keys[:number]) for number in range(1, 10)] == [
        keys[:number] for number in range(1, 10)
    ]
    assert builder.builds == 5  # for 1, 2, 4, 8 and 16


def code_only(code: str) -> Locale:
    return Locale(language_code=code)


def test_uuids_and_moments_are_given_as_the_database_stores_them(
    site: SiteTree, builder: Builder
) -> None:
    def make(*, key: Any, since: Any) -> Any:
        return Page.objects.filter(translation_key=key, first_published_at__gte=since)

    read, moment = builder.read(make), site.news.first_published_at

    assert read(key=site.news.translation_key, since=moment) == [site.news.page_ptr]
    assert read(key=site.news.translation_key, since=moment + timedelta(seconds=1)) == []
    assert read(key=site.home.translation_key, since=moment - timedelta(days=1)) == [
        site.home.page_ptr
    ]


def test_rows_are_new_each_time_and_carry_what_was_selected_along(
    site: SiteTree, builder: Builder
) -> None:
    read = builder.read(lambda *, pk: Page.objects.filter(pk=pk).select_related("locale"))

    [first], [second] = read(pk=site.home.pk), read(pk=site.home.pk)

    assert first == second
    assert first is not second
    with CaptureQueriesContext(connection) as queries:
        assert second.locale.language_code == "en"
    assert len(queries) == 0


@pytest.mark.django_db
def test_what_was_used_least_recently_is_let_go(
    builder: Builder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MOST", 2)
    monkeypatch.delitem(connections["default"].__dict__, module.KEPT, raising=False)
    read = builder.read(lambda field, *, pk: Locale.objects.filter(pk=pk).values_list(field))

    for field in ("pk", "language_code", "pk", "id", "pk"):
        read(field, pk=1)

    assert builder.builds == 3
    read("language_code", pk=1)
    assert builder.builds == 4


def test_a_page_that_expires_is_gone_at_that_second(site: SiteTree) -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        article = NewsPageFactory(parent=site.news, expire_at=NOW + timedelta(minutes=1))
        key = article.translation_key

        assert len(public_versions([key])[key]) == 1
        clock.shift(60)
        assert public_versions([key])[key] == []
