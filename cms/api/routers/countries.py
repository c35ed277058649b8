"""Countries of the partnership: ``/countries/``."""

from typing import ClassVar, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router
from pydantic import Field

from ..openapi import answers
from ..records import answer_records
from ..representation.directory import CountryRecord
from ..schemas.parameters import ListParameters
from ..schemas.records import CountryListSchema, CountrySchema

router = Router(tags=["countries"])


class CountryListParameters(ListParameters):
    """What may be asked of the list of countries."""

    items: ClassVar = (CountrySchema,)

    order: Literal["code", "-code"] = Field(
        "code", description="A minus sign turns the order round."
    )


@router.get(
    "/", response=answers(CountryListSchema), operation_id="countries_list", summary="Countries"
)
def list_countries(request: HttpRequest, parameters: Query[CountryListParameters]) -> HttpResponse:
    """All countries, each with the footnote that must stand wherever its name does."""
    countries = CountryRecord.records()
    if parameters.fallback == "none":
        countries = countries.filter(texts__language=parameters.locale)
    return answer_records(request, parameters, countries, {"code": "code"}, writer=CountryRecord)
