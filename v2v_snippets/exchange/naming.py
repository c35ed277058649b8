"""Finds for each concept of a file the one of ours that it is, or the number that it will get.

A concept of another house is known by its URI, which the concept that was made of it has as an
exact mapping: so the second import of a file finds what the first one made.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from django.utils.translation import gettext as _

from ..glossary_rules import stands_above
from .faults import Fault, Parsed
from .records import ConceptRecord, MappingRecord, in_order, is_own
from .vocabularies import vocabulary_of


@dataclass
class Named:
    """The concepts of a file under our identifiers, and by which names the file knows them."""

    records: dict[str, ConceptRecord] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)


def named(parsed: Parsed, stored: Mapping[str, ConceptRecord], numbers: Iterator[str]) -> Named:
    """Returns the concepts of a file under our identifiers.

    Relations to what is neither in the file nor stored are faults, and left out.

    Args:
        parsed: what the file says.
        stored: all concepts of the termbase by their identifiers.
        numbers: identifiers that nobody has had, for concepts that are new here.
    """
    result = Named()
    known = _by_mapping(stored.values())
    identifiers: dict[str, str] = {}
    for name in parsed.records:
        owners = known.get(name, [])
        if len(owners) > 1:
            message = _("Several concepts have this one as an exact match: %s.")
            result.faults.append(Fault(parsed.place(name), message % ", ".join(sorted(owners))))
            continue
        identifier = name if is_own(name) else owners[0] if owners else next(numbers)
        if identifier in result.names:
            message = _("This is %s, which the file has already.") % identifier
            result.faults.append(Fault(parsed.place(name), message))
            continue
        identifiers[name] = identifier
        result.names[identifier] = name
    elsewhere = {uri: owners[0] for uri, owners in known.items() if len(owners) == 1}
    finder = _Finder(parsed, {**elsewhere, **identifiers}, stored)
    for name, identifier in identifiers.items():
        result.records[identifier] = finder.renamed(parsed.records[name], identifier)
    result.faults += finder.faults
    return result


def _by_mapping(records: Iterable[ConceptRecord]) -> dict[str, list[str]]:
    """Returns which concepts have each URI as an exact match."""
    found: dict[str, list[str]] = {}
    for record in records:
        for mapping in record.mappings:
            if mapping.relation == "exact":
                found.setdefault(mapping.uri, []).append(record.identifier)
    return found


class _Finder:
    """Turns names in a file into identifiers, and remembers what it did not find."""

    def __init__(
        self, parsed: Parsed, identifiers: Mapping[str, str], stored: Collection[str]
    ) -> None:
        self.parsed = parsed
        self.identifiers = identifiers
        self.stored = stored
        self.faults: list[Fault] = []

    def renamed(self, record: ConceptRecord, identifier: str) -> ConceptRecord:
        """Returns a concept under its identifier; one of another house keeps its URI."""
        name = record.identifier
        relations = []
        for relation in record.relations:
            target = self._find(name, relation.target, relation.target)
            if target:
                relations.append(replace(relation, target=target))
        self._refuse_contradictions(record)
        replaced_by = self._find(name, record.replaced_by, "")
        mappings = list(record.mappings)
        if name != identifier:
            mappings = [mapping for mapping in mappings if mapping.uri != name]
            mappings.append(MappingRecord("exact", vocabulary_of(name), name))
        return in_order(
            replace(
                record,
                identifier=identifier,
                replaced_by=replaced_by,
                relations=tuple(relations),
                mappings=tuple(mappings),
            )
        )

    def _refuse_contradictions(self, record: ConceptRecord) -> None:
        """Finds what stands above a concept that names this one as related."""
        name, said = record.identifier, self.parsed.origins.get(record.identifier, {})
        above = {row.target for row in record.relations if row.kind == "broader"}
        for relation in record.relations:
            if relation.kind == "related" and relation.target in above and relation not in said:
                message = stands_above(name, relation.target)
                self.faults.append(Fault(self.parsed.place(relation.target, name), message))

    def _find(self, concept: str, target: str, place: str) -> str:
        if not target or target in self.stored:
            return target
        if target in self.identifiers:
            return self.identifiers[target]
        message = _("There is no concept %s, neither in the file nor in the glossary.") % target
        self.faults.append(Fault(self.parsed.place(concept, place), message))
        return ""
