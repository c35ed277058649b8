"""One concept with all that is known of it: countries, neighbours, other vocabularies, uses."""

from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property
from typing import Any, Final

from django.contrib.contenttypes.models import ContentType
from django.db.models import Prefetch, Q
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from v2v_snippets.concept_uris import concept_uri
from v2v_snippets.enums import MappingRelation, RelationKind
from v2v_snippets.models.glossary import (
    ConceptMapping,
    ConceptRelation,
    Designation,
    GlossaryConcept,
    NationalEquivalent,
)
from v2v_snippets.publication.files import public_uses
from v2v_snippets.publication.languages import in_language

from ..structured_data import without_empty
from .words import ConceptWords

MOST_USES: Final = 50
HEADINGS: Final = {
    "broader": _("Broader"),
    "narrower": _("Narrower"),
    "related": _("Related"),
}


class ConceptDetails(ConceptWords):
    """A concept as its own page shows it."""

    @classmethod
    def find(cls, identifier: str, language: str) -> "ConceptDetails | None":
        """Returns the public concept with this identifier, or None: five queries."""
        countries = "country__texts"
        concepts = GlossaryConcept.objects.public().prefetch_related(
            Prefetch(
                "designations",
                Designation.objects.select_related("country").prefetch_related(countries),
            ),
            "definitions",
            Prefetch(
                "national_equivalents",
                NationalEquivalent.objects.select_related("country").prefetch_related(countries),
            ),
            "mappings",
        )
        concept = concepts.filter(identifier=identifier).first()
        return cls(concept, language) if concept else None

    @cached_property
    def uri(self) -> str:
        """The permanent one."""
        return concept_uri(self.identifier)

    @property
    def equivalents(self) -> list[NationalEquivalent]:
        """What stands for the concept in the countries, in the editors' order."""
        return list(self.concept.national_equivalents.all())

    @property
    def mappings(self) -> list[ConceptMapping]:
        """The concepts of other vocabularies, in the editors' order."""
        return list(self.concept.mappings.all())

    @cached_property
    def neighbours(self) -> list[tuple[str, Any, list[ConceptWords]]]:
        """(name, heading, concepts) of each kind of relation: four queries."""
        kinds: dict[str, set[int]] = defaultdict(set)
        own = self.concept.pk
        rows = ConceptRelation.objects.filter(Q(concept=own) | Q(target=own))
        for source, kind, target in rows.values_list("concept", "kind", "target"):
            if kind == RelationKind.RELATED:
                kinds["related"].add(target if source == own else source)
            else:
                kinds["broader" if source == own else "narrower"].add(
                    target if source == own else source
                )
        keys = set().union(*kinds.values())
        loaded = GlossaryConcept.objects.public().filter(pk__in=keys).with_words()
        words = {concept.pk: ConceptWords(concept, self.language) for concept in loaded}
        groups = (
            (name, heading, _in_order(words[key] for key in kinds[name] if key in words))
            for name, heading in HEADINGS.items()
        )
        return [group for group in groups if group[2]]

    @cached_property
    def used_in(self) -> list[Page]:
        """The public pages that refer to the concept, in the reader's best version: one query.

        Wagtail's index knows them: from fields and choosers, and from rich text, whose handlers say
        what they refer to.
        """
        uses = public_uses(GlossaryConcept).filter(
            base_content_type=ContentType.objects.get_for_model(Page),
            to_object_id=str(self.concept.pk),
        )
        keys = Page.objects.filter(pk__in=uses.values("page_key")).values("translation_key")
        pages = in_language(Page.objects.filter(translation_key__in=keys), self.language)
        newest = pages.select_related("locale").order_by("-first_published_at", "-pk")
        return list(newest[:MOST_USES])

    def structured_data(self, glossary: str, title: str) -> dict[str, Any]:
        """Returns the concept as a term of the set that has the URI ``glossary``."""
        definition = self.definition
        exact = [each.uri for each in self.mappings if each.relation == MappingRelation.EXACT]
        term = {
            "@type": "DefinedTerm",
            "@id": self.uri,
            "name": self.name,
            "alternateName": self.other_names,
            "description": definition.text if definition else "",
            "termCode": self.identifier,
            "url": self.uri,
            "sameAs": exact,
            "inDefinedTermSet": {"@type": "DefinedTermSet", "@id": glossary, "name": title},
        }
        return {"@type": "WebPage", "mainEntity": without_empty(term)}


def _in_order(words: Iterable[ConceptWords]) -> list[ConceptWords]:
    return sorted(words, key=lambda each: (each.order, each.identifier))
