"""The project's dates: ``/events/`` and ``/events/{id}/``."""

from typing import ClassVar, Final, Literal
from uuid import UUID

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from ninja import Query, Router
from pydantic import Field

from v2v_pages.models import EventPage

from ..answers import ARTICLE_COLUMNS, Shelf, answer_item, answer_list
from ..openapi import answers
from ..schemas.events import EventKindName, EventStatusName
from ..schemas.items import EventSchema
from ..schemas.lists import EventListSchema
from ..schemas.parameters import (
    Day,
    DayParameters,
    IncludeParameters,
    ItemParameters,
    ListParameters,
    MomentParameters,
    RichTextParameters,
    Slug,
    StartParameters,
    TwinningNumber,
    optional,
)

router = Router(tags=["events"])

SHELF: Final = Shelf("events", {"starts_on": "starts_on", **ARTICLE_COLUMNS}, EventPage)


class EventParameters(ItemParameters):
    """What may be asked of one event."""

    items: ClassVar = (EventSchema,)


class EventListParameters(
    StartParameters,
    MomentParameters,
    DayParameters,
    RichTextParameters,
    IncludeParameters,
    ListParameters,
):
    """What may be asked of the list of events."""

    items: ClassVar = (EventSchema,)

    kind: EventKindName = optional("Of this kind.")
    status: EventStatusName = optional("In this state.")
    first_day: Day = optional("Not over before this day.", "from")
    last_day: Day = optional("Begun by this day.", "to")
    partner: Slug = optional("With this host, or of its twinning; by its slug.")
    twinning: TwinningNumber = optional("Of this twinning, by its number.")
    order: Literal[
        "-starts_on",
        "starts_on",
        "-published_on",
        "published_on",
        "-updated_at",
        "updated_at",
        "-first_published_at",
        "first_published_at",
        "title",
        "-title",
    ] = Field("-starts_on", description="A minus sign turns the order round.")

    def condition(self) -> Q:
        """Returns what the events must satisfy."""
        where, events = Q(), EventPage.objects.values("pk")
        if self.kind:
            where &= Q(kind=self.kind)
        if self.status:
            where &= Q(status=self.status)
        if self.first_day:
            where &= Q(last_day__gte=self.first_day)
        if self.last_day:
            where &= Q(starts_on__lte=self.last_day)
        if self.twinning:
            where &= Q(pk__in=events.filter(twinnings__number=self.twinning))
        if self.partner:
            part_in_it = (
                Q(hosts__slug=self.partner)
                | Q(twinnings__european_school__slug=self.partner)
                | Q(twinnings__balkan_school__slug=self.partner)
            )
            where &= Q(pk__in=events.filter(part_in_it))
        return where


@router.get("/", response=answers(EventListSchema), operation_id="events_list", summary="Events")
def list_events(request: HttpRequest, parameters: Query[EventListParameters]) -> HttpResponse:
    """All public events, each once and in the best language there is, the last one first."""
    return answer_list(request, parameters, SHELF, parameters.condition())


@router.get(
    "/{uuid:item_id}/",
    response=answers(EventSchema, may_be_missing=True),
    operation_id="events_item",
    summary="One event",
)
def get_event(
    request: HttpRequest, item_id: UUID, parameters: Query[EventParameters]
) -> HttpResponse:
    """One public event by its identifier, which is the same in all languages."""
    return answer_item(request, parameters, SHELF, item_id)
