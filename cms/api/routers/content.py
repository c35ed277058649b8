"""Everything that is public, whatever its type: ``/content/`` and ``/content/{id}/``."""

from typing import Annotated, Any, ClassVar, Literal
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router
from pydantic import BaseModel, Field, field_validator

from ..answers import MOMENTS, Shelf, answer_item, answer_list
from ..auth import closed_types
from ..openapi import answers
from ..representation.kinds import content_types
from ..schemas.content import CONTENT_SCHEMAS, ContentSchema
from ..schemas.lists import ContentListSchema
from ..schemas.parameters import (
    IncludeParameters,
    ItemParameters,
    ListParameters,
    MomentParameters,
    RichTextParameters,
)
from ..schemas.refusals import refuse

router = Router(tags=["content"])


def _document_types(schema: dict[str, Any]) -> None:
    schema["items"]["enum"] = list(content_types())


class ContentParameters(ItemParameters):
    """What may be asked of one item."""

    items: ClassVar = CONTENT_SCHEMAS


class TypeParameters(BaseModel):
    """Which types of content are wanted."""

    type: Annotated[
        list[str], Field(min_length=1, max_length=50, json_schema_extra=_document_types)
    ] = Field(default_factory=list, description="Of this type only; may be repeated.")

    @field_validator("type")
    @classmethod
    def refuse_unknown_types(cls, names: list[str]) -> list[str]:
        """Refuses types that the site does not have.

        Raises:
            PydanticCustomError: with the allowed ones.
        """
        known = content_types()
        for name in names:
            if name not in known:
                raise refuse(f"There is no type {name!r} here.", list(known))
        return names


class ContentListParameters(
    MomentParameters, TypeParameters, RichTextParameters, IncludeParameters, ListParameters
):
    """What may be asked of the list of everything."""

    items: ClassVar = CONTENT_SCHEMAS

    order: Literal["-first_published_at", "first_published_at", "-updated_at", "updated_at"] = (
        Field("-first_published_at", description="A minus sign turns the order round.")
    )


def shelf_of(types: list[str]) -> Shelf:
    """Returns the pages of these types, or of all."""
    known = content_types()
    models = [model for name in types or known for model in known[name]]
    return Shelf("content", MOMENTS, types=models)


@router.get(
    "/", response=answers(ContentListSchema), operation_id="content_list", summary="Everything"
)
def list_content(request: HttpRequest, parameters: Query[ContentListParameters]) -> HttpResponse:
    """All public pages, each once and in the best language there is, latest first."""
    return answer_list(request, parameters, shelf_of(parameters.type))


@router.get(
    "/{uuid:item_id}/",
    response=answers(ContentSchema, may_be_missing=True),
    operation_id="content_item",
    summary="One item",
)
def get_content(
    request: HttpRequest, item_id: UUID, parameters: Query[ContentParameters]
) -> HttpResponse:
    """One public page by its identifier, which is the same in all languages."""
    closed = closed_types(request)
    types = [name for name in content_types() if name not in closed] if closed else []
    return answer_item(request, parameters, shelf_of(types), item_id)
