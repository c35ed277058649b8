"""Images: ``/images/`` and ``/images/{id}/``."""

from typing import ClassVar, Literal
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router
from pydantic import Field

from ..openapi import answers
from ..records import answer_record, answer_records
from ..representation.files import ImageRecord, all_images, images_in_use, with_public_id
from ..schemas.files import ImageItemSchema, ImageListSchema
from ..schemas.parameters import ListParameters, Parameters

router = Router(tags=["images"])


class ImageParameters(Parameters):
    """What may be asked of one image."""

    items: ClassVar = (ImageItemSchema,)


class ImageListParameters(ListParameters):
    """What may be asked of the list of images."""

    items: ClassVar = (ImageItemSchema,)

    order: Literal["-created_at", "created_at"] = Field(
        "-created_at", description="By when it was uploaded; a minus sign turns the order round."
    )


@router.get("/", response=answers(ImageListSchema), operation_id="images_list", summary="Images")
def list_images(request: HttpRequest, parameters: Query[ImageListParameters]) -> HttpResponse:
    """All images that public pages and partners show, the latest first."""
    return answer_records(
        request,
        parameters,
        images_in_use(),
        {"created_at": "created_at"},
        writer=ImageRecord,
        gather=all_images,
    )


@router.get(
    "/{uuid:item_id}/",
    response=answers(ImageItemSchema, may_be_missing=True),
    operation_id="images_item",
    summary="One image",
)
def get_image(
    request: HttpRequest, item_id: UUID, parameters: Query[ImageParameters]
) -> HttpResponse:
    """One image by its identifier; 404 while no public page shows it."""
    found = with_public_id(images_in_use(), item_id)
    return answer_record(request, parameters, found, writer=ImageRecord, gather=all_images)
