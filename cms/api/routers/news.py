"""News: ``/news/`` and ``/news/{id}/``."""

from typing import ClassVar, Final
from uuid import UUID

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from v2v_pages.models import NewsPage

from ..answers import ARTICLE_COLUMNS, Shelf, answer_item, answer_list
from ..openapi import answers
from ..schemas.items import NewsSchema
from ..schemas.lists import NewsListSchema
from ..schemas.parameters import (
    ArticleListParameters,
    ItemParameters,
    Slug,
    optional,
)

router = Router(tags=["news"])

SHELF: Final = Shelf("news", ARTICLE_COLUMNS, NewsPage)


class NewsParameters(ItemParameters):
    """What may be asked of one article."""

    items: ClassVar = (NewsSchema,)


class NewsListParameters(ArticleListParameters):
    """What may be asked of the list of news."""

    items: ClassVar = (NewsSchema,)

    tag: Slug = optional("With this tag, by its slug.")

    def condition(self) -> Q:
        """Returns what the articles must satisfy."""
        where, news = Q(), NewsPage.objects
        if self.tag:
            where &= Q(pk__in=news.filter(tagged_items__tag__slug=self.tag).values("pk"))
        if self.twinning:
            where &= Q(pk__in=news.filter(twinnings__number=self.twinning).values("pk"))
        if self.partner:
            part_in_it = (
                Q(authors__slug=self.partner)
                | Q(twinnings__european_school__slug=self.partner)
                | Q(twinnings__balkan_school__slug=self.partner)
            )
            where &= Q(pk__in=news.filter(part_in_it).values("pk"))
        return where


@router.get("/", response=answers(NewsListSchema), operation_id="news_list", summary="News")
def list_news(request: HttpRequest, parameters: Query[NewsListParameters]) -> HttpResponse:
    """All public news, each once and in the best language there is, newest first."""
    return answer_list(request, parameters, SHELF, parameters.condition())


@router.get(
    "/{uuid:item_id}/",
    response=answers(NewsSchema, may_be_missing=True),
    operation_id="news_item",
    summary="One article",
)
def get_news(
    request: HttpRequest, item_id: UUID, parameters: Query[NewsParameters]
) -> HttpResponse:
    """One public article by its identifier, which is the same in all languages."""
    return answer_item(request, parameters, SHELF, item_id)
