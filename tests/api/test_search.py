"""Search for other websites: the same results as on the site's own page."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.factories import NewsPageFactory, PartnerFactory
from tests.glossary import ConceptFactory, GlossaryIndexPageFactory, add_term
from tests.sites import SiteTree, translate
from v2v_pages.services.indexing import index_records

from .conftest import block
from .test_queries import queries_of

Get = Callable[..., Any]


@pytest.fixture
def tree(tree: SiteTree) -> SiteTree:
    """A site with a glossary."""
    GlossaryIndexPageFactory(parent=tree.home)
    return tree


def article(tree: SiteTree, title: str, text: str = "") -> Any:
    body = [block("paragraph", f"<p>{text}</p>")]
    return NewsPageFactory(parent=tree.news, title=title, body=body)


def concept(**terms: str) -> Any:
    made = ConceptFactory(terms=terms)
    index_records(kind="concept", pks=[made.pk])
    return made


def test_a_result_says_what_it_is_and_where_the_words_stand(get: Get, tree: SiteTree) -> None:
    page = article(tree, "A visit", "")
    page.summary = "We saw a škola in town."
    page.save_revision().publish()

    answer = get("search/", q="skola").json()

    assert answer == {
        "items": [
            {
                "type": "news",
                "id": str(page.translation_key),
                "language": "en",
                "title": "A visit",
                "url": f"http://localhost/en/news/{page.slug}/",
                "published_on": str(page.published_on),
                "highlights": {
                    "title": [{"text": "A visit", "is_match": False}],
                    "text": [
                        {"text": "We saw a ", "is_match": False},
                        {"text": "škola", "is_match": True},
                        {"text": " in town.", "is_match": False},
                    ],
                },
                "deprecated_term": None,
            }
        ],
        "total": {"count": 1, "is_at_least": False},
        "facets": {
            "language": [{"value": "en", "count": 1, "is_at_least": False}],
            "type": [{"value": "news", "count": 1, "is_at_least": False}],
        },
        "next": None,
    }


@pytest.mark.parametrize("text", ["skola", "школа", "ŠKOLA"])
def test_every_spelling_finds_the_concept(get: Get, tree: SiteTree, text: str) -> None:
    made = concept(hr="škola", en="place of learning")

    [item] = get("search/", q=text, fields="title").json()["items"]

    assert item == {
        "type": "concept",
        "id": made.identifier,
        "language": "hr",
        "title": "škola",
        "url": f"http://localhost/en/glossary/{made.identifier}/",
    }


def test_own_language_comes_first_and_fallback_none_leaves_the_others_out(
    get: Get, tree: SiteTree
) -> None:
    translate(tree.news, "it")
    translate(article(tree, "Erasmus"), "it", title="Erasmus in breve")
    article(tree, "Erasmus again")

    def titles(**asked: Any) -> list[str]:
        items = get("search/", q="erasmus", locale="it", **asked).json()["items"]
        return [item["title"] for item in items]

    assert titles() == ["Erasmus in breve", "Erasmus again"]
    assert titles(fallback="none") == ["Erasmus in breve"]
    assert titles(fallback="none", language="en") == []
    assert set(titles(language="en")) == {"Erasmus", "Erasmus again"}


def test_filters_combine_and_facets_say_what_they_lead_to(get: Get, tree: SiteTree) -> None:
    article(tree, "Visa")
    concept(en="visa", it="visa")

    facets = get("search/", q="visa").json()["facets"]

    assert {value["value"]: value["count"] for value in facets["type"]} == {"news": 1, "concept": 1}
    assert [value["value"] for value in facets["domain"]] == ["vet_systems"]
    for name, values in facets.items():
        for value in values:
            found = get("search/", q="visa", **{name: value["value"]}).json()
            assert found["total"]["count"] == value["count"], (name, value)
    assert len(get("search/", q="visa", type=["news", "concept"]).json()["items"]) == 2


def test_a_deprecated_term_leads_to_the_preferred_one_and_says_so(get: Get, tree: SiteTree) -> None:
    made = concept(en="vocational school")
    add_term(made, "en", "trade college", status="deprecated")
    index_records(kind="concept", pks=[made.pk])

    [item] = get("search/", q="trade college").json()["items"]

    assert item["title"] == "vocational school"
    assert item["deprecated_term"] == {"term": "trade college", "preferred": "vocational school"}


def test_following_next_gives_each_result_once(get: Get, tree: SiteTree, client: Any) -> None:
    for number in range(5):
        article(tree, f"Visit {number}")
    seen: list[str] = []
    address = "/api/v1/search/?q=visit&limit=2&fields=title"
    while address:
        answer = client.get(address).json()
        seen += [item["title"] for item in answer["items"]]
        address = answer["next"]
        if len(seen) == 2:
            # what is added meanwhile shifts nothing
            article(tree, "Visit of today")

    assert sorted(seen) == [f"Visit {number}" for number in range(5)]


@pytest.mark.parametrize(
    ("asked", "parameter"),
    [
        ({}, "q"), ({"q": ""}, "q"), ({"q": "x" * 201}, "q"), ({"q": "a\tb"}, "q"),
        ({"q": "x", "type": "nonsense"}, "type"), ({"q": "x", "language": "xx"}, "language"),
        ({"q": "x", "domain": "')"}, "domain"), ({"q": "x", "limit": "0"}, "limit"),
        ({"q": "x", "cursor": "nonsense"}, "cursor"), ({"q": "x", "page": "2"}, "page"),
    ],
)  # fmt: skip
def test_mistakes_are_problems_that_name_the_parameter(
    get: Get, tree: SiteTree, asked: dict[str, str], parameter: str
) -> None:
    answer = get("search/", **asked)

    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"
    assert parameter in str(answer.json()["errors"])


@pytest.mark.parametrize("text", ['"', "***", "AND", "' OR 1=1 --", "language=en", "💥", "a & | !"])
def test_nothing_that_people_type_is_a_mistake(get: Get, tree: SiteTree, text: str) -> None:
    answer = get("search/", q=text)

    assert answer.status_code == 200
    assert answer.json()["items"] == []


def test_records_are_found_once_their_list_is_public(get: Get, tree: SiteTree) -> None:
    school = PartnerFactory(short_name="Kolegj", slug="kolegj")
    index_records(kind="partner", pks=[school.pk])

    [item] = get("search/", q="kolegj").json()["items"]
    tree.partners.unpublish()

    assert item["url"] == "http://localhost/en/schools/kolegj/"
    assert get("search/", q="kolegj").json()["total"]["count"] == 0


def test_searching_costs_the_same_queries_whatever_is_found(get: Get, tree: SiteTree) -> None:
    for number in range(10):
        article(tree, f"Visit {number}")
        concept(en=f"visit {number}")

    costs = {count: queries_of(get, "search/", count, q="visit") for count in (2, 15)}

    assert len(set(costs.values())) == 1, costs
    assert costs[2] <= 12
