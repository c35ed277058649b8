"""rdflib's reader of RDF/XML, but for what it takes away from addresses.

It joins each address with that of the file, by a function that drops a last ";", "?" or dots: what
is absolute already would come out as another resource (RDF 1.1 Concepts, 3.2, compares them sign by
sign).
"""

import re
from typing import Any, Final

from rdflib import Graph, URIRef
from rdflib.parser import create_input_source
from rdflib.plugins.parsers.rdfxml import RDFXMLHandler, create_parser

ABSOLUTE: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
"""The scheme of RFC 3986, 3.1, with which only absolute addresses begin."""


class _ExactHandler(RDFXMLHandler):
    def absolutize(self, uri: str) -> URIRef:
        return URIRef(uri) if ABSOLUTE.match(uri) else super().absolutize(uri)


def parse_rdf_xml(graph: Graph, content: bytes, base: str) -> None:
    """Reads a file into a graph; ``base`` is what its relative addresses belong to.

    Raises:
        Exception: that of the XML parser or of rdflib, when the file cannot be read.
    """
    source: Any = create_input_source(data=content, publicID=base, format="xml")
    parser = create_parser(source, graph)
    handler: Any = _ExactHandler(graph)
    handler.setDocumentLocator(source)
    parser.setContentHandler(handler)
    parser.parse(source)
