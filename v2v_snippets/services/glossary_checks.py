"""Asks the rules of the termbase about what is stored, and about what is about to be."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ..glossary_rules import (
    Breach,
    Edge,
    approval_breaches,
    definition_breaches,
    relation_breaches,
    repetitions,
    replacement_breaches,
    termbase_breaches,
    word_breaches,
)
from ..language.locales import default_language
from ..models import ConceptNumber, ConceptRelation, GlossaryConcept

ROWS: Final = ("designations", "definitions", "relations", "mappings", "national_equivalents")
CHUNK: Final = 500
"""Concepts that the report holds in memory at once."""


def breaches_of(concept: GlossaryConcept, **rows: list[Any]) -> list[Breach]:
    """Returns which rules a concept would break if it were stored as it stands in memory.

    At most four queries beside those that load it, however large it and the termbase are.

    Args:
        concept: stored or not.
        rows: lists to be taken for those of the concept: a form has them before it sets them.
    """
    rows = {name: list(getattr(concept, name).all()) for name in ROWS if name not in rows} | rows
    return [
        *_own_breaches(concept, rows),
        *_relation_breaches(concept, rows["relations"]),
        *_replacement_breaches(concept),
    ]


def field_breaches(concept: GlossaryConcept) -> Iterator[Breach]:
    """Returns what a form would say of single fields: unknown languages, missing terms."""
    yield from _invalid_fields(concept, "", None, {"replaced_by", "identifier"})
    for relation in ROWS:
        for number, row in enumerate(getattr(concept, relation).all()):
            yield from _invalid_fields(row, relation, number, {"concept", "target", "country"})


def stored_breaches() -> Iterator[Breach]:
    """Returns what is wrong in the termbase, concept by concept, then among them.

    Rules that no constraint holds can be broken by two editors at once, by SQL, or by restoring a
    part of a backup. Reads a few hundred concepts at a time.
    """
    numbers = set(ConceptNumber.objects.values_list("number", flat=True))
    replacements = _replacements()
    concepts = GlossaryConcept.objects.order_by("identifier").prefetch_related(*ROWS)
    for concept in concepts.select_related("replaced_by").iterator(chunk_size=CHUNK):
        own = _own_breaches(concept, {name: list(getattr(concept, name).all()) for name in ROWS})
        found = [
            *(breach for breach in own if concept.live or not breach.is_gap),
            *replacement_breaches(
                concept.identifier,
                concept.status,
                replacements.get(concept.identifier, ""),
                replacements,
            ),
            *_number_breaches(concept.identifier, numbers),
        ]
        yield from (replace(breach, concept=concept.identifier) for breach in found)
    yield from termbase_breaches(_edges())


@dataclass(frozen=True, slots=True)
class ConceptReport:
    """A breach as a report shows it; ``concept`` is the key of the concept."""

    identifier: str
    concept: int | None
    place: str
    message: str

    def __str__(self) -> str:
        return f"{self.identifier}, {self.place}: {self.message}"


def concept_reports() -> list[ConceptReport]:
    """Returns all that is wrong in the termbase, ready to be shown."""
    keys = dict(GlossaryConcept.objects.values_list("identifier", "pk"))
    return [
        ConceptReport(breach.concept, keys.get(breach.concept), place_of(breach), breach.message)
        for breach in stored_breaches()
    ]


def place_of(breach: Breach) -> str:
    """Returns where a breach lies, as people call it: "term 2, status"; counts from 1."""
    model: Any = GlossaryConcept
    parts = []
    if breach.relation:
        model = GlossaryConcept._meta.get_field(breach.relation).related_model
        number = "" if breach.row is None else f" {breach.row + 1}"
        parts.append(f"{model._meta.verbose_name}{number}")
    if breach.field:
        parts.append(str(model._meta.get_field(breach.field).verbose_name))
    return ", ".join(parts)


def _own_breaches(concept: GlossaryConcept, rows: dict[str, list[Any]]) -> list[Breach]:
    words, definitions = rows["designations"], rows["definitions"]
    return [
        *word_breaches(words),
        *definition_breaches(definitions),
        *approval_breaches(concept.status, words, definitions, default_language()),
        *repetitions(
            rows["mappings"],
            relation="mappings",
            key=lambda row: row.uri,
            field="uri",
            message=_("This mapping stands there already."),
        ),
        *repetitions(
            rows["national_equivalents"],
            relation="national_equivalents",
            key=lambda row: row.term and row.country_id and (row.country_id, row.term),
            field="term",
            message=_("This term stands there already."),
        ),
    ]


def _relation_breaches(concept: GlossaryConcept, rows: list[Any]) -> list[Breach]:
    if not rows:
        return []
    targets = GlossaryConcept.objects.filter(pk__in=[row.target_id for row in rows])
    identifiers = dict(targets.values_list("pk", "identifier"))
    own = [(row.kind, identifiers.get(row.target_id, "")) for row in rows]
    return relation_breaches(concept.identifier, own, _edges())


def _replacement_breaches(concept: GlossaryConcept) -> list[Breach]:
    replacement = concept.replaced_by
    if replacement is None:
        return []
    return replacement_breaches(
        concept.identifier, concept.status, replacement.identifier, _replacements()
    )


def _number_breaches(identifier: str, numbers: set[int]) -> list[Breach]:
    try:
        is_known = ConceptNumber.objects.number_of(identifier) in numbers
    except ValueError:
        return [Breach(_("This is not an identifier of a concept."), field="identifier")]
    if is_known:
        return []
    return [Breach(_("This identifier could be given again."), field="identifier")]


def _invalid_fields(
    row: Any, relation: str, number: int | None, left: set[str]
) -> Iterator[Breach]:
    hidden = {field.name for field in row._meta.fields if not field.editable}
    try:
        row.clean_fields(exclude=left | hidden)
    except ValidationError as error:
        for field, messages in error.message_dict.items():
            for message in messages:
                yield Breach(message, relation, number, field)


def _edges() -> Iterable[Edge]:
    stored = ConceptRelation.objects.order_by("concept__identifier", "sort_order", "pk")
    fields = stored.values_list("concept__identifier", "kind", "target__identifier")
    return [Edge(*values) for values in fields]


def _replacements() -> dict[str, str]:
    replaced = GlossaryConcept.objects.exclude(replaced_by=None)
    return dict(replaced.values_list("identifier", "replaced_by__identifier"))
