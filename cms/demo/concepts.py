"""Concepts of the glossary in all languages, read from ``concepts.toml``."""

import tomllib
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final

from django.utils import timezone
from wagtail.models import ReferenceIndex

from v2v_pages.services.indexing import index_records
from v2v_snippets.enums import (
    ConceptDomain,
    ConceptStatus,
    DefinitionSource,
    RelationKind,
    TermStatus,
    TranslationOrigin,
)
from v2v_snippets.language.locales import default_language
from v2v_snippets.models import Country
from v2v_snippets.models.glossary import (
    ConceptMapping,
    ConceptNumber,
    ConceptRelation,
    Definition,
    Designation,
    GlossaryConcept,
    NationalEquivalent,
)
from v2v_snippets.services.glossary import locked_termbase

from .identifiers import identifier

CONCEPTS: Final = Path(__file__).parent / "concepts.toml"
SOURCE: Final = "V2V CMS demo"
SAMPLE: Final = "Sample of the demo, to be checked"
WRITTEN_ON: Final = date(2026, 11, 23)
"""The day on which the samples were written; nobody has checked them since."""

Pair = tuple[GlossaryConcept, dict[str, Any]]
"""A concept, and what the file says about it."""


@cache
def content() -> list[tuple[ConceptDomain, dict[str, Any]]]:
    """Returns what ``concepts.toml`` says: each concept with its domain, in their order."""
    data = tomllib.loads(CONCEPTS.read_text(encoding="utf-8"))
    return [(ConceptDomain(domain), row) for domain, rows in data.items() for row in rows]


def load_concepts() -> None:
    """Saves all concepts with their words; expects that there are none, and the countries.

    All rows of a kind are written at once: one by one, as editors do, they would take longer than
    all pages. So what follows a saved row is done here: index of references, index of search.
    """
    with locked_termbase():
        pairs = save_concepts()
        save_words(pairs)
        ConceptRelation.objects.bulk_create(relations(pairs))
        ConceptMapping.objects.bulk_create(mappings(pairs))
        NationalEquivalent.objects.bulk_create(equivalents(pairs))
        for concept, _row in pairs:
            ReferenceIndex.create_or_update_for_object(concept)
    index_records(kind="concept", pks=[concept.pk for concept, _row in pairs])


def save_concepts() -> list[Pair]:
    """Saves the concepts alone, approved and published, under the first identifiers."""
    now = timezone.now()
    concepts = [
        GlossaryConcept(
            identifier=f"C-{number:04}",
            domain=domain,
            status=ConceptStatus.APPROVED,
            live=True,
            first_published_at=now,
            last_published_at=now,
        )
        for number, (domain, _row) in enumerate(content(), start=1)
    ]
    ConceptNumber.objects.reserve([concept.identifier for concept in concepts])
    saved = GlossaryConcept.objects.bulk_create(concepts)
    return [(concept, row) for concept, (_domain, row) in zip(saved, content(), strict=True)]


def save_words(pairs: list[Pair]) -> None:
    """Saves definitions, which are English, and the terms of all languages."""
    Definition.objects.bulk_create(
        Definition(
            concept=concept,
            language=default_language(),
            text=row["definition"],
            source=SOURCE,
            source_kind=DefinitionSource.PROJECT,
        )
        for concept, row in pairs
    )
    words = [word for concept, row in pairs for word in designations(concept, row)]
    for word in words:
        word.derive_keys()
    Designation.objects.bulk_create(words)


def designations(concept: GlossaryConcept, row: dict[str, Any]) -> Iterator[Designation]:
    """Yields the preferred terms, then those that are admitted, or were used before."""
    genders = {language: key for key, languages in row["gender"].items() for language in languages}
    preferred = [
        {
            "language": language,
            "term": term,
            "status": TermStatus.PREFERRED,
            "gender": genders.get(language, ""),
        }
        for language, term in row["terms"].items()
    ]
    for order, fields in enumerate([*preferred, *row.get("also", [])]):
        is_ours = fields["language"] == default_language()
        origin = TranslationOrigin.ORIGINAL if is_ours else TranslationOrigin.PROJECT
        yield Designation(concept=concept, sort_order=order, origin=origin, **fields)


def relations(pairs: list[Pair]) -> Iterator[ConceptRelation]:
    """Yields the relations; the file names their targets by the English term."""
    concepts = {row["terms"][default_language()]: concept for concept, row in pairs}
    for concept, row in pairs:
        targets = [(kind, term) for kind in RelationKind for term in row.get(kind.value, [])]
        for order, (kind, term) in enumerate(targets):
            yield ConceptRelation(
                concept=concept, kind=kind, target=concepts[term], sort_order=order
            )


def mappings(pairs: list[Pair]) -> Iterator[ConceptMapping]:
    """Yields the concepts of other vocabularies that the file gives, by their URIs."""
    for concept, row in pairs:
        for order, fields in enumerate(row.get("mappings", [])):
            yield ConceptMapping(concept=concept, sort_order=order, **fields)


def equivalents(pairs: list[Pair]) -> Iterator[NationalEquivalent]:
    """Yields the national terms, each with the note that it is a sample."""
    countries = {country.code: country for country in Country.objects.all()}
    for concept, row in pairs:
        for order, sample in enumerate(row.get("equivalents", [])):
            yield NationalEquivalent(
                public_id=identifier("equivalent", concept.identifier, sample["country"]),
                concept=concept,
                country=countries[sample["country"]],
                language=sample["language"],
                term=sample["term"],
                note=SAMPLE,
                as_of=WRITTEN_ON,
                sort_order=order,
            )
