"""Calendars of events: one of each language to subscribe to, and one file of each event.

They are found by identifier and language, not below a page: a program that has subscribed keeps
its address for years, whatever the pages are called by then.
"""

from collections.abc import Sequence
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse

from v2v_snippets.language.locales import content_languages
from v2v_snippets.language.reading import text_in
from v2v_snippets.publication.answers import View, for_everybody, kept_seconds, refusal
from v2v_snippets.remembering import remembering

from ..events.calendar import event_file, events_calendar
from ..events.filters import CALENDAR_FACETS
from ..facets import FilteredRecords
from ..models import EventPage
from .entries import CONTENT_TYPE, can_write_calendars


def unvarying(view: View) -> View:
    """Lets ``view``, which knows GET alone, answer the same to everybody."""

    @wraps(view)
    def answer(request: HttpRequest, **parts: Any) -> HttpResponse:
        if not can_write_calendars() or parts.get("locale", "en") not in content_languages():
            return refusal(404, "There is no such calendar.")
        try:
            return view(request, **parts)
        except Http404:
            return refusal(404, "There is no such calendar.")

    return for_everybody(answer, refuse=refusal, urlconf="v2v_pages.calendars.urls")


@unvarying
def show_events(request: HttpRequest, locale: str, filters: str) -> HttpResponse:
    """Answers all events, past and coming, each once and in the reader's best language.

    Raises:
        Http404: when a filter does not exist, or stands in another order than links have it.
    """
    pages = EventPage.listed_pages(locale).prefetch_related("twinnings")
    with remembering(), text_in(locale):
        filtered = FilteredRecords(CALENDAR_FACETS, pages, filters)
        if filtered.path != filters:
            raise Http404
        events = sorted(filtered.matching, key=lambda event: (event.starts_on, event.pk))
        content = events_calendar(events, request, locale, filtered.chosen_labels)
    return _answer(content, locale, f"events-{locale}", events)


@unvarying
def show_event(request: HttpRequest, locale: str, key: UUID) -> HttpResponse:
    """Answers one event in the reader's best language.

    Raises:
        Http404: when the public knows none by this identifier.
    """
    page = EventPage.listed_pages(locale).filter(translation_key=key).first()
    if page is None:
        raise Http404
    with remembering():
        content = event_file(page, request)
    return _answer(content, page.language, page.slug, [page])


@unvarying
def show_nothing(_request: HttpRequest) -> HttpResponse:
    """Answers for all other addresses below that of the calendars.

    Raises:
        Http404: always.
    """
    raise Http404


def _answer(content: bytes, language: str, name: str, events: Sequence[EventPage]) -> HttpResponse:
    boundaries = [event.next_boundary_at for event in events if event.next_boundary_at]
    response = HttpResponse(content, content_type=CONTENT_TYPE)
    response["Content-Language"] = language
    response["Content-Disposition"] = f'inline; filename="{name}.ics"'
    response["Cache-Control"] = f"public, max-age={kept_seconds(min(boundaries, default=None))}"
    return response
