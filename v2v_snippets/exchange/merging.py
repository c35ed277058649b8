"""Adds what a file says to what is stored.

A file may hold one language, one domain, or half of the columns. So what it does not say stays as
it is: no import deletes a row, and none empties a field.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from ..enums import ConceptStatus
from .faults import Parsed
from .records import ConceptRecord, RelationRecord, in_order
from .tables import PARTS, TABLES, Table

KEYS: Final[Mapping[str, Callable[[Any], Hashable]]] = {
    "term": lambda row: (row.language, row.term),
    "definition": lambda row: row.language,
    "relation": lambda row: row.target,
    "mapping": lambda row: row.uri,
    "equivalent": lambda row: (row.country, row.term),
}
"""By what a row of a concept is known again, by table."""


@dataclass(frozen=True, slots=True)
class RowChange:
    """One row of a concept, before and after; ``before`` is None for what is added."""

    table: Table
    before: Any
    after: Any

    @property
    def key(self) -> Hashable:
        """By what the row is known."""
        return KEYS[self.table.name](self.after) if self.table.name in KEYS else ""

    def fields(self) -> Iterator[tuple[str, str, str]]:
        """Gives the columns that change, each with its text before and after."""
        for column in self.table.columns:
            old = getattr(self.before, column.name) if self.before is not None else ""
            new = getattr(self.after, column.name)
            if old != new:
                yield column.name, old, new


@dataclass(frozen=True, slots=True)
class ConceptChange:
    """A concept before and after; ``name`` is what the file calls it."""

    name: str
    before: ConceptRecord | None
    after: ConceptRecord

    @property
    def identifier(self) -> str:
        """The identifier, which a new concept gets when it is written."""
        return self.after.identifier

    @property
    def is_new(self) -> bool:
        """Whether the concept is not stored yet."""
        return self.before is None

    def rows(self) -> Iterator[RowChange]:
        """Gives the rows that are added or changed, the concept itself first."""
        own = RowChange(TABLES["concept"], self.before, self.after)
        if any(own.fields()):
            yield own
        for table in PARTS:
            known = by_key(table, getattr(self.before, table.field, ()))
            for row in getattr(self.after, table.field):
                old = known.get(KEYS[table.name](row))
                if old != row:
                    yield RowChange(table, old, row)


def by_key(table: Table, rows: Iterable[Any]) -> dict[Hashable, Any]:
    """Returns rows of a table by what they are known by."""
    key = KEYS[table.name]
    return {key(row): row for row in rows}


def merged(
    said: ConceptRecord, stored: ConceptRecord | None, parsed: Parsed, name: str, domain: str
) -> ConceptRecord:
    """Returns a concept as it is when what the file says was added.

    Args:
        said: the concept as the file has it, under our identifier.
        stored: the concept as it is; None for a new one.
        parsed: knows which columns the file fills.
        name: what the file calls the concept.
        domain: of a new concept whose file does not say one.
    """
    if stored is None:
        return replace(said, domain=said.domain or domain)
    columns = parsed.said(name, None)
    own = {column: getattr(said, column) for column in columns & {"domain", "status"}}
    record = replace(stored, **own)
    if record.status == ConceptStatus.RETIRED:
        record = replace(record, replaced_by=said.replaced_by or stored.replaced_by)
    else:
        record = replace(record, replaced_by=said.replaced_by)
    parts: dict[str, Any] = {
        table.field: _merged_rows(table, said, stored, lambda row: parsed.said(name, row))
        for table in PARTS
    }
    return in_order(replace(record, **parts))


def _merged_rows(
    table: Table,
    said: ConceptRecord,
    stored: ConceptRecord,
    columns: Callable[[Any], frozenset[str]],
) -> tuple[Any, ...]:
    rows = by_key(table, getattr(stored, table.field))
    for row in getattr(said, table.field):
        key = KEYS[table.name](row)
        old = rows.get(key)
        if old is None or isinstance(row, RelationRecord):
            rows[key] = row
        elif old != row:
            told = {name: getattr(row, name) for name in columns(row)}
            rows[key] = replace(old, **told)
    return tuple(rows.values())


def without_parted_pairs(
    records: Mapping[str, ConceptRecord], changed: Iterable[str]
) -> Iterator[ConceptRecord]:
    """Gives the concepts whose related concept was put above or below them by the file.

    Related concepts name each other, and a file may name the new relation on one side alone.
    """
    for identifier in changed:
        for relation in records[identifier].relations:
            other = records.get(relation.target)
            back = RelationRecord("related", identifier)
            if relation.kind == "broader" and other is not None and back in other.relations:
                kept = tuple(row for row in other.relations if row != back)
                yield replace(other, relations=kept)
