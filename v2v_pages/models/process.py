"""The mobility process: phases made of modules, with timeline, checklist and calendar."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, re_path
from wagtail.search import index

from v2v_snippets.fields import StreamField
from v2v_snippets.language.formats import long_date
from v2v_snippets.language.reading import text_in

from ..blocks.process import PhaseBlock
from ..calendars.entries import CONTENT_TYPE, can_write_calendars
from ..facets import FilteredRecords
from ..languages import own_link
from ..process.calendar import process_calendar
from ..process.data import process_data
from ..process.deadlines import DepartureError, departure_from
from ..process.filters import DATED, FILTERS, STEP_FACETS
from ..process.reading import read_process
from ..process.steps import Phase, all_steps, only
from ..process.timeline import draw_timeline
from ..querysets import ArticleManager
from ..subject import Subject
from .articles import ArticlePage
from .base import BasePage


@dataclass(frozen=True, slots=True)
class View:
    """What a reader asked for: the filters, and a day of departure."""

    phases: tuple[Phase, ...]
    shown: tuple[Phase, ...]
    filtered: FilteredRecords
    departure: date | None

    @property
    def path(self) -> str:
        """The one path of it, below the process."""
        dated = f"dates/{self.departure.isoformat()}/" if self.departure else ""
        return self.filtered.path + dated


class MobilityProcessPage(RoutablePageMixin, ArticlePage):
    """The common process of all partners; its modules are pages that other processes use, too."""

    phases = StreamField([("phase", PhaseBlock())], blank=True, verbose_name=_("phases"))

    objects = ArticleManager()

    content_panels = [*ArticlePage.content_panels, FieldPanel("phases")]
    search_fields = [*ArticlePage.search_fields, index.SearchField("phases")]
    api_fields = [*ArticlePage.api_fields, "phases"]

    parent_page_types = None
    subpage_types = ["v2v_pages.MobilityModulePage"]
    page_description = _("Who does what, until when, before, during and after a mobility.")
    listing_type = "process"
    schema_type = "WebPage"

    class Meta:
        verbose_name = _("mobility process")
        verbose_name_plural = _("mobility processes")

    @re_path(f"{FILTERS}{DATED}$", name="list")
    def show_process(
        self, request: HttpRequest, filters: str = "", day: str | None = None
    ) -> HttpResponse:
        """Shows the steps for whoever asks so, with dates where a day of departure is given."""
        return self._show(request, self._view(request, filters, day))

    @re_path(f"{FILTERS}{DATED}checklist/$", name="checklist")
    def show_checklist(
        self, request: HttpRequest, filters: str = "", day: str | None = None
    ) -> HttpResponse:
        """Shows what is to be ticked off, made for paper."""
        view = self._view(request, filters, day)
        template = "v2v_pages/mobility_process_checklist.html"
        return self._answer(request, view, "checklist/", template=template)

    @re_path(f"{FILTERS}dates/$", name="dates")
    def take_departure(self, request: HttpRequest, filters: str = "") -> HttpResponse:
        """Leads the form's day to the address of its dates, or says what is wrong with it."""
        text = request.GET.get("departure", "")
        view = self._view(request, filters, None)
        with text_in(self.language):
            try:
                day = departure_from(text)
            except DepartureError as problem:
                response = self._show(request, view, problem=str(problem), departure=text[:20])
                response.status_code = 400
                return response
        return redirect(f"{self.languages.url}{view.path}dates/{day.isoformat()}/")

    @re_path(rf"{FILTERS}dates/(?P<day>[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}})\.ics/$", name="calendar")
    def download_calendar(self, request: HttpRequest, day: str, filters: str = "") -> HttpResponse:
        """Gives the deadlines out as a calendar.

        Raises:
            Http404: on a site that writes no calendars.
        """
        view = self._view(request, filters, day)
        if not can_write_calendars() or view.departure is None:
            raise Http404
        with text_in(self.language):
            content = process_calendar(
                self, all_steps(view.shown), view.departure, self._changed_at
            )
        response = HttpResponse(content, content_type=CONTENT_TYPE)
        response["Content-Disposition"] = f'attachment; filename="{self.slug}-{day}.ics"'
        response["Content-Language"] = self.language
        response["X-Robots-Tag"] = "noindex"
        return response

    @property
    def _changed_at(self) -> datetime:
        return self.last_published_at or self.latest_revision_created_at or timezone.now()

    def _view(self, request: HttpRequest, filters: str, day: str | None) -> View:
        phases = read_process(self, request, self.languages.reader)
        with text_in(self.language):
            filtered = FilteredRecords(STEP_FACETS, all_steps(phases), filters)
            try:
                departure = departure_from(day) if day else None
            except DepartureError:
                raise Http404 from None
        numbers = {step.number for step in filtered.matching}
        return View(phases, only(phases, numbers), filtered, departure)

    def _show(self, request: HttpRequest, view: View, **context: Any) -> HttpResponse:
        """Shows the steps with their drawing, which the checklist does without."""
        with text_in(self.language):
            timeline = draw_timeline(view.shown, all_steps(view.phases))
        return self._answer(request, view, timeline=timeline, **context)

    def _answer(
        self,
        request: HttpRequest,
        view: View,
        rest: str = "",
        *,
        template: str = "v2v_pages/mobility_process_page.html",
        **context: Any,
    ) -> HttpResponse:
        base = self.languages.url
        asked = request.path[len(base) :] if request.path.startswith(base) else ""
        if view.filtered.chosen and not asked.startswith(view.filtered.path):
            return redirect(base + view.path + rest)
        with text_in(self.language):
            below = view.path.removeprefix(view.filtered.path) + rest
            groups = view.filtered.groups(base, below)
            context = {
                "view": view,
                "phases": view.shown,
                "filtered": view.filtered,
                "filter_groups": groups,
                "ways_out": [] if view.shown else view.filtered.ways_out(base),
                "base": base + view.filtered.path,
                "dated": base + view.path,
                "departure": view.departure.isoformat() if view.departure else "",
                "can_write_calendars": can_write_calendars(),
                "crumb": own_link(self) if view.path + rest else None,
                "subject": self._subject_of(view, rest),
                **context,
            }
            return self.render(request, template=template, context_overrides=context)

    def _subject_of(self, view: View, rest: str) -> Subject:
        """Returns what the page is about; dates are endless, so no search engine lists them."""
        subject = self.subject
        data = process_data(self.title, view.shown, self.languages.page_url)
        labels = list(view.filtered.chosen_labels)
        if rest:
            labels.append(_now("Checklist"))
        if view.departure:
            labels.append(long_date(view.departure, self.language))
        name = f"{subject.name}: {', '.join(labels)}" if labels else subject.name
        return replace(
            subject,
            name=name,
            window_title="" if labels else subject.window_title,
            data=subject.data | ({"mainEntity": data} if data else {}),
            is_indexed=view.filtered.is_indexed and not view.departure,
        )

    @classmethod
    def public_paths(cls) -> list[str]:
        """The checklist, for the site map; filters are parts of the same page."""
        return ["checklist/"]

    def structured_data(self) -> dict[str, Any]:
        """Describes the page; the steps are added by what is shown of them."""
        return BasePage.structured_data(self)
