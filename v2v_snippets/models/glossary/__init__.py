"""The termbase: concepts first, as ISO 704 and TBX have it, and words as what names them."""

from .concepts import ConceptMapping, ConceptNumber, ConceptRelation, GlossaryConcept
from .national import NationalEquivalent
from .words import Definition, Designation

__all__ = [
    "ConceptMapping",
    "ConceptNumber",
    "ConceptRelation",
    "Definition",
    "Designation",
    "GlossaryConcept",
    "NationalEquivalent",
]
