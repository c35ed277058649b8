"""The repository and its topics."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cms.api.schemas.lists import RepositoryListSchema
from cms.api.schemas.records import TopicListSchema
from tests.factories import CountryFactory, DocumentFactory, add_text
from tests.repository import MobilityTopicFactory, RepositoryArticlePageFactory, add_repository
from tests.sites import SiteTree, linked

Get = Callable[..., Any]


@pytest.fixture
def repository(tree: SiteTree) -> Any:
    """An empty repository."""
    return add_repository(tree)


def whole_article(repository: Any, **fields: Any) -> Any:
    """Makes an article that has everything."""
    countries = {"sending_countries": [CountryFactory(kosovo=True)]}
    countries |= {"host_countries": [CountryFactory(code="IT")]}
    article = RepositoryArticlePageFactory(
        parent=repository, for_learners=True, **(countries | fields)
    )
    article.sources.create(title="Një ligj", language="sq", checked_on=date(2021, 4, 2))
    article.attachments.create(document=linked(DocumentFactory()))
    article.save_revision().publish()
    return article


def test_an_article_says_for_whom_and_how_long_it_holds(get: Get, repository: Any) -> None:
    article = whole_article(repository, valid_until=date(2021, 5, 21))

    item = get(f"repository/{article.translation_key}/").json()

    assert item["type"] == "repository"
    assert (item["state"], item["valid_until"]) == ("outdated", "2021-05-21")
    assert item["review_on"] == article.review_on.isoformat()
    [topic] = item["topics"]
    assert topic["name"] == {"text": "Entry", "language": "en"}
    assert topic["url"] == "http://localhost/en/repository/topic/entry/"
    assert [country["name"] for country in item["sending_countries"]] == ["Kosovo*"]
    assert [country["code"] for country in item["host_countries"]] == ["IT"]
    assert item["target_groups"] == ["learners"]
    assert item["sources"] == [
        {
            "title": {"text": "Një ligj", "language": "sq"},
            "publisher": "",
            "url": "",
            "checked_on": "2021-04-02",
        }
    ]
    assert len(item["attachments"]) == 1
    assert "responsible" not in item


def test_answers_hold_what_their_schemas_say(get: Get, repository: Any) -> None:
    whole_article(repository)

    articles, topics = (get(f"{name}/", fields="*").json() for name in ("repository", "topics"))

    assert articles["items"]
    assert topics["items"]
    RepositoryListSchema.model_validate(articles, extra="forbid")
    TopicListSchema.model_validate(topics, extra="forbid")


def test_filters_combine_and_find_what_holds_for_any_country(get: Get, repository: Any) -> None:
    italy, health = CountryFactory(code="IT"), MobilityTopicFactory(slug="health")
    make = RepositoryArticlePageFactory
    make(parent=repository, title="any", for_staff=True)
    make(parent=repository, title="to Italy", host_countries=[italy], for_learners=True)
    make(parent=repository, title="from Italy", sending_countries=[italy], topics=[health])
    make(parent=repository, title="due", due=True)
    make(parent=repository, title="outdated", outdated=True)

    def titles(**parameters: Any) -> set[str]:
        items = get("repository/", **parameters).json()["items"]
        return {item["title"] for item in items}

    everything = titles()
    assert titles(host="IT") == everything
    assert titles(host="FI") == everything - {"to Italy"}
    assert titles(host="FI", sending="FI") == {"any", "due", "outdated"}
    assert titles(topic="health") == {"from Italy"}
    assert titles(topic="health", sending="FI") == set()
    assert titles(audience="staff") == everything - {"to Italy"}
    assert titles(state="due") == {"due"}
    assert titles(state="outdated") == titles(valid="false") == {"outdated"}
    assert titles(valid="true") == everything - {"outdated"}
    assert get("repository/", state="old").status_code == 400


def test_topics_come_in_their_order_and_language(get: Get, repository: Any) -> None:
    costs = MobilityTopicFactory(slug="costs", sort_order=2)
    add_text(costs, "it", name="Costi")
    MobilityTopicFactory(slug="health", sort_order=1)

    items = get("topics/", locale="it").json()["items"]

    assert [item["slug"] for item in items] == ["health", "costs"]
    assert items[1]["name"] == {"text": "Costi", "language": "it"}
    assert items[1]["url"] == "http://localhost/it/repository/topic/costs/"


@pytest.mark.parametrize("name", ["repository", "topics"])
def test_lists_cost_the_same_queries_whatever_their_number(
    get: Get, repository: Any, name: str
) -> None:
    for number in range(5):
        whole_article(repository, topics=[MobilityTopicFactory(slug=f"topic-{number}")])

    def queries(count: int) -> int:
        get(f"{name}/", limit=count)
        with CaptureQueriesContext(connection) as captured:
            assert len(get(f"{name}/", limit=count).json()["items"]) == count
        return len(captured)

    assert queries(5) == queries(1)
