"""The project's dates: those to come, then those that are over."""

from typing import Any, ClassVar

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.routable_page.models import RoutablePageMixin, re_path

from v2v_snippets.enums import EventKind
from v2v_snippets.language.reading import text_in
from v2v_snippets.publication.published import published_public

from ..events.calendar import calendar_links
from ..events.filters import EVENT_FACETS, EVENTS_ROUTE, without_year
from ..facets import FilteredRecords, path_code
from ..frame import FeedLink, feed_links
from ..languages import own_link
from .base import BasePage
from .events import EventPage


class EventIndexPage(RoutablePageMixin, BasePage):
    """All events, each once and in the reader's best language."""

    PER_PAGE: ClassVar = 20
    """How many past events a page has; those to come are few."""

    parent_page_types = None
    subpage_types = ["v2v_pages.EventPage"]
    max_count_per_parent = 1
    page_description = _("The list of all events, with a calendar to subscribe to.")
    schema_type = "CollectionPage"

    content_panels = BasePage.content_panels

    class Meta:
        verbose_name = _("list of events")
        verbose_name_plural = _("lists of events")

    @classmethod
    def public_paths(cls) -> list[str]:
        """The kinds of events that there are, for the site map."""
        public = published_public(EventPage.objects.all()).order_by()
        kinds = set(public.values_list("kind", flat=True))
        return [f"kind/{path_code(kind)}/" for kind in EventKind.values if kind in kinds]

    @re_path(EVENTS_ROUTE, name="list")
    def show_list(
        self, request: HttpRequest, filters: str = "", number: str | None = None
    ) -> HttpResponse:
        """Shows the events with all these properties; further pages have past ones only."""
        if number == "1":
            raise Http404
        page = int(number or 1)
        listed = EventPage.objects.listed_for(self.languages.reader).with_partners()
        base, today = self.languages.url, timezone.localdate()
        with text_in(self.language):
            filtered = FilteredRecords(EVENT_FACETS, listed.defer("body", "agenda"), filters)
            if filtered.path != filters:
                return redirect(base + filtered.path)
            coming = [event for event in reversed(filtered.matching) if event.last_day >= today]
            past = [event for event in filtered.matching if event.last_day < today]
            pages = Paginator(past, self.PER_PAGE)
            if page > pages.num_pages:
                raise Http404
            shown = pages.page(page)
            coming = sorted(coming, key=lambda event: event.starts_on) if page == 1 else []
            names = [(e.title, e.get_full_url(request)) for e in (*coming, *shown)]
            context: dict[str, Any] = {
                "filtered": filtered,
                "filter_groups": filtered.groups(base),
                "ways_out": [] if filtered.matching else filtered.ways_out(base),
                "coming": coming,
                "past": shown,
                "list_url": base + filters,
                "subject": filtered.subject(self.subject, names),
                "crumb": own_link(self) if filtered.chosen else None,
            }
        context["list_feeds"] = self._feeds(filters)
        context["calendars"] = calendar_links(self.languages.reader, without_year(filters))
        return self.render(request, context_overrides=context)

    def _feeds(self, filters: str) -> tuple[FeedLink, ...]:
        """Returns the feeds of the whole list, and the calendar of what is shown of it."""
        reader = self.languages.reader
        part = filters.strip("/").split("/") if filters else []
        is_fed = not part or (part[0] in EventPage.listing_filters and len(part) == 2)
        feeds = feed_links(reader, EventPage.listing_type, *part) if is_fed else ()
        return feeds + calendar_links(reader, without_year(filters))
