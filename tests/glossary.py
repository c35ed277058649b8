"""Makes concepts of the glossary with their words, as editors and imports leave them."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from tests.factories import CountryFactory, NewsPageFactory, PageFactory
from v2v_pages.models import GlossaryIndexPage
from v2v_snippets.enums import ConceptDomain, ConceptStatus, RelationKind, TermStatus
from v2v_snippets.models.glossary import (
    ConceptMapping,
    ConceptRelation,
    Definition,
    Designation,
    GlossaryConcept,
    NationalEquivalent,
)

DEFINITION = "What an English reader needs to know."


class ConceptFactory(DjangoModelFactory[Any]):
    """A public concept; traits ``draft``, ``unpublished`` and ``retired`` say otherwise.

    ``terms={"en": "school", "sr": "школа"}`` are its preferred terms, ``definitions`` likewise.
    """

    domain = ConceptDomain.VET_SYSTEMS
    status = ConceptStatus.APPROVED
    live = True
    last_published_at = factory.LazyFunction(timezone.now)
    first_published_at = factory.LazyFunction(timezone.now)

    class Meta:
        model = GlossaryConcept
        skip_postgeneration_save = True

    class Params:
        draft = factory.Trait(status=ConceptStatus.DRAFT)
        unpublished = factory.Trait(live=False)
        retired = factory.Trait(status=ConceptStatus.RETIRED)

    @factory.post_generation
    def terms(self, create: Any, extracted: Mapping[str, str] | None, **kwargs: Any) -> None:
        """Adds preferred terms by language."""
        words = {"en": f"concept {self.identifier}"} if extracted is None else extracted
        for language, term in words.items():
            add_term(self, language, term)

    @factory.post_generation
    def definitions(self, create: Any, extracted: Mapping[str, str] | None, **kwargs: Any) -> None:
        """Adds definitions by language."""
        texts = {"en": DEFINITION} if extracted is None else extracted
        for language, text in texts.items():
            Definition.objects.create(
                concept=self, language=language, text=text, source="The project"
            )


def add_term(concept: Any, language: str, term: str, **fields: Any) -> Any:
    """Adds a term to a concept; ``status="deprecated"`` and the like are its fields."""
    fields.setdefault("status", TermStatus.PREFERRED)
    return Designation.objects.create(concept=concept, language=language, term=term, **fields)


class GlossaryIndexPageFactory(PageFactory):
    """The page of the glossary."""

    title = "Glossary"
    slug = "glossary"

    class Meta:
        model = GlossaryIndexPage


def new_concept(term: str = "school") -> GlossaryConcept:
    """Returns an approved concept with English words, which is not stored yet."""
    concept = GlossaryConcept(domain=ConceptDomain.VET_SYSTEMS, status=ConceptStatus.APPROVED)
    concept.designations = [word("en", term)]
    concept.definitions = [Definition(language="en", text=DEFINITION, source="The project")]
    return concept


def word(language: str, term: str, status: str = TermStatus.PREFERRED) -> Designation:
    """Returns a term that is not stored yet."""
    return Designation(language=language, term=term, status=status)


def relate(concept: Any, kind: RelationKind, target: Any) -> None:
    """Stores a relation past all rules, as SQL would."""
    ConceptRelation.objects.create(concept=concept, kind=kind, target=target)


def add_equivalent(concept: Any, **fields: Any) -> Any:
    """Adds what stands for a concept in a country: in Kosovo*, unless told otherwise."""
    values = {
        "country": fields.get("country") or CountryFactory(kosovo=True),
        "term": "shkollë profesionale",
        "language": "sq",
        "eqf_level": 4,
        "equivalence": "partial",
        "as_of": date(2026, 11, 1),
    }
    return NationalEquivalent.objects.create(concept=concept, **{**values, **fields})


def full_concept(**fields: Any) -> Any:
    """Makes a concept with one of everything: countries, neighbours, another vocabulary."""
    fields.setdefault("terms", {"en": "school", "it": "scuola", "sr": "школа"})
    concept = ConceptFactory(**fields)
    add_term(concept, "en", "schoolhouse", status="deprecated", country=CountryFactory())
    add_term(
        concept, "hr", "škola", origin="project", inflected_forms="školi", hidden_forms="scola"
    )
    add_equivalent(concept)
    for kind in ("broader", "related"):
        target = ConceptFactory(terms={"en": kind})
        ConceptRelation.objects.create(concept=concept, kind=kind, target=target)
    narrower = ConceptFactory(terms={"en": "narrower"})
    ConceptRelation.objects.create(concept=narrower, kind="broader", target=concept)
    ConceptMapping.objects.create(
        concept=concept, vocabulary="eurovoc", uri=f"http://eurovoc.europa.eu/{concept.pk}"
    )
    return concept


def term_link(concept: Any, words: str = "these words") -> str:
    """Returns words that name a concept, as running text stores them."""
    return f'<a linktype="term" identifier="{concept.identifier}">{words}</a>'


def hide_concepts(tree: Any, word: str) -> None:
    """Adds a glossary whose only public concept has neighbours that nobody may read.

    Everything of those holds ``word``: a draft, one that was withdrawn, and one that was retired.
    An article names them all.
    """
    GlossaryIndexPageFactory(parent=tree.home)
    public = full_concept()
    named = [public]
    for state in ("draft", "unpublished", "retired"):
        text = f"The {word} of a concept that is {state}"
        hidden = ConceptFactory(terms={"en": text, "it": text}, definitions={"en": text})
        add_equivalent(hidden, term=text, institution=text, note=text)
        ConceptRelation.objects.create(concept=public, kind=RelationKind.RELATED, target=hidden)
        ConceptRelation.objects.create(concept=hidden, kind=RelationKind.BROADER, target=public)
        values: dict[str, dict[str, Any]] = {
            "draft": {"status": ConceptStatus.DRAFT},
            "unpublished": {"live": False},
            "retired": {"status": ConceptStatus.RETIRED},
        }
        GlossaryConcept.objects.filter(pk=hidden.pk).update(**values[state])
        named.append(hidden)
    text = f"<p>{' '.join(map(term_link, named))}</p>"
    NewsPageFactory(parent=tree.news, title="On terms", body=[("paragraph", text)])
