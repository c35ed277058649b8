"""VET systems: ``/vet-systems/``, ``/vet-systems/{id}/`` and ``/vet-systems/compare/``."""

from typing import Any, ClassVar, Final, Literal
from uuid import UUID

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from ninja import Query, Router
from pydantic import Field

from v2v_pages.models import VETSystemPage

from ..answers import MOMENTS, Shelf, answer_item, answer_list, asked_by, site_of
from ..caching import json_answer
from ..errors import BadParameterError
from ..openapi import answers
from ..representation.library import Library, Shown
from ..representation.vet_systems import compared
from ..schemas.items import VETSystemSchema
from ..schemas.lists import VETSystemListSchema
from ..schemas.parameters import (
    CountryCode,
    IncludeParameters,
    ItemParameters,
    ListParameters,
    MomentParameters,
    Parameters,
    RichTextParameters,
    optional,
)
from ..schemas.selection import selected_fields
from ..schemas.vet_systems import ComparedIndicatorSchema, VETComparisonSchema

router = Router(tags=["vet-systems"])

SHELF: Final = Shelf("vet-systems", {"title": "title", **MOMENTS}, VETSystemPage)


class VETSystemParameters(ItemParameters):
    """What may be asked of one system."""

    items: ClassVar = (VETSystemSchema,)


class VETSystemListParameters(
    MomentParameters, RichTextParameters, IncludeParameters, ListParameters
):
    """What may be asked of the list of systems."""

    items: ClassVar = (VETSystemSchema,)

    order: Literal[
        "title",
        "-title",
        "-updated_at",
        "updated_at",
        "-first_published_at",
        "first_published_at",
    ] = Field("title", description="A minus sign turns the order round.")
    country: CountryCode = optional("Of this country and its regions, by its code.")

    def condition(self) -> Q:
        """Returns what the systems must satisfy."""
        return Q(country__code=self.country) if self.country else Q()


class VETComparisonParameters(Parameters):
    """What may be asked of a comparison."""

    items: ClassVar = (ComparedIndicatorSchema,)

    country: list[CountryCode] = Field(
        min_length=2,
        max_length=4,
        json_schema_extra={"uniqueItems": True},
        description="Two to four countries, by their codes: repeat it.",
    )


@router.get(
    "/", response=answers(VETSystemListSchema), operation_id="vetsystems_list", summary="Systems"
)
def list_systems(request: HttpRequest, parameters: Query[VETSystemListParameters]) -> HttpResponse:
    """All public profiles of VET systems, each once and in the best language there is."""
    return answer_list(request, parameters, SHELF, parameters.condition())


@router.get(
    "/compare/",
    response=answers(VETComparisonSchema, may_be_missing=True),
    operation_id="vetcomparison_item",
    summary="Systems side by side",
)
def compare_systems(
    request: HttpRequest, parameters: Query[VETComparisonParameters]
) -> HttpResponse:
    """Two to four countries side by side, in the order of their codes."""
    site, asked = site_of(request), asked_by(parameters)
    systems = SHELF.public(site, asked).filter(region="").select_related("locale", "country")
    pages = _chosen(parameters.country, list(systems.order_by("country__code", "-pk")))
    library = Library(request, site, asked, shown=Shown(pages))
    fields = selected_fields(ComparedIndicatorSchema, parameters.fields)
    return json_answer(
        compared(pages, library, fields),
        languages=[asked.language],
        keys=["vet-systems", *(f"item-{page.translation_key}" for page in pages)],
    )


def _chosen(codes: list[str], systems: list[Any]) -> list[Any]:
    """Returns the systems of these countries, by code.

    Raises:
        BadParameterError: when they are not several.
        Http404: when one has no profile.
    """
    by_code = {page.country.code: page for page in systems}
    wanted = sorted(set(codes))
    if len(wanted) < 2:
        raise BadParameterError("country", "Give two to four different countries.")
    if missing := [code for code in wanted if code not in by_code]:
        known = ", ".join(sorted(by_code)) or "none"
        raise Http404(f"There is no profile of {', '.join(missing)}. There are: {known}.")
    return [by_code[code] for code in wanted]


@router.get(
    "/{uuid:item_id}/",
    response=answers(VETSystemSchema, may_be_missing=True),
    operation_id="vetsystems_item",
    summary="One system",
)
def get_system(
    request: HttpRequest, item_id: UUID, parameters: Query[VETSystemParameters]
) -> HttpResponse:
    """One public profile by its identifier, which is the same in all languages."""
    return answer_item(request, parameters, SHELF, item_id)
