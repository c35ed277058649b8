"""Pairs of schools: ``/twinnings/``."""

from typing import ClassVar, Literal

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from ninja import Query, Router
from pydantic import Field

from ..openapi import answers
from ..records import answer_records
from ..representation.directory import TwinningRecord
from ..schemas.parameters import (
    IncludeParameters,
    ListParameters,
    Slug,
    optional,
)
from ..schemas.records import TwinningListSchema, TwinningSchema

router = Router(tags=["twinnings"])


class TwinningListParameters(IncludeParameters, ListParameters):
    """What may be asked of the list of twinnings."""

    items: ClassVar = (TwinningSchema,)

    order: Literal["number", "-number"] = Field(
        "number", description="A minus sign turns the order round."
    )
    partner: Slug = optional("With this school, by its slug.")
    status: Literal["planned", "active", "completed"] = optional("So far along.")

    def condition(self) -> Q:
        """Returns what the pairs must satisfy."""
        where = Q(status=self.status) if self.status else Q()
        if self.partner:
            where &= Q(european_school__slug=self.partner) | Q(balkan_school__slug=self.partner)
        return where


@router.get(
    "/", response=answers(TwinningListSchema), operation_id="twinnings_list", summary="Twinnings"
)
def list_twinnings(request: HttpRequest, parameters: Query[TwinningListParameters]) -> HttpResponse:
    """All pairs of schools, by their numbers on the map."""
    return answer_records(
        request,
        parameters,
        TwinningRecord.records().filter(parameters.condition()),
        {"number": "number"},
        writer=TwinningRecord,
    )
