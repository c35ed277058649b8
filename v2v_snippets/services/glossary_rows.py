"""Writes the rows of many concepts at once; rows are added and changed, not deleted."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, Final

from ..exchange.merging import KEYS, ConceptChange, RowChange
from ..exchange.tables import PARTS, RELATIONS, Column, Kind, Table
from ..exchange.values import cleaned
from ..models import ConceptRelation, Country, Designation, GlossaryConcept
from ..models.glossary.concepts import FREED
from .glossary_export import RELATED_NAMES

BATCH: Final = 500
OWN: Final = ("domain", "status", "replaced_by")


class RowWriter:
    """Writes the rows of chunk after chunk; all concepts have to be there."""

    def __init__(self) -> None:
        self.concepts = dict(GlossaryConcept.objects.values_list("identifier", "pk"))
        self.countries = dict(Country.objects.values_list("code", "pk"))
        self.codes = {pk: code for code, pk in self.countries.items()}
        self._related: set[frozenset[int]] = set()

    def write(self, changes: Sequence[ConceptChange]) -> None:
        """Writes what the concepts themselves say, then their rows, table by table."""
        self._write_own(changes)
        rows: dict[str, list[tuple[str, RowChange]]] = defaultdict(list)
        for change in changes:
            for row in change.rows():
                rows[row.table.name].append((change.identifier, row))
        for table in PARTS:
            if table is not RELATIONS and rows[table.name]:
                self._write_rows(table, rows[table.name])
        self._write_relations(changes)

    def _write_own(self, changes: Iterable[ConceptChange]) -> None:
        concepts = [
            GlossaryConcept(
                pk=self.concepts[change.identifier],
                domain=change.after.domain,
                status=change.after.status,
                replaced_by_id=self.concepts.get(change.after.replaced_by),
            )
            for change in changes
            if change.before is not None or change.after.replaced_by
        ]
        GlossaryConcept.objects.bulk_update(concepts, OWN, batch_size=BATCH)

    def _write_rows(self, table: Table, rows: list[tuple[str, RowChange]]) -> None:
        name = RELATED_NAMES.get(table.field, table.field)
        model: Any = GlossaryConcept._meta.get_field(name).related_model
        keys = {self.concepts[identifier] for identifier, _row in rows}
        stored: dict[int, dict[Any, Any]] = defaultdict(dict)
        for item in model.objects.filter(concept__in=keys):
            stored[item.concept_id][self._key_of(table, item)] = item
        added, changed = [], []
        for identifier, row in rows:
            pk = self.concepts[identifier]
            item = stored[pk].get(row.key)
            if item is None:
                item = model(concept_id=pk)
                item.sort_order = len(stored[pk])  # where rows have an order
                stored[pk][row.key] = item
                added.append(item)
            else:
                changed.append(item)
            self._fill(table, item, row.after)
        if changed:  # they may swap what only one of them may have
            model.objects.filter(pk__in=[item.pk for item in changed]).update(**FREED[name])
            fields = [field.name for field in model._meta.fields if not field.primary_key]
            model.objects.bulk_update(changed, fields, batch_size=100)
        model.objects.bulk_create(added, batch_size=BATCH)

    def _key_of(self, table: Table, item: Any) -> Any:
        """Returns by what files know a stored row."""
        values = {column.name: "" for column in table.columns} | {
            column.name: cleaned(column, str(getattr(item, column.name)))
            for column in table.columns
            if column.kind is not Kind.COUNTRY
        }
        if "country" in values:
            values["country"] = self.codes.get(item.country_id, "")
        return KEYS[table.name](table.record(**values))

    def _fill(self, table: Table, item: Any, record: Any) -> None:
        for column in table.columns:
            text = getattr(record, column.name)
            if column.kind is Kind.COUNTRY:
                item.country_id = self.countries.get(text)
            else:
                setattr(item, column.name, _value(column, text))
        if isinstance(item, Designation):
            item.derive_keys()

    def _write_relations(self, changes: Sequence[ConceptChange]) -> None:
        """Writes relations of related concepts on one side, whichever has it already."""
        keys = {self.concepts[change.identifier] for change in changes}
        own = ConceptRelation.objects.filter(concept__in=keys)
        rows = {(row.concept_id, row.target_id): row for row in own}
        others = ConceptRelation.objects.filter(target__in=keys, kind="related")
        mirrored = set(others.values_list("target_id", "concept_id"))
        added, changed, gone = [], [], []
        for change in changes:
            pk = self.concepts[change.identifier]
            wanted = {self.concepts[row.target]: row.kind for row in change.after.relations}
            gone += [
                row.pk for pair, row in rows.items() if pair[0] == pk and pair[1] not in wanted
            ]
            for order, (target, kind) in enumerate(wanted.items()):
                row = rows.get((pk, target))
                if row is not None and row.kind != kind:
                    row.kind = kind
                    changed.append(row)
                elif row is None and not self._stands_elsewhere(pk, target, kind, mirrored):
                    added.append(
                        ConceptRelation(
                            concept_id=pk, target_id=target, kind=kind, sort_order=order
                        )
                    )
        ConceptRelation.objects.filter(pk__in=gone).delete()
        ConceptRelation.objects.bulk_update(changed, ["kind"], batch_size=BATCH)
        ConceptRelation.objects.bulk_create(added, batch_size=BATCH)

    def _stands_elsewhere(
        self, concept: int, target: int, kind: str, mirrored: set[tuple[int, int]]
    ) -> bool:
        if kind != "related":
            return False
        pair = frozenset((concept, target))
        is_there = pair in self._related or (concept, target) in mirrored
        self._related.add(pair)
        return is_there


def _value(column: Column, text: str) -> Any:
    if column.kind is Kind.NUMBER:
        return int(text) if text else None
    return date.fromisoformat(text) if column.kind is Kind.DATE else text
