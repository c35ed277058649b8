"""Tags in use: ``/tags/``."""

from typing import Any, ClassVar, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router
from pydantic import Field

from ..answers import Shelf, asked_by, site_of
from ..caching import json_answer
from ..openapi import answers
from ..pagination import Order, Pages
from ..representation.library import Library
from ..representation.tags import TagUses, tags_in_use, write_tags
from ..schemas.parameters import ListParameters
from ..schemas.selection import selected_fields
from ..schemas.tags import UsedTagListSchema, UsedTagSchema

router = Router(tags=["tags"])


class TagListParameters(ListParameters):
    """What may be asked of the list of tags."""

    items: ClassVar = (UsedTagSchema,)

    order: Literal["name", "-name"] = Field(
        "name", description="A minus sign turns the order round."
    )


@router.get("/", response=answers(UsedTagListSchema), operation_id="tags_list", summary="Tags")
def list_tags(request: HttpRequest, parameters: Query[TagListParameters]) -> HttpResponse:
    """Tags that public items have, with how many: each item once, in the best language there is.

    With `fallback=none` only items in the language asked for count.
    """
    site, asked = site_of(request), asked_by(parameters)

    def public(model: Any) -> Any:
        return Shelf("tags", {}, model).public(site, asked)

    order = Order.named(parameters.order, {"name": "name"})
    pages = Pages(request, order, parameters.limit, parameters.cursor)
    tags, further = pages.page(tags_in_use(public))
    fields = selected_fields(UsedTagSchema, parameters.fields)
    items = write_tags(tags, TagUses(tags, public), Library(request, site, asked), fields)
    return json_answer(
        {"items": items, "next": further}, languages=[asked.language], keys=["tag-list", "news"]
    )
