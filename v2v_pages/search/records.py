"""What is found of the project's records: partners, twinnings, and concepts of the glossary."""

from collections.abc import Collection, Iterable, Iterator
from typing import Any, ClassVar, Final

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from v2v_snippets.enums import TERMS_IN_USE, ConceptDomain, TermStatus
from v2v_snippets.language.locales import default_language
from v2v_snippets.models import (
    Definition,
    Designation,
    GlossaryConcept,
    Partner,
    PartnerAlias,
    PartnerText,
    Twinning,
    TwinningText,
)

from ..facets import path_code
from ..models.search_entries import SearchEntry
from .sources import Note, RecordSource, SearchDocument, register
from .words import Query, folded_words

STANDING: Final = [TermStatus.PREFERRED, TermStatus.ADMITTED]
"""Which term names a concept, best first."""


class PartnerSource(RecordSource):
    """Schools and networks, by all their names."""

    kind = "partner"
    label = _("partners")
    list_page = "PartnerIndexPage"
    watched: ClassVar = {Partner: "pk", PartnerText: "partner_id", PartnerAlias: "partner_id"}

    def documents(self, pks: Collection[Any] | None = None) -> Iterator[SearchDocument]:
        """Yields a document for each language in which there is a description."""
        partners = Partner.objects.prefetch_related("texts", "aliases").order_by("pk")
        for partner in _chosen(partners, pks):
            texts = {text.language: text for text in partner.texts.all()}
            for language in texts or [default_language()]:
                text = texts.get(language)
                yield SearchDocument(
                    kind=self.kind,
                    key=str(partner.public_id),
                    language=language,
                    title=partner.short_name,
                    names=[partner.official_name, *(a.name for a in partner.aliases.all())],
                    summary=text.description if text else "",
                    body=text.sectors if text else "",
                    keywords=[partner.city],
                )

    def keys(self, pks: Collection[Any]) -> list[str]:
        """Returns the public identifiers."""
        return [str(key) for key in _values(Partner.objects.filter(pk__in=pks), "public_id")]

    def public_paths(self, keys: Collection[str]) -> dict[str, str]:
        """Returns the slugs: every partner is public."""
        rows = Partner.objects.filter(public_id__in=keys).values_list("public_id", "slug")
        return {str(key): f"{slug}/" for key, slug in rows}


class TwinningSource(RecordSource):
    """Pairs of schools."""

    kind = "twinning"
    label = _("twinnings")
    list_page = "TwinningIndexPage"
    watched: ClassVar = {Twinning: "pk", TwinningText: "twinning_id"}

    def documents(self, pks: Collection[Any] | None = None) -> Iterator[SearchDocument]:
        """Yields a document for each language in which there are goals."""
        twinnings = Twinning.objects.get_queryset().prefetch_related("texts").order_by("pk")
        for twinning in _chosen(twinnings, pks):
            goals = {text.language: text.goals for text in twinning.texts.all()}
            for language in goals or [default_language()]:
                yield SearchDocument(
                    kind=self.kind,
                    key=str(twinning.public_id),
                    language=language,
                    title=twinning.name,
                    names=[school.official_name for school in twinning.schools],
                    summary=goals.get(language, ""),
                )

    def keys(self, pks: Collection[Any]) -> list[str]:
        """Returns the public identifiers."""
        found = Twinning.objects.get_queryset().filter(pk__in=pks)
        return [str(key) for key in _values(found, "public_id")]

    def public_paths(self, keys: Collection[str]) -> dict[str, str]:
        """Returns the numbers: every twinning is public."""
        found = Twinning.objects.get_queryset().filter(public_id__in=keys)
        return {str(key): f"{number}/" for key, number in found.values_list("public_id", "number")}


class ConceptSource(RecordSource):
    """Concepts, by whatever they are, were, or are wrongly called."""

    kind = "concept"
    label = _("concepts")
    list_page = "GlossaryIndexPage"
    watched: ClassVar = {
        GlossaryConcept: "pk",
        Designation: "concept_id",
        Definition: "concept_id",
    }

    def documents(self, pks: Collection[Any] | None = None) -> Iterator[SearchDocument]:
        """Yields a document for each language in which there is a term."""
        concepts = GlossaryConcept.objects.public().with_words().order_by("pk")
        for concept in _chosen(concepts, pks):
            definitions = {row.language: row.text for row in concept.definitions.all()}
            terms: dict[str, list[Any]] = {}
            for designation in concept.designations.all():
                terms.setdefault(designation.language, []).append(designation)
            for language, rows in terms.items():
                yield SearchDocument(
                    kind=self.kind,
                    key=concept.identifier,
                    language=language,
                    title=_best_term(rows),
                    names=[concept.identifier, *_all_forms(rows)],
                    summary=definitions.get(language, ""),
                    facets={"domain": [path_code(concept.domain)]},
                )

    def keys(self, pks: Collection[Any]) -> list[str]:
        """Returns the identifiers."""
        return _values(GlossaryConcept.objects.filter(pk__in=pks), "identifier")

    def key_of(self, record: Any) -> str:
        """Returns the identifier."""
        return str(record.identifier)

    def public_paths(self, keys: Collection[str]) -> dict[str, str]:
        """Returns the identifiers of those that are published and approved."""
        public = GlossaryConcept.objects.public().filter(identifier__in=keys)
        return {key: f"{key}/" for key in _values(public, "identifier")}

    def notes(self, entries: Iterable[SearchEntry], query: Query) -> dict[int, Note]:
        """Says of which concepts only a term was found that is not to be used any more."""
        by_name = {
            (entry.key, entry.language): entry
            for entry in entries
            if not query.is_all_in(folded_words(entry.title).split(), whole=False)
        }
        keys = {key for key, _language in by_name}
        past = Designation.objects.filter(concept__identifier__in=keys).exclude(
            status__in=TERMS_IN_USE
        )
        notes = {}
        for identifier, language, term in past.order_by("-pk").values_list(
            "concept__identifier", "language", "term"
        ):
            entry = by_name.get((identifier, language))
            if entry and query.is_all_in(folded_words(term).split(), whole=False):
                notes[entry.pk] = Note(term, entry.title)
        return notes

    def facet_labels(self) -> dict[str, dict[str, Any]]:
        """Returns the names of the domains."""
        return {"domain": {path_code(code): label for code, label in ConceptDomain.choices}}


def register_records() -> None:
    """Registers the kinds of records that this project has."""
    for source in (PartnerSource(), TwinningSource(), ConceptSource()):
        register(source)


def _chosen(queryset: "QuerySet[Any]", pks: Collection[Any] | None) -> Iterator[Any]:
    chosen = queryset if pks is None else queryset.filter(pk__in=pks)
    return iter(chosen.iterator(chunk_size=500))


def _values(queryset: "QuerySet[Any]", name: str) -> list[Any]:
    return list(queryset.values_list(name, flat=True))


def _best_term(designations: list[Any]) -> str:
    """Returns the term that names the concept in one language."""
    ranks = {status: rank for rank, status in enumerate(STANDING)}
    best = min(designations, key=lambda row: (ranks.get(row.status, len(ranks)), row.pk))
    return str(best.term)


def _all_forms(designations: list[Any]) -> list[str]:
    forms = []
    for row in designations:
        forms += [row.term, *row.hidden_forms.splitlines(), *row.inflected_forms.splitlines()]
    return forms
