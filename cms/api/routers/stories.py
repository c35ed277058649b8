"""Stories of twinned schools: ``/stories/`` and ``/stories/{id}/``."""

from typing import ClassVar, Final
from uuid import UUID

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from v2v_pages.models import TwinningStoryPage

from ..answers import ARTICLE_COLUMNS, Shelf, answer_item, answer_list
from ..openapi import answers
from ..schemas.items import StorySchema
from ..schemas.lists import StoryListSchema
from ..schemas.parameters import (
    ArticleListParameters,
    ItemParameters,
)

router = Router(tags=["stories"])

SHELF: Final = Shelf("stories", ARTICLE_COLUMNS, TwinningStoryPage)


class StoryParameters(ItemParameters):
    """What may be asked of one story."""

    items: ClassVar = (StorySchema,)


class StoryListParameters(ArticleListParameters):
    """What may be asked of the list of stories."""

    items: ClassVar = (StorySchema,)

    def condition(self) -> Q:
        """Returns what the stories must satisfy."""
        where = Q()
        if self.twinning:
            where &= Q(twinning__number=self.twinning)
        if self.partner:
            where &= Q(twinning__european_school__slug=self.partner) | Q(
                twinning__balkan_school__slug=self.partner
            )
        return where


@router.get("/", response=answers(StoryListSchema), operation_id="stories_list", summary="Stories")
def list_stories(request: HttpRequest, parameters: Query[StoryListParameters]) -> HttpResponse:
    """All public stories, each once and in the best language there is, newest first."""
    return answer_list(request, parameters, SHELF, parameters.condition())


@router.get(
    "/{uuid:item_id}/",
    response=answers(StorySchema, may_be_missing=True),
    operation_id="stories_item",
    summary="One story",
)
def get_story(
    request: HttpRequest, item_id: UUID, parameters: Query[StoryParameters]
) -> HttpResponse:
    """One public story by its identifier, which is the same in all languages."""
    return answer_item(request, parameters, SHELF, item_id)
