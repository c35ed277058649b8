"""Concepts of the glossary: ``/glossary/`` and ``/glossary/{identifier}/``."""

from typing import Any, ClassVar, Literal

from django.db.models import Exists, OuterRef, Q, Value
from django.db.models.functions import Coalesce
from django.http import Http404, HttpRequest, HttpResponse
from ninja import Query, Router
from pydantic import Field

from v2v_pages.glossary.finding import LONGEST, like
from v2v_snippets.models.glossary import Designation, GlossaryConcept
from v2v_snippets.selectors import replacement_of, retired_concept

from ..errors import problem
from ..filters import EARLIEST, within_ranges
from ..openapi import answers
from ..records import answer_record, answer_records, nothing
from ..representation.glossary import ConceptRecord, with_everything
from ..schemas.glossary import ConceptListSchema, ConceptSchema, Domain
from ..schemas.parameters import (
    PRINTABLE,
    Language,
    ListParameters,
    Moment,
    Parameters,
    optional,
)

router = Router(tags=["glossary"])

COLUMNS = {"identifier": "identifier", "updated_at": "last_change"}


class ConceptParameters(Parameters):
    """What may be asked of one concept."""

    items: ClassVar = (ConceptSchema,)


class ConceptListParameters(ListParameters):
    """What may be asked of the list of concepts."""

    items: ClassVar = (ConceptSchema,)

    order: Literal["identifier", "-identifier", "updated_at", "-updated_at"] = Field(
        "identifier", description="A minus sign turns the order round."
    )
    domain: Domain = optional("Of this field.")
    language: Language = optional("With a term in this language.")
    letter: str = Field(
        "",
        max_length=4,
        pattern=PRINTABLE,
        description="With a term under this letter of the alphabet of `language`, or else of "
        "`locale`: NJ, Đ.",
    )
    q: str = Field(
        "",
        max_length=LONGEST,
        pattern=PRINTABLE,
        description="With a term like this, in `language` or else in any, whatever the script: "
        "skola finds škola and школа.",
    )
    updated_eq: Moment = optional("Last published at this moment.", "updated_at[eq]")
    updated_gt: Moment = optional("Last published after.", "updated_at[gt]")
    updated_gte: Moment = optional("Last published at or after.", "updated_at[gte]")
    updated_lt: Moment = optional("Last published before.", "updated_at[lt]")
    updated_lte: Moment = optional("Last published at or before.", "updated_at[lte]")

    def condition(self) -> Q:
        """Returns what the concepts must satisfy."""
        where = Q(domain=self.domain) if self.domain else Q()
        words = []
        if self.letter:
            place = {"index_letter": self.letter.upper(), "language": self.language or self.locale}
            words.append(Q(**place))
        if self.q or (self.language and not self.letter):
            words.append(
                (like(self.q) if self.q else Q())
                & (Q(language=self.language) if self.language else Q())
            )
        for word in words:
            where &= Q(Exists(Designation.objects.filter(word, concept=OuterRef("pk"))))
        return where


@router.get(
    "/", response=answers(ConceptListSchema), operation_id="glossary_list", summary="Concepts"
)
def list_concepts(request: HttpRequest, parameters: Query[ConceptListParameters]) -> HttpResponse:
    """All public concepts of the glossary, with their terms in all languages."""
    concepts = _public().filter(parameters.condition())
    return answer_records(
        request,
        parameters,
        within_ranges(concepts, parameters, COLUMNS),
        COLUMNS,
        writer=ConceptRecord,
    )


@router.get(
    "/{identifier}/",
    response=answers(ConceptSchema, may_be_missing=True, may_be_gone=True),
    operation_id="glossary_item",
    summary="One concept",
)
def get_concept(
    request: HttpRequest, identifier: str, parameters: Query[ConceptParameters]
) -> HttpResponse:
    """One public concept by its identifier; a retired one is gone for good."""
    found = _public().filter(identifier=identifier)
    try:
        return answer_record(request, parameters, found, writer=ConceptRecord, gather=nothing)
    except Http404:
        if retired := retired_concept(identifier):
            return _gone(retired)
        raise


def _public() -> Any:
    concepts = GlossaryConcept.objects.public()
    return with_everything(
        concepts.annotate(last_change=Coalesce("last_published_at", Value(EARLIEST)))
    )


def _gone(concept: GlossaryConcept) -> HttpResponse:
    new = replacement_of(concept)
    further = f" It was replaced by {new.identifier}." if new else ""
    return problem(410, f"The concept {concept.identifier} has been retired.{further}")
