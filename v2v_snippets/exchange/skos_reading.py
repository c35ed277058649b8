"""Reads SKOS: our own exports without loss, and thesauri of other houses as far as SKOS goes.

A remote context of JSON-LD would make this site fetch whatever address a file names, so it is
refused, as are document type declarations of RDF/XML.
"""

import json
from collections import defaultdict
from collections.abc import Iterator
from functools import partial
from typing import Any, Final

from django.utils.translation import gettext as _
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, OWL, RDF, SKOS, Namespace
from rdflib.term import Node

from .building import Row, build
from .faults import Frame, Parsed, UnreadableFileError
from .guarding import refuse_declarations
from .rdf_xml import parse_rdf_xml
from .skos import DEFINITION_FIELDS, EQUIVALENT_FIELDS, LABEL_FIELDS, MATCHES, prefixes
from .subject_store import SubjectStore
from .vocabularies import vocabulary_of

XL: Final = Namespace("http://www.w3.org/2008/05/skos-xl#")
STATUS_OF: Final = {"prefLabel": "preferred", "altLabel": "admitted", "hiddenLabel": "deprecated"}


def read_skos(content: bytes, frame: Frame, *, syntax: str) -> Parsed:
    """Reads concepts from a file in a ``syntax`` that rdflib knows.

    Raises:
        UnreadableFileError: when it cannot be parsed, fetches other files, or has no concepts.
    """
    if syntax == "xml":
        refuse_declarations(content)
    if syntax == "json-ld":
        _refuse_remote_contexts(content)
    graph = Graph(SubjectStore(), bind_namespaces="none")
    try:
        if syntax == "xml":
            parse_rdf_xml(graph, content, frame.glossary)
        else:
            graph.parse(data=content, format=syntax, publicID=frame.glossary)
    except Exception as error:  # each of rdflib's parsers has errors of its own
        message = " ".join(str(error).split())[:300]
        raise UnreadableFileError(_("The file cannot be read: %s") % message) from error
    concepts = sorted(set(graph.subjects(RDF.type, SKOS.Concept)), key=str)
    if not concepts:
        raise UnreadableFileError(_("The file has no concepts of SKOS."))
    return build(_Thesaurus(graph, frame).rows(concepts), frame)


def _refuse_remote_contexts(content: bytes) -> None:
    try:
        waiting: list[Any] = [json.loads(content)]
    except (ValueError, RecursionError) as error:
        raise UnreadableFileError(_("This is no JSON: %s") % error) from error
    while waiting:
        part = waiting.pop()
        if isinstance(part, dict):
            contexts = part.get("@context", [])
            listed = contexts if isinstance(contexts, list) else [contexts]
            if "@import" in part or any(isinstance(context, str) for context in listed):
                raise UnreadableFileError(
                    _("The file names a context at another address, and nothing is fetched.")
                )
            waiting += part.values()
        elif isinstance(part, list):
            waiting += part


