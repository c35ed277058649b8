"""Concepts of the glossary as items."""

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Any

from django.db.models import Prefetch

from v2v_pages.glossary.words import ConceptWords
from v2v_snippets.concept_uris import concept_uri
from v2v_snippets.enums import RelationKind
from v2v_snippets.models.glossary import (
    ConceptRelation,
    Designation,
    GlossaryConcept,
    NationalEquivalent,
)

from ..schemas.glossary import ConceptSchema
from .directory import Record


def with_everything(concepts: Any) -> Any:
    """Loads with concepts all that is written of them; of their neighbours, the public ones."""
    public = GlossaryConcept.objects.public()
    above = ConceptRelation.objects.filter(target__in=public).order_by("target__identifier")
    below = ConceptRelation.objects.filter(concept__in=public).order_by("concept__identifier")
    words = ("designations", "definitions")
    return concepts.prefetch_related(
        Prefetch("designations", Designation.objects.select_related("country")),
        "definitions",
        "mappings",
        Prefetch("national_equivalents", NationalEquivalent.objects.select_related("country")),
        Prefetch("relations", above.prefetch_related(*(f"target__{name}" for name in words))),
        Prefetch("relations_from", below.prefetch_related(*(f"concept__{name}" for name in words))),
    )


def rows(records: Iterable[Any], names: Sequence[str], **others: Any) -> list[dict[str, Any]]:
    """Returns these columns of each record; ``others`` are functions of it."""
    return [
        {name: getattr(record, name) for name in names}
        | {name: value(record) for name, value in others.items()}
        for record in records
    ]


class ConceptRecord(Record):
    """Writes a concept."""

    schema = ConceptSchema

    @cached_property
    def words(self) -> ConceptWords:
        """The concept as a reader of the language asked for sees it."""
        return ConceptWords(self.record, self.library.language)

    @property
    def uri(self) -> str:
        """The permanent one."""
        return concept_uri(self.record.identifier, glossary=self.library.glossary_uri)

    @property
    def url(self) -> str:
        """Its page below that of the glossary."""
        return self.library.schools.url("GlossaryIndexPage", self.record.identifier)

    @property
    def updated_at(self) -> Any:
        """When it was last published."""
        return self.record.last_published_at

    @property
    def term(self) -> dict[str, str] | None:
        """The preferred term."""
        return self._shown(self.words.headline, "term")

    @property
    def definition(self) -> dict[str, str] | None:
        """What it is."""
        return self._shown(self.words.definition, "text")

    @property
    def designations(self) -> list[dict[str, Any]]:
        """The terms of all languages, the preferred ones first; what only search knows is left."""
        names = (
            "language", "term", "status", "term_type", "part_of_speech", "gender", "origin",
            "source", "note", "context",
        )  # fmt: skip
        return rows(
            (term for _code, _name, terms in self.words.languages for term in terms),
            names,
            country=lambda term: term.country.code if term.country else "",
            inflected_forms=lambda term: [s for s in term.inflected_forms.splitlines() if s],
        )

    @property
    def definitions(self) -> list[dict[str, Any]]:
        """The definitions of all languages."""
        found = sorted(self.record.definitions.all(), key=lambda row: str(row.language))
        return rows(found, ("language", "text", "origin", "source", "source_kind"))

    @property
    def equivalents(self) -> list[dict[str, Any]]:
        """What stands for it in the countries."""
        names = (
            "institution", "eqf_level", "nqf_level", "isced_level", "age_from", "age_to",
            "equivalence", "note", "source", "as_of",
        )  # fmt: skip
        return rows(
            self.record.national_equivalents.all(),
            names,
            id=lambda row: row.public_id,
            country=lambda row: self.library.countries.reference(row.country),
            term=lambda row: {"text": row.term, "language": row.language},
        )

    @property
    def relations(self) -> dict[str, list[dict[str, Any]]]:
        """The public concepts around it; a relation is stored on one side and holds on both."""
        own, others = self.record.relations.all(), self.record.relations_from.all()
        broader, related = RelationKind.BROADER, RelationKind.RELATED
        return {
            "broader": [self._reference(row.target) for row in own if row.kind == broader],
            "narrower": [self._reference(row.concept) for row in others if row.kind == broader],
            "related": [
                *(self._reference(row.target) for row in own if row.kind == related),
                *(self._reference(row.concept) for row in others if row.kind == related),
            ],
        }

    @property
    def mappings(self) -> list[dict[str, Any]]:
        """The concepts of other vocabularies."""
        return rows(self.record.mappings.all(), ("relation", "vocabulary", "uri"))

    @property
    def licence(self) -> dict[str, Any]:
        """Under what terms the glossary may be reused."""
        return self.library.reuse(self.library.glossary_licence)

    @property
    def footnotes(self) -> list[dict[str, str]]:
        """The footnotes of marked countries."""
        return self.library.countries.footnotes(self.library.language)

    def _reference(self, concept: GlossaryConcept) -> dict[str, Any]:
        headline = ConceptWords(concept, self.library.language).headline
        return {
            "identifier": concept.identifier,
            "uri": concept_uri(concept.identifier, glossary=self.library.glossary_uri),
            "term": self._shown(headline, "term"),
        }

    def _shown(self, row: Any, name: str) -> dict[str, str] | None:
        """Returns the words of a row, unless only another language would do."""
        asked = self.library.asked
        if row is None or not (asked.accepts_other or row.language == asked.language):
            return None
        return {"text": getattr(row, name), "language": row.language}
