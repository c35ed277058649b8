"""Schools and networks: ``/partners/``."""

from typing import ClassVar, Literal

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from ninja import Query, Router
from pydantic import Field

from ..openapi import answers
from ..records import answer_records
from ..representation.directory import PartnerRecord
from ..schemas.parameters import (
    CountryCode,
    IncludeParameters,
    ListParameters,
    optional,
)
from ..schemas.records import PartnerListSchema, PartnerSchema

router = Router(tags=["partners"])


class PartnerListParameters(IncludeParameters, ListParameters):
    """What may be asked of the list of partners."""

    items: ClassVar = (PartnerSchema,)

    order: Literal["name", "-name"] = Field(
        "name", description="A minus sign turns the order round."
    )
    country: CountryCode = optional("In this country, by its code.")
    kind: Literal["vet_provider", "network"] = optional("Of this kind.")
    side: Literal["eu", "wb"] = optional("On this side of twinnings.")

    def condition(self) -> Q:
        """Returns what the partners must satisfy."""
        wanted = {"country__code": self.country, "kind": self.kind, "side": self.side}
        return Q(**{name: value for name, value in wanted.items() if value})


@router.get(
    "/", response=answers(PartnerListSchema), operation_id="partners_list", summary="Partners"
)
def list_partners(request: HttpRequest, parameters: Query[PartnerListParameters]) -> HttpResponse:
    """All schools and networks of the partnership."""
    return answer_records(
        request,
        parameters,
        PartnerRecord.records().filter(parameters.condition()),
        {"name": "short_name"},
        writer=PartnerRecord,
        gather=PartnerRecord.gather,
    )
