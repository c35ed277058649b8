"""Tags in use, with how many items have them."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.factories import NewsPageFactory
from tests.sites import SiteTree, translate

from .test_queries import queries_of

Get = Callable[..., Any]


def counts(answer: Any) -> dict[str, int]:
    """Returns the number of items by slug."""
    return {item["slug"]: item["count"] for item in answer.json()["items"]}


def test_a_tag_comes_with_its_list_and_the_number_of_items(get: Get, tree: SiteTree) -> None:
    NewsPageFactory(parent=tree.news, tags=["work visits", "mobility"])
    NewsPageFactory(parent=tree.news, tags=["work visits"])

    items = get("tags/", locale="it").json()["items"]

    assert items == [
        {
            "slug": "mobility",
            "name": "mobility",
            "url": "http://localhost/it/news/tag/mobility/",
            "count": 1,
            "types": [{"type": "news", "count": 1}],
        },
        {
            "slug": "work-visits",
            "name": "work visits",
            "url": "http://localhost/it/news/tag/work-visits/",
            "count": 2,
            "types": [{"type": "news", "count": 2}],
        },
    ]


def test_an_item_counts_once_whatever_its_languages(get: Get, tree: SiteTree) -> None:
    translate(tree.news, "it")
    article = NewsPageFactory(parent=tree.news, tags=["visits"])
    NewsPageFactory(parent=tree.news, tags=["visits", "english"])
    translate(article, "it")

    assert counts(get("tags/")) == {"visits": 2, "english": 1}
    assert counts(get("tags/", locale="it")) == {"visits": 2, "english": 1}
    assert counts(get("tags/", locale="it", fallback="none")) == {"visits": 1}
    assert counts(get("tags/", locale="fi", fallback="none")) == {}


@pytest.mark.parametrize(
    "state", [{"draft": True}, {"scheduled": True}, {"expired": True}, {"restriction": "login"}]
)
def test_items_that_are_not_public_do_not_count(
    get: Get, tree: SiteTree, state: dict[str, Any]
) -> None:
    NewsPageFactory(parent=tree.news, tags=["visits"])
    NewsPageFactory(parent=tree.news, tags=["visits", "secret"], **state)

    assert counts(get("tags/")) == {"visits": 1}


def test_the_address_of_a_tag_is_a_page_of_the_site(get: Get, tree: SiteTree, client: Any) -> None:
    NewsPageFactory(parent=tree.news, tags=["visits"])

    [item] = get("tags/", locale="sq").json()["items"]

    assert client.get(item["url"].removeprefix("http://localhost")).status_code == 200
    assert client.get(f"/api/v1/news/?tag={item['slug']}").json()["items"]


def test_tags_have_no_address_while_the_list_of_news_is_not_public(
    get: Get, tree: SiteTree
) -> None:
    NewsPageFactory(parent=tree.news, tags=["visits"])

    tree.news.unpublish()

    assert get("tags/").json()["items"] == []


def test_following_next_gives_each_tag_once(get: Get, tree: SiteTree, client: Any) -> None:
    NewsPageFactory(parent=tree.news, tags=[f"tag-{number}" for number in range(5)])
    seen: list[str] = []
    address = "/api/v1/tags/?limit=2&order=-name"
    while address:
        answer = client.get(address).json()
        seen += [item["slug"] for item in answer["items"]]
        address = answer["next"]

    assert seen == ["tag-4", "tag-3", "tag-2", "tag-1", "tag-0"]


def test_tags_cost_the_same_queries_whatever_their_number(get: Get, tree: SiteTree) -> None:
    NewsPageFactory(parent=tree.news, tags=[f"tag-{number}" for number in range(5)])

    costs = {count: queries_of(get, "tags/", count) for count in (1, 5)}

    assert len(set(costs.values())) == 1, costs
    assert costs[1] <= 6
