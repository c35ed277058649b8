"""Asks the rules of the termbase about what an import would make of it, and names the places."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from ..glossary_rules import (
    Breach,
    Edge,
    approval_breaches,
    definition_breaches,
    replacement_breaches,
    termbase_breaches,
    word_breaches,
)
from .faults import Fault, Parsed
from .merging import KEYS, ConceptChange, by_key
from .records import ConceptRecord
from .tables import DEFINITIONS, DESIGNATIONS, EQUIVALENTS, PARTS, Table


def faults_of_changes(
    changes: Iterable[ConceptChange], parsed: Parsed, countries: Collection[str], language: str
) -> Iterator[Fault]:
    """Gives what is wrong with each concept as it would be stored.

    What is wrong between the rows of the file was found when it was read.

    Args:
        changes: new and changed concepts.
        parsed: knows the places.
        countries: the codes of the countries that are stored.
        language: in which an approved concept has to be defined.
    """
    for change in changes:
        after: Any = change.after  # protocols take frozen records for others
        if change.before is not None:
            yield from _row_faults(change, DESIGNATIONS, word_breaches, parsed)
            yield from _row_faults(change, DEFINITIONS, definition_breaches, parsed)
        missing = approval_breaches(after.status, after.designations, after.definitions, language)
        if missing:
            message = " ".join(breach.message for breach in missing)
            yield Fault(parsed.place_of(change.name, None, "status"), message)
        yield from _unknown_countries(change, parsed, countries)


def faults_between_concepts(
    before: Mapping[str, ConceptRecord],
    after: Mapping[str, ConceptRecord],
    changes: Iterable[ConceptChange],
    parsed: Parsed,
) -> Iterator[Fault]:
    """Gives circles, related concepts of which one stands above the other, and endless replacing.

    Args:
        before: all concepts of the termbase as they are.
        after: all concepts as they would be.
        changes: new and changed concepts.
        parsed: knows the places.
    """
    names = {change.identifier: change.name for change in changes}
    known = {breach.message for breach in termbase_breaches(edges_of(before.values()))}
    for breach in termbase_breaches(edges_of(after.values())):
        if breach.message not in known:
            name = names.get(breach.concept, breach.concept)
            target = names.get(breach.target, breach.target)
            yield Fault(parsed.place(name, target), breach.message)
    replacements = {key: row.replaced_by for key, row in after.items() if row.replaced_by}
    for identifier, name in names.items():
        record = after[identifier]
        for breach in replacement_breaches(
            identifier, record.status, record.replaced_by, replacements
        ):
            yield Fault(parsed.place_of(name, None, breach.field), breach.message)


def edges_of(records: Iterable[ConceptRecord]) -> list[Edge]:
    """Returns all relations, those of related concepts once."""
    pairs: set[frozenset[str]] = set()
    edges = []
    for record in records:
        for relation in record.relations:
            pair = frozenset((record.identifier, relation.target))
            if relation.kind != "related":
                edges.append(Edge(record.identifier, relation.kind, relation.target))
            elif pair not in pairs:
                pairs.add(pair)
                edges.append(Edge(record.identifier, relation.kind, relation.target))
    return edges


def _row_faults(change: ConceptChange, table: Table, rule: Any, parsed: Parsed) -> Iterator[Fault]:
    """Asks about stored rows first, so that the fault lies at the row of the file."""
    known = by_key(table, getattr(change.before, table.field))
    rows = sorted(
        getattr(change.after, table.field),
        key=lambda row: known.get(KEYS[table.name](row)) != row,
    )
    breaches: list[Breach] = rule(rows)
    for breach in breaches:
        row = rows[breach.row or 0]
        yield Fault(_place(change, table, row, parsed, breach.field), breach.message)


def _place(change: ConceptChange, table: Table, row: Any, parsed: Parsed, column: str) -> str:
    """Finds the row of the file that a row was made of, which may hold less than it."""
    key = KEYS[table.name]
    for said, origin in parsed.origins.get(change.name, {}).items():
        if isinstance(said, table.record) and key(said) == key(row):
            return origin.at(column)
    return parsed.place(change.name)


def _unknown_countries(
    change: ConceptChange, parsed: Parsed, countries: Collection[str]
) -> Iterator[Fault]:
    for table in PARTS:
        if table not in (DESIGNATIONS, EQUIVALENTS):
            continue
        for row in getattr(change.after, table.field):
            if row.country and row.country not in countries:
                message = _("The site does not know the country %s: add it under Countries.")
                place = _place(change, table, row, parsed, "country")
                yield Fault(place, message % row.country)
