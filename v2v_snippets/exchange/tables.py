"""The tables that a termbase is made of, and what may stand in their columns.

Sheets and columns of spreadsheets, fields of other formats, and the checks of all of them come from
here. Lengths are those of the models' fields; a test compares them.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from enum import Enum, auto
from typing import Any, Final

from ..enums import (
    ConceptDomain,
    ConceptStatus,
    DefinitionSource,
    Equivalence,
    Gender,
    MappingRelation,
    PartOfSpeech,
    RelationKind,
    TermStatus,
    TermType,
    TranslationOrigin,
    Vocabulary,
)
from . import records
from .records import ConceptRecord


class Kind(Enum):
    """What a value has to be."""

    TEXT = auto()
    LONG_TEXT = auto()
    LINES = auto()
    CHOICE = auto()
    LANGUAGE = auto()
    COUNTRY = auto()
    NUMBER = auto()
    DATE = auto()
    CONCEPT = auto()
    URI = auto()


@dataclass(frozen=True)
class Column:
    """One field; ``largest`` is a length of text, or the largest number."""

    name: str
    kind: Kind = Kind.TEXT
    default: str = ""
    choices: tuple[str, ...] = ()
    largest: int = 0
    is_required: bool = False


@dataclass(frozen=True)
class Table:
    """The rows of one kind; ``field`` is where a concept holds them ("" for itself)."""

    name: str
    sheet: str
    field: str
    record: type[Any]
    columns: tuple[Column, ...]

    def column(self, name: str) -> Column:
        """Returns a column by its name."""
        return next(column for column in self.columns if column.name == name)


def _choice(name: str, choices: Any, default: str = "", *, is_required: bool = False) -> Column:
    return Column(name, Kind.CHOICE, default, tuple(choices.values), is_required=is_required)


def _text(name: str, largest: int, *, is_required: bool = False) -> Column:
    return Column(name, Kind.TEXT, largest=largest, is_required=is_required)


_LANGUAGE: Final = Column("language", Kind.LANGUAGE, is_required=True)
_ORIGIN: Final = _choice("origin", TranslationOrigin, "original")
_NOTE: Final = Column("note", Kind.LONG_TEXT)
_SOURCE: Final = _text("source", 255)

CONCEPTS: Final = Table(
    "concept",
    "Concepts",
    "",
    ConceptRecord,
    (
        _choice("domain", ConceptDomain),
        _choice("status", ConceptStatus, "draft"),
        Column("replaced_by", Kind.CONCEPT),
    ),
)

DESIGNATIONS: Final = Table(
    "term",
    "Terms",
    "designations",
    records.DesignationRecord,
    (
        _LANGUAGE,
        _text("term", 200, is_required=True),
        _choice("status", TermStatus, "preferred"),
        _choice("term_type", TermType, "full_form"),
        _choice("part_of_speech", PartOfSpeech, "noun"),
        _choice("gender", Gender),
        Column("country", Kind.COUNTRY),
        _ORIGIN,
        _SOURCE,
        _NOTE,
        Column("context", Kind.LONG_TEXT),
        Column("hidden_forms", Kind.LINES),
        Column("inflected_forms", Kind.LINES),
    ),
)

DEFINITIONS: Final = Table(
    "definition",
    "Definitions",
    "definitions",
    records.DefinitionRecord,
    (
        _LANGUAGE,
        Column("text", Kind.LONG_TEXT, is_required=True),
        _ORIGIN,
        _SOURCE,
        _choice("source_kind", DefinitionSource, "project"),
    ),
)

RELATIONS: Final = Table(
    "relation",
    "Relations",
    "relations",
    records.RelationRecord,
    (
        _choice("kind", RelationKind, "broader"),
        Column("target", Kind.CONCEPT, is_required=True),
    ),
)

MAPPINGS: Final = Table(
    "mapping",
    "Mappings",
    "mappings",
    records.MappingRecord,
    (
        _choice("relation", MappingRelation, "exact"),
        _choice("vocabulary", Vocabulary),
        Column("uri", Kind.URI, largest=200, is_required=True),
    ),
)

EQUIVALENTS: Final = Table(
    "equivalent",
    "National equivalents",
    "equivalents",
    records.EquivalentRecord,
    (
        Column("country", Kind.COUNTRY, is_required=True),
        _text("term", 200, is_required=True),
        _LANGUAGE,
        _text("institution", 200),
        Column("eqf_level", Kind.NUMBER, largest=8),
        _text("nqf_level", 12),
        _text("isced_level", 4),
        Column("age_from", Kind.NUMBER, largest=32767),
        Column("age_to", Kind.NUMBER, largest=32767),
        _choice("equivalence", Equivalence, "partial"),
        _NOTE,
        _SOURCE,
        Column("as_of", Kind.DATE, is_required=True),
    ),
)

PARTS: Final = (DESIGNATIONS, DEFINITIONS, RELATIONS, MAPPINGS, EQUIVALENTS)
"""The tables of what a concept has several of."""

TABLES: Final[Mapping[str, Table]] = {table.name: table for table in (CONCEPTS, *PARTS)}


def rows_of(record: ConceptRecord) -> Iterator[tuple[Table, dict[str, str]]]:
    """Gives the rows of a concept, each with its table, itself first."""
    yield CONCEPTS, {name: getattr(record, name) for name in ("domain", "status", "replaced_by")}
    for table in PARTS:
        names = [field.name for field in fields(table.record)]
        for row in getattr(record, table.field):
            yield table, {name: getattr(row, name) for name in names}


def all_rows(concepts: Iterable[ConceptRecord]) -> Iterator[tuple[Table, str, dict[str, str]]]:
    """Gives the rows of many concepts with the identifier of each."""
    for record in concepts:
        for table, values in rows_of(record):
            yield table, record.identifier, values
