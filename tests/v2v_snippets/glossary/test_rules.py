"""The rules of the termbase, as tables: what is given, and where the fault lies."""

from types import SimpleNamespace
from typing import Any

import pytest

from v2v_snippets.enums import ConceptStatus, TermStatus
from v2v_snippets.glossary_rules import (
    Breach,
    Edge,
    approval_breaches,
    definition_breaches,
    relation_breaches,
    replacement_breaches,
    termbase_breaches,
    word_breaches,
)

PREFERRED, ADMITTED = TermStatus.PREFERRED, TermStatus.ADMITTED


def term(language: str, text: str, status: str = PREFERRED, hidden: str = "") -> Any:
    return SimpleNamespace(language=language, term=text, status=status, hidden_forms=hidden)


def places(breaches: list[Breach]) -> list[tuple[str, int | None, str]]:
    return [(breach.relation, breach.row, breach.field) for breach in breaches]


@pytest.mark.parametrize(
    ("words", "faults"),
    [
        ([], []),
        ([term("en", "school"), term("it", "scuola"), term("en", "place", ADMITTED)], []),
        ([term("sr", "школа"), term("sr-latn", "škola")], []),
        ([term("en", "school"), term("en", "place")], [(1, "status")]),
        ([term("en", "school"), term("en", "school", ADMITTED)], [(1, "term")]),
        ([term("en", "school"), term("en", " school", ADMITTED)], [(1, "term")]),
        ([term("en", "school"), term("nl", "school")], []),
        ([term("en", "school", hidden="shool\nschol")], []),
        ([term("en", "school", hidden="shool\n school ")], [(0, "hidden_forms")]),
        ([term("en", "school"), term("en", "place", ADMITTED, "school")], [(1, "hidden_forms")]),
        ([term("en", "school"), term("it", "scuola", hidden="school")], []),
        ([term("", ""), term("", ""), term("en", ""), term("en", "")], []),
    ],
)
def test_a_language_has_one_preferred_term_and_no_form_twice(
    words: list[Any], faults: list[tuple[int, str]]
) -> None:
    assert places(word_breaches(words)) == [("designations", *fault) for fault in faults]


def test_a_language_has_one_definition() -> None:
    definitions = [
        SimpleNamespace(language=language, text="What it is.", source="")
        for language in ("en", "it", "", "", "en")
    ]

    assert places(definition_breaches(definitions)) == [("definitions", 4, "language")]


@pytest.mark.parametrize(
    ("words", "text", "source", "faults"),
    [
        ([term("en", "school")], "A place.", "Us", 0),
        ([term("en", "school")], "A place.", " ", 1),
        ([term("en", "school")], "", "Us", 1),
        ([term("en", "school", ADMITTED)], "A place.", "Us", 1),
        ([term("it", "scuola")], "", "", 2),
    ],
)
def test_approved_means_named_and_defined_in_english_with_a_source(
    words: list[Any], text: str, source: str, faults: int
) -> None:
    definitions = [SimpleNamespace(language="en", text=text, source=source)]

    for status in ConceptStatus:
        found = approval_breaches(status, words, definitions, "en")
        assert len(found) == (faults if status == ConceptStatus.APPROVED else 0)
        assert {breach.field for breach in found} <= {"status"}


@pytest.mark.parametrize(
    ("own", "others", "faults"),
    [
        ("", "", []),
        ("a<b a~c", "b<c2", []),
        ("a<a", "", [(0, "a → a")]),
        ("a~a", "", [(0, "itself")]),
        ("a<b a~b", "", [(1, "already"), (1, "b stands above a")]),
        ("a<x a<b", "b<c c<a", [(1, "a → b → c → a")]),
        ("a~c", "a2<c", []),
        ("a~b", "b~a", [(0, "has this relation already")]),
        ("a<b a~c", "b<c", [(1, "c stands above a")]),
        ("a~c", "c<b b<a", [(0, "a stands above c")]),
        ("a<b", "b<c x<a x~c", [(0, "c stands above x")]),
        ("a<b", "b~a", [(0, "b stands above a")]),
        ("a<b", "x<y y<x p<q p~q", []),
    ],
)
def test_the_relations_of_a_concept_fit_those_of_the_others(
    own: str, others: str, faults: list[tuple[int, str]]
) -> None:
    rows = [(edge.kind, edge.target) for edge in edges(own)]

    found = relation_breaches("a", rows, edges(others))

    assert [breach.row for breach in found] == [row for row, _text in faults]
    for breach, (_row, text) in zip(found, faults, strict=True):
        assert text in breach.message


@pytest.mark.parametrize(
    ("stored", "faults"),
    [
        ("a<b b<c a~d", []),
        ("a<b b<a", ["a → b → a"]),
        ("c<a a<b b<c x<y y<x", ["a → b → c → a", "x → y → x"]),
        ("a<a", ["a → a"]),
        ("a~b b~a", ["already"]),
        ("a<b b<c c~a", ["c stands above a"]),
    ],
)
def test_the_whole_termbase_is_read_for_circles_and_parted_pairs(
    stored: str, faults: list[str]
) -> None:
    found = termbase_breaches(edges(stored))

    assert len(found) == len(faults)
    for breach, text in zip(found, faults, strict=True):
        assert text in breach.message
        assert breach.concept in stored
        assert breach.target in stored


def test_a_circle_through_a_thousand_concepts_is_found_without_climbing_the_stack() -> None:
    chain = [Edge(f"C-{n:04}", "broader", f"C-{n + 1:04}") for n in range(1000)]

    assert termbase_breaches(chain) == []
    (breach,) = termbase_breaches([*chain, Edge("C-1000", "broader", "C-0000")])
    assert breach.message.count("→") == 1001


@pytest.mark.parametrize(
    ("status", "replaced_by", "others", "field"),
    [
        (ConceptStatus.RETIRED, "", {}, None),
        (ConceptStatus.RETIRED, "b", {"b": "c"}, None),
        (ConceptStatus.APPROVED, "b", {}, "status"),
        (ConceptStatus.RETIRED, "a", {}, "replaced_by"),
        (ConceptStatus.RETIRED, "b", {"b": "c", "c": "a"}, "replaced_by"),
        (ConceptStatus.RETIRED, "b", {"b": "c", "c": "b"}, None),
    ],
)
def test_replacements_lead_somewhere(
    status: str, replaced_by: str, others: dict[str, str], field: str | None
) -> None:
    found = replacement_breaches("a", status, replaced_by, others)

    assert [breach.field for breach in found] == ([field] if field else [])


def edges(text: str) -> list[Edge]:
    """Reads "a<b a~c": b stands above a, and a is related to c."""
    kinds = {"<": "broader", "~": "related"}
    return [
        Edge(item.partition(sign)[0], kinds[sign], item.partition(sign)[2])
        for item in text.split()
        for sign in kinds
        if sign in item
    ]
