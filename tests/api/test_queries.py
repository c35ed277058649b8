"""A list costs the same queries whatever its length."""

from collections.abc import Callable
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from v2v_pages.models import NewsPage

MOST = 15


def queries_of(get: Callable[..., Any], path: str, count: int) -> int:
    """Returns the queries of a list of that many items, once Wagtail knows the site's roots."""
    get(path, limit=count, locale="it")
    with CaptureQueriesContext(connection) as captured:
        answer = get(path, limit=count, locale="it")
    assert len(answer.json()["items"]) == count
    return len(captured)


def test_news_cost_the_same_queries_for_1_and_15_and_100(
    get: Callable[..., Any], make_news: Callable[[int], list[NewsPage]]
) -> None:
    make_news(100)

    costs = {count: queries_of(get, "news/", count) for count in (1, 15, 100)}

    assert len(set(costs.values())) == 1, costs
    assert costs[1] <= MOST
