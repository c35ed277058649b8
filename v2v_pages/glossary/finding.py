"""Search on the page of the glossary: in all languages and scripts, by the folded terms."""

from dataclasses import dataclass
from typing import Final

from django.db.models import Case, IntegerField, Q, Value, When

from v2v_snippets.enums import TERMS_IN_USE
from v2v_snippets.language.folding import fold
from v2v_snippets.models.glossary import Designation, GlossaryConcept

from .words import ConceptWords

LONGEST: Final = 100
"""How much of what is asked for is looked at, in characters."""
MOST_WORDS: Final = 6
MOST_TERMS: Final = 300
MOST_CONCEPTS: Final = 50
"""Whoever gets more should ask more exactly."""


@dataclass(frozen=True, slots=True)
class Found:
    """A concept, and the term by which it was found."""

    words: ConceptWords
    term: Designation

    @property
    def is_to_avoid(self) -> bool:
        """Whether what was asked for is a term that texts should not use."""
        return self.term.status not in TERMS_IN_USE

    @property
    def is_by_other_name(self) -> bool:
        """Whether the result is called otherwise than what was found."""
        return self.words.headline is None or self.term.pk != self.words.headline.pk


def asked_for(text: str) -> str:
    """Returns what somebody typed as search takes it: short, without what no database stores."""
    return " ".join(text.replace("\0", " ")[:LONGEST].split())


def like(asked: str) -> Q:
    """Returns the condition that a term, or one of its forms, has all words of ``asked``.

    Where no words are left of it, nothing is like it.
    """
    condition = Q()
    words = fold(asked).split()[:MOST_WORDS]
    for word in words:
        condition &= Q(folded__contains=word) | Q(folded_forms__contains=word)
    return condition if words else Q(pk__in=[])


def find_concepts(asked: str, language: str, domain: str = "") -> list[Found]:
    """Returns the public concepts that have a term like ``asked`` in any language.

    Whole terms come before beginnings, these before the rest; within them, the reader's own
    language comes first. Hidden and inflected forms find their term. Four queries.
    """
    whole = fold(asked)
    concepts = GlossaryConcept.objects.public()
    if domain:
        concepts = concepts.filter(domain=domain)
    terms = Designation.objects.filter(like(asked), concept__in=concepts)
    ranked = terms.annotate(
        rank=Case(
            When(folded=whole, then=Value(0)),
            When(folded__startswith=whole, then=Value(1)),
            When(folded__contains=f" {whole}", then=Value(2)),
            default=Value(3),
            output_field=IntegerField(),
        ),
        is_foreign=Case(When(language=language, then=Value(0)), default=Value(1)),
    ).order_by("rank", "is_foreign", "sort_key", "pk")
    first: dict[int, Designation] = {}
    for term in ranked[:MOST_TERMS]:
        first.setdefault(term.concept_id, term)
    best = dict(list(first.items())[:MOST_CONCEPTS])
    loaded = GlossaryConcept.objects.filter(pk__in=best).with_words().in_bulk()
    return [Found(ConceptWords(loaded[key], language), term) for key, term in best.items()]
