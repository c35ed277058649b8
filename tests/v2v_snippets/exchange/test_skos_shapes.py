"""An export keeps the conditions of SKOS, and a graph that breaks one of them is refused."""

from pathlib import Path
from typing import Final

import pytest
from pyshacl import validate
from rdflib import SH, Graph, URIRef

from tests.v2v_snippets.exchange.examples import CONCEPTS, GLOSSARY, HEADING
from v2v_snippets.exchange.rdf_files import write_turtle
from v2v_snippets.exchange.records import ConceptRecord, DesignationRecord

SHAPES: Final = Graph().parse(Path(__file__).with_name("skos_shapes.ttl"), format="turtle")
UPPER: Final = ConceptRecord(
    "C-0002", "vet_systems", designations=(DesignationRecord("en", "institution"),)
)
PREFIXES: Final = f"""
@prefix : <{GLOSSARY}/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix skosxl: <http://www.w3.org/2008/05/skos-xl#> .
"""


def breaches(statements: str = "") -> set[str]:
    """Returns the names of the shapes that an export with further statements breaks."""
    graph = Graph().parse(data=write_turtle([*CONCEPTS, UPPER], HEADING), format="turtle")
    graph.parse(data=PREFIXES + statements, format="turtle")
    is_right, report, _text = validate(graph, shacl_graph=SHAPES, advanced=False)
    nodes = {
        SHAPES.value(predicate=SH.property, object=shape) or shape
        for shape in report.objects(None, SH.sourceShape)
    }
    assert is_right is (not nodes)
    return {str(node).rpartition("#")[2] for node in nodes if isinstance(node, URIRef)}


def test_an_export_keeps_the_conditions_of_skos() -> None:
    assert breaches() == set()


@pytest.mark.parametrize(
    ("condition", "statements"),
    [
        ("S9", f"<{GLOSSARY}> a skos:Concept ; skos:inScheme <{GLOSSARY}> ."),
        ("S13", ':C-0002 skos:altLabel "institution"@en .'),
        ("S13", ':C-0002 skos:altLabel "body"@en ; skos:hiddenLabel "body"@en .'),
        ("S14", ':C-0002 skos:prefLabel "body"@en .'),
        ("S14", ':C-0002 skos:altLabel "body" .'),
        ("S27", ":C-0001 skos:related :C-0002 ."),
        ("S27", ":C-0002 skos:related :C-0001 ."),
        ("S27", ":C-0001 skos:broader :C-0009 ."),
        ("S46", ":C-0001 skos:relatedMatch <http://eurovoc.europa.eu/1> ."),
        ("S52", ":C-0002 skosxl:prefLabel :label . :label a skosxl:Label ."),
    ],
)
def test_a_graph_that_breaks_a_condition_is_refused(condition: str, statements: str) -> None:
    assert breaches(statements) == {condition}
