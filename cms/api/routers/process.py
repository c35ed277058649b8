"""Mobility processes: ``/process/`` and ``/process/{id}/``."""

from typing import ClassVar, Final, Literal
from uuid import UUID

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from ninja import Query, Router
from pydantic import Field

from v2v_pages.models import MobilityProcessPage

from ..answers import ARTICLE_COLUMNS, Shelf, answer_item, answer_list
from ..openapi import answers
from ..schemas.items import ProcessSchema
from ..schemas.lists import ProcessListSchema
from ..schemas.parameters import (
    ListParameters,
    MomentParameters,
    Parameters,
    RichTextParameters,
)

router = Router(tags=["process"])

SHELF: Final = Shelf("process", ARTICLE_COLUMNS, MobilityProcessPage)


class ProcessParameters(RichTextParameters, Parameters):
    """What may be asked of one process."""

    items: ClassVar = (ProcessSchema,)


class ProcessListParameters(MomentParameters, RichTextParameters, ListParameters):
    """What may be asked of the list of processes."""

    items: ClassVar = (ProcessSchema,)

    order: Literal[
        "title",
        "-title",
        "-published_on",
        "published_on",
        "-updated_at",
        "updated_at",
        "-first_published_at",
        "first_published_at",
    ] = Field("title", description="A minus sign turns the order round.")


@router.get(
    "/",
    response=answers(ProcessListSchema),
    operation_id="process_list",
    summary="Mobility processes",
)
def list_processes(request: HttpRequest, parameters: Query[ProcessListParameters]) -> HttpResponse:
    """All public processes with their phases, modules and steps, in the best language there is."""
    return answer_list(request, parameters, SHELF, Q())


@router.get(
    "/{uuid:item_id}/",
    response=answers(ProcessSchema, may_be_missing=True),
    operation_id="process_item",
    summary="One mobility process",
)
def get_process(
    request: HttpRequest, item_id: UUID, parameters: Query[ProcessParameters]
) -> HttpResponse:
    """One public process by its identifier, which is the same in all languages."""
    return answer_item(request, parameters, SHELF, item_id)
