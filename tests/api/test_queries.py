"""A list costs the same queries whatever its length."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import StandardPageFactory, TwinningFactory
from tests.facts import content_has_changed
from tests.sites import SiteTree, build_partnership
from v2v_pages.models import NewsPage, TwinningStoryPage

pytestmark = pytest.mark.usefixtures("kept_facts")

MOST = 11

Get = Callable[..., Any]


def queries_of(get: Get, path: str, count: int, **parameters: Any) -> int:
    """Returns the queries of a list of that many items, once facts are known."""
    asked = {"limit": count, "locale": "it", **parameters}
    content_has_changed()
    get(path, **asked)
    with CaptureQueriesContext(connection) as captured:
        answer = get(path, **asked)
    assert len(answer.json()["items"]) == count
    return len(captured)


@pytest.mark.parametrize("many", [5, pytest.param(100, marks=pytest.mark.slow)])
def test_news_cost_the_same_queries_for_one_and_for_many(
    get: Get, make_news: Callable[[int], list[NewsPage]], many: int
) -> None:
    make_news(many)

    costs = {count: queries_of(get, "news/", count) for count in (1, many)}

    assert len(set(costs.values())) == 1, costs
    assert costs[1] <= MOST


def test_stories_cost_the_same_queries_whatever_their_number(
    get: Get, make_stories: Callable[[int], list[TwinningStoryPage]]
) -> None:
    make_stories(5)

    costs = {count: queries_of(get, "stories/", count) for count in (1, 5)}

    assert len(set(costs.values())) == 1, costs
    assert costs[1] <= MOST


def test_content_costs_the_same_queries_whatever_the_number_of_each_type(
    get: Get,
    tree: SiteTree,
    make_news: Callable[[int], list[NewsPage]],
    make_stories: Callable[[int], list[TwinningStoryPage]],
    rich_body: Callable[[], list[dict[str, Any]]],
) -> None:
    costs: list[int] = []
    for _round in range(2):
        for _number in range(1 if not costs else 6):
            make_news(1)
            make_stories(1)
            StandardPageFactory(parent=tree.home, body=rich_body())
        everything = len(get("content/", limit=100, fields="title").json()["items"])
        costs.append(queries_of(get, "content/", everything))

    assert costs[0] == costs[1]


def test_an_item_costs_no_more_than_a_list(
    get: Get, make_news: Callable[[int], list[NewsPage]]
) -> None:
    [article] = make_news(1)
    get(f"news/{article.translation_key}/")

    with CaptureQueriesContext(connection) as captured:
        get(f"news/{article.translation_key}/")

    assert len(captured) <= MOST


def test_what_is_not_asked_for_is_not_read(
    get: Get, make_news: Callable[[int], list[NewsPage]]
) -> None:
    make_news(2)

    assert queries_of(get, "news/", 2, fields="title") == 1
    assert queries_of(get, "news/", 2, fields="tags") == 2
    assert queries_of(get, "news/", 2, fields="tags,authors") == 3


def test_records_cost_the_same_queries_whatever_their_number(get: Get, tree: SiteTree) -> None:
    build_partnership()
    for number in range(10):
        TwinningFactory(number=10 + number)

    for path, most in (("partners/", 20), ("twinnings/", 10), ("countries/", 5)):
        costs = {count: queries_of(get, path, count) for count in (1, min(most, 10))}

        assert len(set(costs.values())) == 1, (path, costs)


def test_languages_cost_one_query(get: Get, tree: SiteTree) -> None:
    get("locales/")

    with CaptureQueriesContext(connection) as captured:
        get("locales/")

    assert len(captured) == 1
