"""Issues of newsletters: ``/newsletters/`` and ``/newsletters/{id}/``."""

from typing import ClassVar, Final, Literal
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router
from pydantic import Field

from communication.newsletters.models import NewsletterPage

from ..answers import MOMENTS, Shelf, answer_item, answer_list
from ..openapi import answers
from ..schemas.lists import IssueListSchema
from ..schemas.newsletters import IssueSchema
from ..schemas.parameters import ListParameters, MomentParameters, Parameters, RichTextParameters

router = Router(tags=["newsletters"])

SHELF: Final = Shelf("newsletters", {"title": "title", **MOMENTS}, NewsletterPage)


class NewsletterParameters(RichTextParameters, Parameters):
    """What may be asked of one issue."""

    items: ClassVar = (IssueSchema,)


class NewsletterListParameters(MomentParameters, RichTextParameters, ListParameters):
    """What may be asked of the list of issues."""

    items: ClassVar = (IssueSchema,)

    order: Literal[
        "-first_published_at",
        "first_published_at",
        "-updated_at",
        "updated_at",
        "title",
        "-title",
    ] = Field("-first_published_at", description="A minus sign turns the order round.")


@router.get(
    "/",
    response=answers(IssueListSchema),
    operation_id="newsletters_list",
    summary="Newsletters",
)
def list_newsletters(
    request: HttpRequest, parameters: Query[NewsletterListParameters]
) -> HttpResponse:
    """All public issues, each once and in the best language there is, the latest first."""
    return answer_list(request, parameters, SHELF)


@router.get(
    "/{uuid:item_id}/",
    response=answers(IssueSchema, may_be_missing=True),
    operation_id="newsletters_item",
    summary="One issue",
)
def get_newsletter(
    request: HttpRequest, item_id: UUID, parameters: Query[NewsletterParameters]
) -> HttpResponse:
    """One public issue by its identifier, which is the same in all languages."""
    return answer_item(request, parameters, SHELF, item_id)
