"""Concepts as statements of SKOS, before they are written in one of its three syntaxes.

What plain SKOS cannot say stands beside it: a term with more than its words is also a label of
SKOS-XL, and fields of ours are properties in the namespace of the glossary ("…/id/glossary#"). A
term that is not to be used any more is a hidden label, as a misspelling is: found, not shown.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, fields
from typing import Final
from urllib.parse import quote

from .heading import Heading
from .records import ConceptRecord, DefinitionRecord, DesignationRecord, EquivalentRecord
from .tags import tag_of
from .vocabularies import vocabulary_of

PREFIXES: Final = {
    "dct": "http://purl.org/dc/terms/",
    "owl": "http://www.w3.org/2002/07/owl#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "skosxl": "http://www.w3.org/2008/05/skos-xl#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}

LABELS: Final = {
    "preferred": "prefLabel",
    "admitted": "altLabel",
    "deprecated": "hiddenLabel",
    "superseded": "hiddenLabel",
}

MATCHES: Final = {
    "exact": "skos:exactMatch",
    "close": "skos:closeMatch",
    "broad": "skos:broadMatch",
    "narrow": "skos:narrowMatch",
    "related": "skos:relatedMatch",
}

LABEL_FIELDS: Final = {
    "status": "v2v:termStatus",
    "term_type": "v2v:termType",
    "part_of_speech": "v2v:partOfSpeech",
    "gender": "v2v:gender",
    "country": "v2v:country",
    "origin": "v2v:origin",
    "source": "dct:source",
    "note": "v2v:note",
    "context": "v2v:context",
    "hidden_forms": "v2v:hiddenForms",
    "inflected_forms": "v2v:inflectedForms",
}
DEFINITION_FIELDS: Final = {
    "origin": "v2v:origin",
    "source": "dct:source",
    "source_kind": "v2v:sourceKind",
}
EQUIVALENT_FIELDS: Final = {
    "country": "v2v:country",
    "institution": "v2v:institution",
    "eqf_level": "v2v:eqfLevel",
    "nqf_level": "v2v:nqfLevel",
    "isced_level": "v2v:iscedLevel",
    "age_from": "v2v:ageFrom",
    "age_to": "v2v:ageTo",
    "equivalence": "v2v:equivalence",
    "note": "v2v:note",
    "source": "dct:source",
    "as_of": "v2v:asOf",
}
_DEFAULTS: Final = {
    record: {part.name: part.default for part in fields(record)}
    for record in (DesignationRecord, DefinitionRecord, EquivalentRecord)
}
_UNSAFE: Final = re.compile(r'[\s<>"{}|\\^`]')


@dataclass(frozen=True, slots=True, order=True)
class Value:
    """The end of a statement: a URI, or a text with its language or type."""

    text: str
    tag: str = ""
    datatype: str = ""
    is_uri: bool = False


@dataclass
class Resource:
    """A thing that statements are about; its properties are written in this order."""

    uri: str
    type: str
    properties: list[tuple[str, Value]] = field(default_factory=list)

    def say(self, name: str, text: str, tag: str = "", datatype: str = "") -> None:
        """Adds a text, unless it is empty."""
        if text:
            self.properties.append((name, Value(text, tag, datatype)))

    def link(self, name: str, uri: str) -> None:
        """Adds a URI; characters that none may hold are escaped."""
        safe = _UNSAFE.sub(lambda found: quote(found[0], safe=""), uri)
        self.properties.append((name, Value(safe, is_uri=True)))


def prefixes(glossary: str) -> dict[str, str]:
    """Returns all prefixes, ours among them."""
    return PREFIXES | {"v2v": f"{glossary}#"}


def resources(concepts: Iterable[ConceptRecord], heading: Heading) -> Iterator[Resource]:
    """Gives the vocabulary, then each concept followed by its labels and notes."""
    scheme = Resource(heading.glossary, "skos:ConceptScheme")
    scheme.say("dct:title", heading.title, "en")
    scheme.say("dct:publisher", heading.attribution)
    scheme.link("dct:license", heading.licence)
    yield scheme
    for record in concepts:
        yield from _concept(record, heading.glossary)


def _concept(record: ConceptRecord, glossary: str) -> Iterator[Resource]:
    uri = f"{glossary}/{record.identifier}"
    concept = Resource(uri, "skos:Concept")
    concept.link("skos:inScheme", glossary)
    concept.say("dct:identifier", record.identifier)
    concept.say("v2v:domain", record.domain)
    concept.say("v2v:status", record.status)
    if record.status == "retired":
        concept.say("owl:deprecated", "true", datatype="xsd:boolean")
    if record.replaced_by:
        concept.link("dct:isReplacedBy", f"{glossary}/{record.replaced_by}")
    _relate(concept, record, glossary)
    nodes = [*_labels(concept, record), *_definitions(concept, record)]
    nodes += [*_mappings(concept, record), *_equivalents(concept, record)]
    yield concept
    yield from nodes


def _relate(concept: Resource, record: ConceptRecord, glossary: str) -> None:
    if not any(relation.kind == "broader" for relation in record.relations):
        concept.link("skos:topConceptOf", glossary)
    for relation in record.relations:
        concept.link(f"skos:{relation.kind}", f"{glossary}/{relation.target}")


def _labels(concept: Resource, record: ConceptRecord) -> Iterator[Resource]:
    terms = {(row.language, row.term) for row in record.designations}
    for number, row in enumerate(record.designations, 1):
        tag, label = tag_of(row.language), LABELS[row.status]
        concept.say(f"skos:{label}", row.term, tag)
        for form in row.hidden_forms.split("\n"):
            if (row.language, form) not in terms:  # S13: labels of different kinds differ
                concept.say("skos:hiddenLabel", form, tag)
        details = _details(row, LABEL_FIELDS, leave={"status"} if "hidden" not in label else set())
        if details:
            node = Resource(f"{concept.uri}#term-{number}", "skosxl:Label")
            node.say("skosxl:literalForm", row.term, tag)
            node.properties += details
            concept.link(f"skosxl:{label}", node.uri)
            yield node


def _definitions(concept: Resource, record: ConceptRecord) -> Iterator[Resource]:
    for row in record.definitions:
        tag = tag_of(row.language)
        concept.say("skos:definition", row.text, tag)
        details = _details(row, DEFINITION_FIELDS)
        if details:
            node = Resource(f"{concept.uri}#definition-{tag}", "v2v:Definition")
            node.say("rdf:value", row.text, tag)
            node.properties += details
            concept.link("v2v:definition", node.uri)
            yield node


def _mappings(concept: Resource, record: ConceptRecord) -> Iterator[Resource]:
    for number, row in enumerate(record.mappings, 1):
        concept.link(MATCHES[row.relation], row.uri)
        if row.vocabulary != vocabulary_of(row.uri):
            node = Resource(f"{concept.uri}#mapping-{number}", "v2v:Mapping")
            node.link("v2v:target", row.uri)
            node.say("v2v:vocabulary", row.vocabulary)
            concept.link("v2v:mapping", node.uri)
            yield node


def _equivalents(concept: Resource, record: ConceptRecord) -> Iterator[Resource]:
    for number, row in enumerate(record.equivalents, 1):
        node = Resource(f"{concept.uri}#equivalent-{number}", "v2v:NationalEquivalent")
        node.say("rdf:value", row.term, tag_of(row.language))
        node.properties += _details(row, EQUIVALENT_FIELDS)
        concept.link("v2v:nationalEquivalent", node.uri)
        yield node


def _details(
    row: DesignationRecord | DefinitionRecord | EquivalentRecord,
    names: dict[str, str],
    leave: Iterable[str] = (),
) -> list[tuple[str, Value]]:
    """Returns the fields that differ from what a reader assumes anyway."""
    defaults = _DEFAULTS[type(row)]
    return [
        (name, Value(value))
        for part, name in names.items()
        if part not in leave and (value := getattr(row, part)) and value != defaults[part]
    ]
