"""Gives the termbase out as files."""

from collections import defaultdict
from dataclasses import replace
from typing import Any, Final

from ..concept_uris import glossary_uri
from ..enums import Licence, licence_url
from ..exchange.formats import FORMATS
from ..exchange.heading import Heading
from ..exchange.records import ConceptRecord, in_order, number_order, with_both_sides
from ..exchange.tables import PARTS, Column, Kind, Table
from ..exchange.values import cleaned
from ..models import GlossaryConcept
from ..publication.site_name import site_name

RELATED_NAMES: Final = {"equivalents": "national_equivalents"}
PATHS: Final = {"country": "country__code", "target": "target__identifier"}


def export_glossary(
    *, concepts: Any, extension: str, language: str = "", public: bool = False
) -> bytes:
    """Returns concepts as a file, in the order of their numbers.

    Args:
        concepts: a QuerySet of concepts; a constant number of queries is asked of it.
        extension: of a format in ``exchange.formats``.
        language: the only one whose terms and definitions are given; "" for all.
        public: only what readers see, so that no relation names a concept they do not.
    """
    records = stored_records(concepts.public() if public else concepts)
    if public:
        known = set(GlossaryConcept.objects.public().values_list("identifier", flat=True))
        records = [_related_to(known, record) for record in records]
    if language:
        records = [_in_language(record, language) for record in records]
    heading = Heading(
        glossary_uri(), f"Glossary: {site_name()}", site_name(), licence_url(Licence.CC_BY)
    )
    return FORMATS[extension].write(records, heading)


def stored_records(concepts: Any) -> list[ConceptRecord]:
    """Returns stored concepts as files have them: six queries, however many there are."""
    fields = ("pk", "identifier", "domain", "status", "replaced_by__identifier")
    found = list(concepts.order_by().values_list(*fields))
    keys = concepts.order_by().values("pk")
    parts: dict[int, dict[str, Any]] = defaultdict(dict)
    for table in PARTS:
        for pk, rows in _rows(table, keys).items():
            parts[pk][table.field] = tuple(rows)
    records = {
        identifier: ConceptRecord(identifier, domain, status, replaced_by or "", **parts[pk])
        for pk, identifier, domain, status, replaced_by in found
    }
    relations = with_both_sides(records)
    whole = (
        in_order(replace(record, relations=tuple(relations[key])))
        for key, record in records.items()
    )
    return sorted(whole, key=number_order)


def _rows(table: Table, keys: Any) -> dict[int, list[Any]]:
    name = RELATED_NAMES.get(table.field, table.field)
    model = GlossaryConcept._meta.get_field(name).related_model
    paths = [PATHS.get(column.name, column.name) for column in table.columns]
    rows: dict[int, list[Any]] = defaultdict(list)
    stored = model._default_manager.filter(concept__in=keys).values_list("concept_id", *paths)
    for pk, *values in stored:
        pairs = zip(table.columns, values, strict=True)
        rows[pk].append(table.record(**{column.name: _text(column, v) for column, v in pairs}))
    return rows


def _text(column: Column, value: Any) -> str:
    if value is None:
        return ""
    return value if column.kind is Kind.CHOICE else cleaned(column, str(value))


def _related_to(known: set[str], record: ConceptRecord) -> ConceptRecord:
    relations = tuple(row for row in record.relations if row.target in known)
    return replace(record, relations=relations)


def _in_language(record: ConceptRecord, language: str) -> ConceptRecord:
    return replace(
        record,
        designations=tuple(row for row in record.designations if row.language == language),
        definitions=tuple(row for row in record.definitions if row.language == language),
    )
