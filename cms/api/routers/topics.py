"""Topics of the repository: ``/topics/``."""

from typing import ClassVar, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router
from pydantic import Field

from ..openapi import answers
from ..records import answer_records
from ..representation.repository import TopicRecord
from ..schemas.parameters import ListParameters
from ..schemas.records import TopicListSchema, TopicSchema

router = Router(tags=["topics"])


class TopicListParameters(ListParameters):
    """What may be asked of the list of topics."""

    items: ClassVar = (TopicSchema,)

    order: Literal["sort_order", "-sort_order", "slug", "-slug"] = Field(
        "sort_order", description="A minus sign turns the order round."
    )


@router.get(
    "/",
    response=answers(TopicListSchema),
    operation_id="topics_list",
    summary="Topics of the repository",
)
def list_topics(request: HttpRequest, parameters: Query[TopicListParameters]) -> HttpResponse:
    """All topics of mobility, whether or not there is an article on them."""
    columns = {"sort_order": "sort_order", "slug": "slug"}
    return answer_records(request, parameters, TopicRecord.records(), columns, writer=TopicRecord)
