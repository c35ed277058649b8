"""Makes concepts of the rows that a reader gives, and says what is wrong with them."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from django.utils.translation import gettext as _

from ..glossary_rules import definition_breaches, repetitions, word_breaches
from .faults import Fault, Frame, Origin, Parsed
from .identifying import Identifier, UnknownIdentifierError
from .records import ConceptRecord, RelationRecord, in_order, with_both_sides
from .tables import CONCEPTS, PARTS, TABLES, Kind, Table
from .values import OtherLanguageError, WrongValueError, checked

MOST_NOTICED: Final = 12


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table as it was read; ``concept`` is the concept's name in the file.

    ``cell`` finds the place of a column where a format has one. ``assumed`` names the columns whose
    values the reader made up, since the format has to say something.
    """

    table: str
    concept: str
    values: Mapping[str, str]
    place: str
    cell: Callable[[str], str] | None = None
    assumed: frozenset[str] = frozenset()

    def at(self, column: str) -> str:
        """Returns the place of a column."""
        return self.cell(column) if self.cell and column else self.place


@dataclass
class _Draft:
    """A concept while its rows are coming in: each part with the row that it was read from."""

    own: dict[str, str] = field(default_factory=dict)
    parts: dict[str, list[tuple[Any, Row]]] = field(default_factory=lambda: defaultdict(list))
    first: Row | None = None


class Builder:
    """Takes row after row, and in the end gives the concepts and all faults."""

    def __init__(self, frame: Frame) -> None:
        self.frame = frame
        self.parsed = Parsed()
        self._identify = Identifier(frame)
        self._drafts: dict[str, _Draft] = defaultdict(_Draft)
        self._other_languages: Counter[str] = Counter()
        self._said: dict[frozenset[str], frozenset[str]] = {}  # there are few different ones

    def add(self, row: Row) -> None:
        """Takes one row; what is wrong with it is kept as one fault for each column."""
        try:
            concept = self._identify(row.concept)
        except UnknownIdentifierError as error:
            self.fault(row.at("concept"), str(error))
            return
        table = TABLES[row.table]
        try:
            values, is_whole = self._values(table, row)
        except OtherLanguageError as error:
            self._other_languages[str(error)] += 1
            return
        draft = self._drafts[concept]
        draft.first = draft.first or row
        if table is CONCEPTS:
            self._add_concept(concept, draft, values, row)
        elif is_whole:
            part = table.record(**values)
            draft.parts[table.field].append((part, row))
            self._remember(concept, part, row)
            if table.name == "relation":
                self.parsed.places[concept, values["target"]] = row.at("target")

    def fault(self, place: str, message: str) -> None:
        """Keeps what is wrong at a place."""
        self.parsed.faults.append(Fault(place, message))

    def finish(self) -> Parsed:
        """Returns all concepts, with faults in the rows of each, and what was left out."""
        for concept, draft in self._drafts.items():
            if draft.first is not None:
                self.parsed.places.setdefault((concept, ""), draft.first.place)
            self.parsed.faults += _faults_between_rows(draft)
            self.parsed.records[concept] = _record(concept, draft)
        relations = with_both_sides(self.parsed.records)
        for concept, record in self.parsed.records.items():
            self.parsed.records[concept] = _with_relations(record, relations[concept])
        self._notice_languages()
        return self.parsed

    def _add_concept(self, concept: str, draft: _Draft, values: dict[str, str], row: Row) -> None:
        if draft.own:
            self.fault(row.at("concept"), _("%s stands there already.") % concept)
            return
        draft.own = values
        self.parsed.places[concept, ""] = row.at("concept")
        self._remember(concept, None, row)

    def _remember(self, concept: str, part: Any, row: Row) -> None:
        said = frozenset(name for name, text in row.values.items() if text.strip()) - row.assumed
        said = self._said.setdefault(said, said)
        origins = self.parsed.origins.setdefault(concept, {})
        origins.setdefault(part, Origin(row.place, said, row.cell))

    def _values(self, table: Table, row: Row) -> tuple[dict[str, str], bool]:
        values = {}
        for column in table.columns:
            value = row.values.get(column.name, "")
            try:
                if column.kind is Kind.CONCEPT and value.strip():
                    values[column.name] = self._identify(value.strip())
                else:
                    values[column.name] = checked(column, value, self.frame)
            except (WrongValueError, UnknownIdentifierError) as error:
                self.fault(row.at(column.name), str(error))
        return values, len(values) == len(table.columns)

    def _notice_languages(self) -> None:
        if self._other_languages:
            most = self._other_languages.most_common(MOST_NOTICED)
            named = ", ".join(f"{tag} ({count})" for tag, count in most)
            message = _("Left out, since the site does not speak these languages: %s")
            self.parsed.notices.append(message % named)


def build(rows: Iterable[Row], frame: Frame) -> Parsed:
    """Makes concepts of rows."""
    builder = Builder(frame)
    for row in rows:
        builder.add(row)
    return builder.finish()


def _record(concept: str, draft: _Draft) -> ConceptRecord:
    values: dict[str, Any] = {"domain": "", "status": "draft", "replaced_by": "", **draft.own}
    for table in PARTS:
        values[table.field] = tuple(part for part, _row in draft.parts[table.field])
    return in_order(ConceptRecord(concept, **values))


def _with_relations(record: ConceptRecord, relations: set[RelationRecord]) -> ConceptRecord:
    if relations == set(record.relations):
        return record
    return in_order(replace(record, relations=tuple(relations)))


def _faults_between_rows(draft: _Draft) -> Iterator[Fault]:
    """Asks the rules of the termbase about rows that are right, each for itself."""
    parts = {name: [part for part, _row in rows] for name, rows in draft.parts.items()}
    breaches = [
        *word_breaches(parts.get("designations", [])),
        *definition_breaches(parts.get("definitions", [])),
        *repetitions(
            parts.get("mappings", []),
            relation="mappings",
            key=lambda row: row.uri,
            field="uri",
            message=_("This mapping stands there already."),
        ),
        *repetitions(
            parts.get("equivalents", []),
            relation="equivalents",
            key=lambda row: (row.country, row.term),
            field="term",
            message=_("This term stands there already."),
        ),
        *repetitions(
            parts.get("relations", []),
            relation="relations",
            key=lambda row: row.target,
            field="target",
            message=_("There is a relation to this concept already."),
        ),
    ]
    for breach in breaches:
        _part, row = draft.parts[breach.relation][breach.row or 0]
        yield Fault(row.at(breach.field), breach.message)
    for part, row in draft.parts["equivalents"]:
        if part.age_from and part.age_to and int(part.age_from) > int(part.age_to):
            yield Fault(row.at("age_from"), _("The ages are the wrong way round."))
