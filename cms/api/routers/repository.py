"""What one has to know before a mobility: ``/repository/`` and ``/repository/{id}/``."""

from typing import ClassVar, Final, Literal
from uuid import UUID

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Query, Router

from v2v_pages.models import RepositoryArticlePage
from v2v_snippets.enums import ReviewState

from ..answers import ARTICLE_COLUMNS, Shelf, answer_item, answer_list
from ..openapi import answers
from ..schemas.items import RepositorySchema, ReviewStateName, TargetGroupName
from ..schemas.lists import RepositoryListSchema
from ..schemas.parameters import (
    ArticleParameters,
    CountryCode,
    IncludeParameters,
    ItemParameters,
    Slug,
    optional,
)

router = Router(tags=["repository"])

SHELF: Final = Shelf("repository", ARTICLE_COLUMNS, RepositoryArticlePage)


class RepositoryParameters(ItemParameters):
    """What may be asked of one article."""

    items: ClassVar = (RepositorySchema,)


class RepositoryListParameters(IncludeParameters, ArticleParameters):
    """What may be asked of the list of articles."""

    items: ClassVar = (RepositorySchema,)

    topic: Slug = optional("On this topic, by its slug.")
    sending: CountryCode = optional("For people from this country, or from any.")
    host: CountryCode = optional("For people who go to this country, or to any.")
    audience: TargetGroupName = optional("For this target group, or for everybody.")
    state: ReviewStateName = optional("In this state today.")
    valid: Literal["true", "false"] = optional("Whether they hold today, as far as is known.")

    def condition(self) -> Q:
        """Returns what the articles must satisfy."""
        articles = RepositoryArticlePage.objects.values("pk")
        today, where = timezone.localdate(), Q()
        if self.topic:
            where &= Q(pk__in=articles.filter(topics__slug=self.topic))
        for field, code in (("sending_countries", self.sending), ("host_countries", self.host)):
            if code:
                fitting = Q(**{f"{field}__code": code}) | Q(**{field: None})
                where &= Q(pk__in=articles.filter(fitting))
        if self.audience:
            everybody = Q(for_learners=False, for_staff=False, for_organisers=False)
            where &= Q(**{f"for_{self.audience}": True}) | everybody
        if self.state:
            where &= Q(pk__in=articles.in_state(ReviewState(self.state), today))
        if self.valid:
            holding = Q(pk__in=articles.valid_on(today))
            where &= holding if self.valid == "true" else ~holding
        return where


@router.get(
    "/",
    response=answers(RepositoryListSchema),
    operation_id="repository_list",
    summary="Repository",
)
def list_repository(
    request: HttpRequest, parameters: Query[RepositoryListParameters]
) -> HttpResponse:
    """All public articles of the repository, each once and in the best language there is."""
    return answer_list(request, parameters, SHELF, parameters.condition())


@router.get(
    "/{uuid:item_id}/",
    response=answers(RepositorySchema, may_be_missing=True),
    operation_id="repository_item",
    summary="One article of the repository",
)
def get_repository_article(
    request: HttpRequest, item_id: UUID, parameters: Query[RepositoryParameters]
) -> HttpResponse:
    """One public article by its identifier, which is the same in all languages."""
    return answer_item(request, parameters, SHELF, item_id)
