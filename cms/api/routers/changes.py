"""Staying in sync: ``/changes/``."""

from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router
from pydantic import Field

from ..change_answers import Changes
from ..openapi import answers
from ..schemas.changes import ChangeListSchema
from ..schemas.content import CONTENT_SCHEMAS
from ..schemas.parameters import ItemParameters, WholeNumber
from .content import TypeParameters, shelf_of

router = Router(tags=["content"])


class ChangeListParameters(TypeParameters, ItemParameters):
    """What may be asked of the list of changes."""

    items: ClassVar[Any] = CONTENT_SCHEMAS

    limit: WholeNumber = Field(20, ge=1, le=100, description="How many changes a page has.")
    token: str = Field(
        "",
        max_length=1000,
        json_schema_extra={"format": "token"},
        description="The last one that you got; without it, all items come. It holds for 90 days, "
        "and for the same `locale`, `fallback` and `type`.",
    )


@router.get(
    "/",
    response=answers(ChangeListSchema, may_be_gone=True),
    operation_id="changes_list",
    summary="What has changed",
)
def list_changes(request: HttpRequest, parameters: Query[ChangeListParameters]) -> HttpResponse:
    """Without a token, all items as in `/content/`; with one, each item that has changed since.

    Follow `next` until it is null, keep `token`, and come back with it.
    """
    return Changes(request, parameters, shelf_of(parameters.type)).answer()
