"""Makes up sets of concepts that keep all rules of the termbase, for tests by properties."""

import string
from dataclasses import replace
from typing import Any, Final

from hypothesis import strategies as st

from v2v_snippets.exchange.records import (
    ConceptRecord,
    DefinitionRecord,
    DesignationRecord,
    EquivalentRecord,
    MappingRecord,
    RelationRecord,
    clean,
    clean_lines,
    in_order,
)
from v2v_snippets.exchange.tables import (
    CONCEPTS,
    DEFINITIONS,
    DESIGNATIONS,
    EQUIVALENTS,
    MAPPINGS,
    Table,
)
from v2v_snippets.language.locales import LANGUAGE_NAMES

ODD: Final = (
    "=1+1",
    "@SUM(A1)",
    "-2",
    "'=1",
    "[v2v:note] x",
    "_x0041_",
    "]]>&amp;<b>",
    '\\"',
    '"; #',
    "đак љ",
)
"""What one format or another has a meaning for."""

letters = st.characters(exclude_categories=["Cs", "Cn"])
anything = st.one_of(st.sampled_from(ODD), st.text(letters, max_size=20))
languages = st.sampled_from(list(LANGUAGE_NAMES))
countries = st.text(string.ascii_uppercase, min_size=2, max_size=2)
addresses = st.text(string.ascii_letters + string.digits + "/?#=&%+-._~:@!$()',;*éж", max_size=30)
numbers = st.lists(st.integers(1, 99_999), min_size=1, max_size=4, unique=True)


def line(largest: int = 200) -> Any:
    """A text of one line as concepts hold it, or none."""
    return anything.map(clean).filter(lambda text: len(text) <= largest)


def said(text: Any) -> Any:
    """A text that is not empty."""
    return text.filter(bool)


def long_text() -> Any:
    """A text of several lines, or none."""
    return st.lists(anything, max_size=3).map(lambda parts: clean("\n".join(parts), multiline=True))


def forms() -> Any:
    """Forms of a word, one a line."""
    return st.lists(line(), max_size=2).map(lambda parts: clean_lines("\n".join(parts)))


def choice(table: Table, name: str) -> Any:
    """A value of a list; also none, where none is a value."""
    column = table.column(name)
    return st.sampled_from([*column.choices, *([] if column.default else [""])])


def term(**fields: Any) -> Any:
    """A designation."""
    names = ("status", "term_type", "part_of_speech", "gender", "origin")
    return st.builds(
        DesignationRecord,
        language=languages,
        term=said(line()),
        country=st.one_of(st.just(""), countries),
        source=line(255),
        note=long_text(),
        context=long_text(),
        hidden_forms=forms(),
        inflected_forms=forms(),
        **{name: choice(DESIGNATIONS, name) for name in names},
        **fields,
    )


def definition() -> Any:
    """A definition."""
    return st.builds(
        DefinitionRecord,
        language=languages,
        text=said(long_text()),
        source=line(255),
        origin=choice(DEFINITIONS, "origin"),
        source_kind=choice(DEFINITIONS, "source_kind"),
    )


def mapping() -> Any:
    """A mapping."""
    return st.builds(
        MappingRecord,
        relation=choice(MAPPINGS, "relation"),
        vocabulary=st.sampled_from(MAPPINGS.column("vocabulary").choices),
        uri=addresses.map(lambda rest: f"https://other.example/{rest}"),
    )


@st.composite
def equivalent(draw: st.DrawFn) -> EquivalentRecord:
    """A national equivalent whose ages are the right way round."""
    ages = sorted(draw(st.lists(st.integers(0, 99), min_size=2, max_size=2)))
    age_from, age_to = ("" if draw(st.booleans()) else str(age) for age in ages)
    return EquivalentRecord(
        draw(countries),
        draw(said(line())),
        draw(languages),
        institution=draw(line()),
        eqf_level=draw(st.sampled_from(["", *"12345678"])),
        nqf_level=draw(line(12)),
        isced_level=draw(line(4)),
        age_from=age_from,
        age_to=age_to,
        equivalence=draw(choice(EQUIVALENTS, "equivalence")),
        note=draw(long_text()),
        source=draw(line(255)),
        as_of=draw(st.dates()).isoformat(),
    )


@st.composite
def termbases(draw: st.DrawFn) -> list[ConceptRecord]:
    """A set of concepts, in the order of exports."""
    names = [f"C-{number:04}" for number in sorted(draw(numbers))]
    relations = draw(_relations(names))
    return [draw(_concept(name, relations[name])) for name in names]


@st.composite
def _concept(
    draw: st.DrawFn, identifier: str, relations: tuple[RelationRecord, ...]
) -> ConceptRecord:
    words = draw(st.lists(term(), min_size=1, max_size=4, unique_by=_word))
    uris = st.lists(mapping(), max_size=2, unique_by=lambda row: row.uri)
    places = st.lists(equivalent(), max_size=2, unique_by=lambda row: (row.country, row.term))
    texts = st.lists(definition(), max_size=2, unique_by=lambda row: row.language)
    status = draw(choice(CONCEPTS, "status"))
    return in_order(
        ConceptRecord(
            identifier,
            draw(st.sampled_from(CONCEPTS.column("domain").choices)),
            status,
            "C-7777" if status == "retired" and draw(st.booleans()) else "",
            tuple(_by_the_rules(words)),
            tuple(draw(texts)),
            relations,
            tuple(draw(uris)),
            tuple(draw(places)),
        )
    )


@st.composite
def _relations(draw: st.DrawFn, names: list[str]) -> dict[str, tuple[RelationRecord, ...]]:
    """One relation between two concepts at most; related ones stand with both."""
    found: dict[str, list[RelationRecord]] = {name: [] for name in names}
    for number, lower in enumerate(names):
        for upper in names[number + 1 :]:
            kind = draw(st.sampled_from(["", "broader", "related"]))
            if kind:
                found[lower].append(RelationRecord(kind, upper))
            if kind == "related":
                found[upper].append(RelationRecord(kind, lower))
    return {name: tuple(rows) for name, rows in found.items()}


def _word(row: DesignationRecord) -> tuple[str, str]:
    return (row.language, row.term)


def _by_the_rules(words: list[DesignationRecord]) -> list[DesignationRecord]:
    """Leaves one preferred term in a language, and no hidden form that is a term."""
    shown, kept, preferred = {_word(row) for row in words}, [], set()
    for row in words:
        status = row.status
        if status == "preferred" and row.language in preferred:
            status = "admitted"
        if status == "preferred":
            preferred.add(row.language)
        hidden = [f for f in row.hidden_forms.split("\n") if (row.language, f) not in shown]
        kept.append(replace(row, status=status, hidden_forms="\n".join(hidden)))
    return kept