class _Thesaurus:
    """A graph, read concept by concept."""

    def __init__(self, graph: Graph, frame: Frame) -> None:
        self.graph = graph
        self.own = Namespace(prefixes(frame.glossary)["v2v"])
        self.broader: dict[Node, set[Node]] = defaultdict(set)
        for lower, upper in graph.subject_objects(SKOS.broader):
            self.broader[lower].add(upper)
        for upper, lower in graph.subject_objects(SKOS.narrower):
            self.broader[lower].add(upper)

    def rows(self, concepts: list[Node]) -> Iterator[Row]:
        """Gives the rows of all concepts."""
        for concept in concepts:
            row = partial(Row, concept=str(concept), place=str(concept))
            yield row(table="concept", values=self._about(concept))
            yield from (row(table="term", values=term) for term in self._terms(concept))
            yield from (row(table="definition", values=d) for d in self._definitions(concept))
            yield from (row(table="relation", values=r) for r in self._relations(concept))
            yield from (row(table="mapping", values=m) for m in self._mappings(concept))
            yield from (row(table="equivalent", values=e) for e in self._equivalents(concept))

    def text(self, subject: Node, name: str) -> str:
        """Returns a property of ours or Dublin Core's as text."""
        prefix, _colon, local = name.partition(":")
        predicate = DCTERMS[local] if prefix == "dct" else self.own[local]
        value = self.graph.value(subject, predicate)
        return "" if value is None else str(value)

    def _details(self, node: Node, names: dict[str, str]) -> dict[str, str]:
        return {field: self.text(node, name) for field, name in names.items()}

    def _about(self, concept: Node) -> dict[str, str]:
        deprecated = str(self.graph.value(concept, OWL.deprecated) or "").lower() in {"true", "1"}
        status = self.text(concept, "v2v:status") or ("retired" if deprecated else "")
        replacement = self.graph.value(concept, DCTERMS.isReplacedBy)
        return {
            "domain": self.text(concept, "v2v:domain"),
            "status": status,
            "replaced_by": "" if replacement is None else str(replacement),
        }

    def _terms(self, concept: Node) -> Iterator[dict[str, str]]:
        """Gives labels of SKOS-XL, then plain ones that none of those has."""
        told = set()
        hidden = defaultdict(set)
        for label, status in STATUS_OF.items():
            for node in self.graph.objects(concept, XL[label]):
                form = self.graph.value(node, XL.literalForm)
                if not isinstance(form, Literal):
                    continue
                details = self._details(node, LABEL_FIELDS)
                told.add(form)
                told |= {
                    Literal(hidden_form, lang=form.language)
                    for hidden_form in details["hidden_forms"].split("\n")
                }
                yield details | _words(form, "term") | {"status": details["status"] or status}
        shown = {}
        for label in ("prefLabel", "altLabel"):
            for form in self._literals(concept, SKOS[label]):
                if form not in told:
                    shown[form] = STATUS_OF[label]
        for form in self._literals(concept, SKOS.hiddenLabel):
            if form not in told and form not in shown:
                hidden[form.language].add(str(form))
        yield from _plain_terms(shown, hidden)

    def _literals(self, subject: Node, predicate: URIRef) -> list[Literal]:
        found = self.graph.objects(subject, predicate)
        return sorted(value for value in found if isinstance(value, Literal))

    def _definitions(self, concept: Node) -> Iterator[dict[str, str]]:
        nodes = {
            self.graph.value(node, RDF.value): node
            for node in self.graph.objects(concept, self.own.definition)
        }
        for text in self._literals(concept, SKOS.definition):
            node = nodes.get(text)
            details = self._details(node, DEFINITION_FIELDS) if node is not None else {}
            yield details | _words(text, "text")

    def _relations(self, concept: Node) -> Iterator[dict[str, str]]:
        for upper in sorted(self.broader[concept], key=str):
            yield {"kind": "broader", "target": str(upper)}
        related = set(self.graph.objects(concept, SKOS.related))
        for other in sorted(related - self.broader[concept], key=str):
            yield {"kind": "related", "target": str(other)}

    def _mappings(self, concept: Node) -> Iterator[dict[str, str]]:
        vocabularies = {
            str(self.graph.value(node, self.own.target)): self.text(node, "v2v:vocabulary")
            for node in self.graph.objects(concept, self.own.mapping)
        }
        for relation, name in MATCHES.items():
            for target in sorted(
                self.graph.objects(concept, SKOS[name.partition(":")[2]]), key=str
            ):
                uri = str(target)
                vocabulary = vocabularies.get(uri) or vocabulary_of(uri)
                yield {"relation": relation, "vocabulary": vocabulary, "uri": uri}

    def _equivalents(self, concept: Node) -> Iterator[dict[str, str]]:
        for node in self.graph.objects(concept, self.own.nationalEquivalent):
            term = self.graph.value(node, RDF.value)
            words = _words(term, "term") if isinstance(term, Literal) else {}
            yield self._details(node, EQUIVALENT_FIELDS) | words


def _words(text: Literal, name: str) -> dict[str, str]:
    return {name: str(text), "language": text.language or ""}


def _plain_terms(
    shown: dict[Literal, str], hidden: dict[str | None, set[str]]
) -> Iterator[dict[str, str]]:
    """Gives plain labels; hidden ones are forms of the preferred term of their language."""
    for form, status in shown.items():
        forms = hidden.pop(form.language, set()) if status == "preferred" else set()
        hidden_forms = "\n".join(sorted(forms))
        yield _words(form, "term") | {"status": status, "hidden_forms": hidden_forms}
    for language, forms in hidden.items():
        for text in sorted(forms):
            yield {"term": text, "language": language or "", "status": "deprecated"}
