"""Concepts as files have them: plain values, whichever format they were read from.

All fields are text, as in a file; "" is what is not said. Languages are the site's own codes. Texts
are ``clean()``, and rows stand in one order, so that equal concepts compare equal.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from ..enums import TermStatus

IDENTIFIER: Final = re.compile(r"C-\d{4,}", re.ASCII)
"""What the termbase's own identifiers look like."""

_UNFIT: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What XML 1.0 cannot hold: https://www.w3.org/TR/xml/#charsets."""

_STATUS_ORDER: Final = {status: rank for rank, status in enumerate(TermStatus.values)}


@dataclass(frozen=True, slots=True)
class DesignationRecord:
    """A term in one language; forms stand one a line."""

    language: str
    term: str
    status: str = "preferred"
    term_type: str = "full_form"
    part_of_speech: str = "noun"
    gender: str = ""
    country: str = ""
    origin: str = "original"
    source: str = ""
    note: str = ""
    context: str = ""
    hidden_forms: str = ""
    inflected_forms: str = ""


@dataclass(frozen=True, slots=True)
class DefinitionRecord:
    """What the concept is, in one language."""

    language: str
    text: str
    origin: str = "original"
    source: str = ""
    source_kind: str = "project"


@dataclass(frozen=True, slots=True)
class RelationRecord:
    """A concept above this one, or one related to it; related stands with both concepts."""

    kind: str
    target: str


@dataclass(frozen=True, slots=True)
class MappingRecord:
    """A concept of another vocabulary."""

    relation: str
    vocabulary: str
    uri: str


@dataclass(frozen=True, slots=True)
class EquivalentRecord:
    """What stands for the concept in one country."""

    country: str
    term: str
    language: str
    institution: str = ""
    eqf_level: str = ""
    nqf_level: str = ""
    isced_level: str = ""
    age_from: str = ""
    age_to: str = ""
    equivalence: str = "partial"
    note: str = ""
    source: str = ""
    as_of: str = ""


@dataclass(frozen=True, slots=True)
class ConceptRecord:
    """A concept with all its rows.

    ``identifier`` is the concept's URI as long as a concept of another house has none of ours.
    """

    identifier: str
    domain: str
    status: str = "draft"
    replaced_by: str = ""
    designations: tuple[DesignationRecord, ...] = ()
    definitions: tuple[DefinitionRecord, ...] = ()
    relations: tuple[RelationRecord, ...] = ()
    mappings: tuple[MappingRecord, ...] = ()
    equivalents: tuple[EquivalentRecord, ...] = ()


def clean(text: str, *, multiline: bool = False) -> str:
    """Returns a text as every format can hold it, so that a round trip gives it back.

    Unicode's composed form, line feeds only, no control characters, no space around.
    """
    if text.isascii() and text.isprintable():
        return text.strip()
    text = _UNFIT.sub(" ", unicodedata.normalize("NFC", text))
    if multiline:
        return text.replace("\r\n", "\n").replace("\r", "\n").strip()
    return " ".join(text.split())


def clean_lines(text: str) -> str:
    """Returns the lines of a text that say something, each clean."""
    return "\n".join(filter(None, (clean(line) for line in text.splitlines())))


def is_own(identifier: str) -> bool:
    """Tells whether this is an identifier of the termbase, not yet whether it was given."""
    return IDENTIFIER.fullmatch(identifier) is not None


def in_order(record: ConceptRecord) -> ConceptRecord:
    """Returns the concept with its rows in the order of all files.

    Terms by language, preferred ones first; all else by its values.
    """
    return ConceptRecord(
        record.identifier,
        record.domain,
        record.status,
        record.replaced_by,
        tuple(sorted(record.designations, key=_term_order)),
        tuple(sorted(record.definitions, key=lambda row: row.language)),
        tuple(sorted(record.relations, key=lambda row: (row.kind, row.target))),
        tuple(sorted(record.mappings, key=lambda row: (row.relation, row.uri))),
        tuple(sorted(record.equivalents, key=lambda row: (row.country, row.term))),
    )


def number_order(record: ConceptRecord) -> tuple[int, str]:
    """Puts C-0002 before C-0010 and C-10000, and these before URIs."""
    identifier = record.identifier
    return (len(identifier) if is_own(identifier) else 10_000, identifier)


def with_both_sides(records: Mapping[str, ConceptRecord]) -> dict[str, set[RelationRecord]]:
    """Returns the relations of all concepts, with related ones on both sides."""
    relations = {key: set(record.relations) for key, record in records.items()}
    for key, record in records.items():
        for relation in record.relations:
            if relation.kind == "related" and relation.target in relations:
                relations[relation.target].add(RelationRecord("related", key))
    return relations


def _term_order(row: DesignationRecord) -> tuple[str, int, str]:
    return (row.language, _STATUS_ORDER.get(row.status, 9), row.term)
