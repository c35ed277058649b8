"""Concepts of the glossary."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.glossary import ConceptFactory, GlossaryIndexPageFactory, add_term, full_concept
from tests.sites import SiteTree
from v2v_snippets.models.glossary import ConceptRelation

Get = Callable[..., Any]


def identifiers(answer: Any) -> list[str]:
    assert answer.status_code == 200, answer.content
    return [item["identifier"] for item in answer.json()["items"]]


def test_a_concept_tells_all_that_is_known_of_it(get: Get, tree: SiteTree) -> None:
    GlossaryIndexPageFactory(parent=tree.home)
    full_concept(identifier="C-0100")

    item = get("glossary/C-0100/", locale="sr").json()

    assert item["uri"] == "http://localhost/id/glossary/C-0100"
    assert item["url"] == "http://localhost/sr/glossary/C-0100/"
    assert item["term"] == {"text": "школа", "language": "sr"}
    assert item["definition"]["language"] == "en"
    assert item["licence"] == {
        "code": "CC-BY-4.0",
        "url": "https://creativecommons.org/licenses/by/4.0/",
        "attribution": "V2V",
    }
    terms = [(row["language"], row["term"], row["status"]) for row in item["designations"]]
    assert terms == [
        ("en", "school", "preferred"),
        ("en", "schoolhouse", "deprecated"),
        ("it", "scuola", "preferred"),
        ("hr", "škola", "preferred"),
        ("sr", "школа", "preferred"),
    ]
    croatian = item["designations"][3]
    assert (croatian["origin"], croatian["inflected_forms"]) == ("project", ["školi"])
    assert "scola" not in str(item), "what only search should find is nobody's to read"
    [equivalent] = item["equivalents"]
    assert equivalent["country"]["name"] == "Kosovo*"
    assert equivalent["country"]["footnote"]["text"].startswith("* This designation")
    assert equivalent["as_of"] == "2026-11-01"


def test_a_concept_names_what_stands_around_it(get: Get, tree: SiteTree) -> None:
    concept = full_concept(identifier="C-0100")

    item = get("glossary/C-0100/").json()

    names = {
        kind: [row["term"]["text"] for row in rows] for kind, rows in item["relations"].items()
    }
    assert names == {"broader": ["broader"], "narrower": ["narrower"], "related": ["related"]}
    uri = f"http://eurovoc.europa.eu/{concept.pk}"
    assert item["mappings"] == [{"relation": "exact", "vocabulary": "eurovoc", "uri": uri}]


def test_without_fallback_only_own_words_come(get: Get, tree: SiteTree) -> None:
    ConceptFactory(identifier="C-0100", terms={"en": "school", "it": "scuola"})

    item = get("glossary/C-0100/", locale="it", fallback="none").json()

    assert item["term"] == {"text": "scuola", "language": "it"}
    assert item["definition"] is None


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, ["C-0101", "C-0102", "C-0103"]),
        ({"order": "-identifier"}, ["C-0103", "C-0102", "C-0101"]),
        ({"order": "-updated_at"}, ["C-0101", "C-0103", "C-0102"]),
        ({"domain": "labour_market"}, ["C-0102"]),
        ({"language": "hr"}, ["C-0101", "C-0103"]),
        ({"letter": "nj", "language": "hr"}, ["C-0103"]),
        ({"letter": "N", "language": "hr"}, []),
        ({"letter": "S"}, ["C-0101"]),
        ({"q": "skola"}, ["C-0101"]),
        ({"q": "школа"}, ["C-0101"]),
        ({"q": "skola", "language": "en"}, []),
        ({"q": "  "}, []),
        ({"updated_at[gte]": "2026-02-01T00:00:00Z"}, ["C-0101", "C-0103"]),
        ({"updated_at[lt]": "2026-02-01T00:00:00Z"}, ["C-0102"]),
    ],
)
def test_concepts_are_filtered_and_ordered(
    get: Get, tree: SiteTree, asked: dict[str, str], found: list[str]
) -> None:
    for number, (terms, domain, month) in enumerate(
        [
            ({"en": "school", "hr": "škola"}, "vet_systems", 3),
            ({"en": "vacancy"}, "labour_market", 1),
            ({"en": "care", "hr": "njega"}, "vet_systems", 2),
        ],
        start=101,
    ):
        day = datetime(2026, month, 1, tzinfo=UTC)
        identifier = f"C-0{number}"
        ConceptFactory(identifier=identifier, terms=terms, domain=domain, last_published_at=day)

    assert identifiers(get("glossary/", **asked)) == found


def test_following_next_gives_each_concept_once(client: Client, tree: SiteTree) -> None:
    same = datetime(2026, 1, 1, tzinfo=UTC)
    for number in range(5):
        ConceptFactory(last_published_at=None if number % 2 else same)

    seen: list[str] = []
    address = "/api/v1/glossary/?limit=2&order=updated_at"
    while address:
        answer = client.get(address)
        seen += identifiers(answer)
        address = answer.json()["next"]

    assert len(seen) == len(set(seen)) == 5


def test_fields_are_chosen(get: Get, tree: SiteTree) -> None:
    full_concept(identifier="C-0100")

    assert set(get("glossary/C-0100/", fields="mappings").json()) == {
        "identifier", "uri", "term", "mappings",
    }  # fmt: skip


@pytest.mark.parametrize(
    "asked",
    [
        {"domain": "cooking"},
        {"language": "xx"},
        {"letter": "ABCDE"},
        {"q": "x" * 101},
        {"term": "x"},
    ],
)
def test_what_there_is_not_is_refused(get: Get, tree: SiteTree, asked: dict[str, str]) -> None:
    assert get("glossary/", **asked).status_code == 400


def test_only_public_concepts_are_given_out(get: Get, tree: SiteTree) -> None:
    concept = ConceptFactory(identifier="C-0100", terms={"en": "school"})
    for state in ("draft", "unpublished", "retired"):
        hidden = ConceptFactory(terms={"en": "canary"}, definitions={}, **{state: True})
        for source, target in ((concept, hidden), (hidden, concept)):
            kind = "related" if source is concept else "broader"
            ConceptRelation.objects.create(concept=source, target=target, kind=kind)

    for path in ("glossary/", "glossary/C-0100/", "glossary/?q=canary", "glossary/?fields=*"):
        assert "canary" not in get(path).content.decode()
    assert identifiers(get("glossary/")) == ["C-0100"]


def test_a_draft_is_unknown_and_a_retired_concept_is_gone(get: Get, tree: SiteTree) -> None:
    new = ConceptFactory(identifier="C-0100")
    ConceptFactory(identifier="C-0101", draft=True)
    ConceptFactory(identifier="C-0102", retired=True, replaced_by=new)

    assert get("glossary/C-0101/").status_code == get("glossary/C-9999/").status_code == 404
    gone = get("glossary/C-0102/")
    assert gone.status_code == 410
    assert gone.json()["detail"].endswith("It was replaced by C-0100.")


def test_who_has_an_answer_is_told_so(client: Client, tree: SiteTree) -> None:
    concept = ConceptFactory(identifier="C-0100", terms={"en": "school"})
    etag = client.get("/api/v1/glossary/C-0100/")["ETag"]

    again = client.get("/api/v1/glossary/C-0100/", headers={"If-None-Match": etag})
    add_term(concept, "it", "scuola")
    changed = client.get("/api/v1/glossary/C-0100/", headers={"If-None-Match": etag})

    assert (again.status_code, changed.status_code) == (304, 200)


def test_concepts_cost_the_same_queries_for_one_and_for_five(get: Get, tree: SiteTree) -> None:
    for _number in range(5):
        full_concept()

    def cost(count: int) -> int:
        get("glossary/", limit=count)
        with CaptureQueriesContext(connection) as queries:
            answer = get("glossary/", limit=count)
        assert len(answer.json()["items"]) == count
        return len(queries)

    assert cost(1) == cost(5) <= 18
