"""Writes statements as Turtle, JSON-LD and RDF/XML: the same bytes for the same concepts.

rdflib writes graphs, whose order is that of chance, and takes minutes where we take a second.
"""

import json
from collections.abc import Callable, Iterable
from typing import Any, Final
from xml.sax.saxutils import escape, quoteattr

from .heading import Heading
from .records import ConceptRecord
from .skos import Resource, Value, prefixes, resources

_TURTLE: Final = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"})


def write_turtle(concepts: Iterable[ConceptRecord], heading: Heading) -> bytes:
    """Returns the concepts as Turtle (W3C, 2014)."""
    known = prefixes(heading.glossary)
    parts = [f"@prefix {name}: <{uri}> .\n" for name, uri in known.items()]
    for resource in resources(concepts, heading):
        lines = [f"<{resource.uri}> a {resource.type}"]
        lines += [f"    {name} {_turtle(value)}" for name, value in resource.properties]
        parts.append("\n" + " ;\n".join(lines) + " .\n")
    return "".join(parts).encode()


def write_json_ld(concepts: Iterable[ConceptRecord], heading: Heading) -> bytes:
    """Returns the concepts as JSON-LD 1.1, with the context inside."""
    graph = [_node(resource) for resource in resources(concepts, heading)]
    document = {"@context": prefixes(heading.glossary), "@graph": graph}
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def write_rdf_xml(concepts: Iterable[ConceptRecord], heading: Heading) -> bytes:
    """Returns the concepts as RDF/XML."""
    known = prefixes(heading.glossary)
    spaces = "".join(f"\n  xmlns:{name}={quoteattr(uri)}" for name, uri in known.items())
    parts = [f'<?xml version="1.0" encoding="UTF-8"?>\n<rdf:RDF{spaces}>\n']
    for resource in resources(concepts, heading):
        parts.append(f"<{resource.type} rdf:about={quoteattr(resource.uri)}>\n")
        parts += [_element(name, value, known) for name, value in resource.properties]
        parts.append(f"</{resource.type}>\n")
    return ("".join(parts) + "</rdf:RDF>\n").encode()


def _turtle(value: Value) -> str:
    if value.is_uri:
        return f"<{value.text}>"
    literal = f'"{value.text.translate(_TURTLE)}"'
    if value.tag:
        return f"{literal}@{value.tag}"
    return f"{literal}^^{value.datatype}" if value.datatype else literal


def _node(resource: Resource) -> dict[str, Any]:
    node: dict[str, Any] = {"@id": resource.uri, "@type": resource.type}
    for name, value in resource.properties:
        node.setdefault(name, []).append(_json(value))
    return node


def _json(value: Value) -> Any:
    if value.is_uri:
        return {"@id": value.text}
    if value.tag:
        return {"@value": value.text, "@language": value.tag}
    return {"@value": value.text, "@type": value.datatype} if value.datatype else value.text


def _element(name: str, value: Value, known: dict[str, str]) -> str:
    if value.is_uri:
        return f"  <{name} rdf:resource={quoteattr(value.text)}/>\n"
    attribute = f" xml:lang={quoteattr(value.tag)}" if value.tag else ""
    if value.datatype:
        prefix, _colon, local = value.datatype.partition(":")
        attribute = f" rdf:datatype={quoteattr(known[prefix] + local)}"
    return f"  <{name}{attribute}>{escape(value.text)}</{name}>\n"


WRITERS: Final[dict[str, Callable[[Iterable[ConceptRecord], Heading], bytes]]] = {
    "turtle": write_turtle,
    "json-ld": write_json_ld,
    "xml": write_rdf_xml,
}
"""By rdflib's names of the syntaxes."""
