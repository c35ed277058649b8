"""Twinnings: the list of pairs, a page for each pair, and their stories."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path, re_path
from wagtail.search import index

from v2v_snippets.language.reading import text_in
from v2v_snippets.models import Partner, Twinning
from v2v_snippets.publication.listing import ALL_TYPES, ListingFilter
from v2v_snippets.selectors import all_twinnings

from ..directories import TWINNING_FACETS, twinning_paths
from ..facets import FILTERED_ROUTE, FilteredRecords
from ..frame import feed_links
from ..languages import own_link
from ..narrowing import twinning_name
from ..querysets import StoryManager
from ..structured_data import placed_organization_data
from ..subject import Subject
from .articles import ArticlePage
from .base import BasePage
from .events import EventPage
from .news import NewsPage


class TwinningIndexPage(RoutablePageMixin, BasePage):
    """All pairs of schools with their stories; each pair has its page below, by number."""

    parent_page_types = None
    subpage_types = ["v2v_pages.TwinningStoryPage"]
    max_count_per_parent = 1
    page_description = _("The pairs of schools and their stories.")
    schema_type = "CollectionPage"
    holds_records = True

    content_panels = BasePage.content_panels

    class Meta:
        verbose_name = _("list of twinnings")
        verbose_name_plural = _("lists of twinnings")

    @classmethod
    def public_paths(cls) -> list[str]:
        """The paths below the list that are pages of their own, for the site map."""
        return twinning_paths()

    @path("")
    def show_list(self, request: HttpRequest) -> HttpResponse:
        """Shows all pairs and all stories."""
        feeds = feed_links(self.languages.reader, TwinningStoryPage.listing_type)
        return self._render_list(request, "", list_feeds=feeds)

    @re_path(FILTERED_ROUTE, name="filtered")
    def show_filtered(self, request: HttpRequest, filters: str) -> HttpResponse:
        """Shows the pairs with all these properties; the order of filters has one address."""
        return self._render_list(request, filters)

    @path("<int:number>/", name="twinning")
    def show_twinning(self, request: HttpRequest, number: int) -> TemplateResponse:
        """Shows one pair with its schools, stories and news."""
        twinning = next((t for t in all_twinnings() if t.number == number), None)
        if twinning is None:
            raise Http404
        reader = self.languages.reader
        text = twinning.text_in(self.language)
        events = list(EventPage.objects.about(twinning).listed_for(reader).in_order())
        about = [placed_organization_data(school) for school in twinning.schools]
        schools = Partner.objects.with_texts().in_bulk([school.pk for school in twinning.schools])
        return self.render(
            request,
            template="v2v_pages/twinning.html",
            context_overrides={
                "twinning": twinning,
                "twinnings": [twinning],
                "schools": [schools[school.pk] for school in twinning.schools],
                "crumb": own_link(self),
                "list_feeds": feed_links(reader, ALL_TYPES, "twinning", str(number)),
                "subject": Subject(
                    twinning.name, text.goals if text else "", {"@type": "WebPage", "about": about}
                ),
                "stories": TwinningStoryPage.objects.about(twinning).listed_for(reader),
                "news": NewsPage.objects.about(twinning).listed_for(reader),
                "events": events,
                "next_event": next((e for e in events if not (e.is_past or e.is_off)), None),
            },
        )

    def _render_list(self, request: HttpRequest, filters: str, **context: Any) -> HttpResponse:
        with text_in(self.language):
            filtered = FilteredRecords(TWINNING_FACETS, all_twinnings(), filters)
        if filtered.path != filters:
            return redirect(self.languages.url + filtered.path)
        address = self.get_full_url(request)
        names = [(pair.name, f"{address}{pair.number}/") for pair in filtered.matching]
        stories = TwinningStoryPage.objects.listed_for(self.languages.reader)
        context |= {
            "filtered": filtered,
            "filter_groups": filtered.groups(self.languages.url),
            "ways_out": [] if filtered.matching else filtered.ways_out(self.languages.url),
            "twinnings": filtered.matching,
            "stories": stories.filter(twinning__in=filtered.matching),
            "subject": filtered.subject(self.subject, names),
            "crumb": own_link(self) if filtered.chosen else None,
        }
        return self.render(request, context_overrides=context)


class TwinningStoryPage(ArticlePage):
    """A story of one pair, told by its schools."""

    twinning = models.ForeignKey(
        Twinning, on_delete=models.PROTECT, related_name="+", verbose_name=_("twinning")
    )

    objects = StoryManager()

    content_panels = [FieldPanel("twinning"), *ArticlePage.content_panels]
    search_fields = [*ArticlePage.search_fields, index.FilterField("twinning")]
    api_fields = [*ArticlePage.api_fields, "twinning"]

    parent_page_types = ["v2v_pages.TwinningIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    page_description = _("What one pair of schools did together.")
    listing_type = "stories"
    listing_filters = {"twinning": ListingFilter("twinning__number", twinning_name)}
    schema_type = "Article"

    class Meta:
        verbose_name = _("twinning story")
        verbose_name_plural = _("twinning stories")

    def clean(self) -> None:
        """Keeps the addresses of pairs, which are numbers, free.

        Raises:
            ValidationError: on ``slug``, when it is a number.
        """
        super().clean()
        if self.slug and self.slug.isdigit():
            raise ValidationError(
                {"slug": _("Addresses that are numbers belong to the twinnings: add a word.")}
            )

    @cached_property
    def pair(self) -> Twinning:
        """The twinning with all that is shown of it."""
        pair: Twinning = Twinning.objects.with_schools().get(pk=self.twinning_id)
        return pair

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Adds the pair with what its schools show."""
        return super().get_context(request, *args, **kwargs) | {"twinnings": [self.pair]}

    def structured_data(self) -> dict[str, Any]:
        """Adds the two schools."""
        schools = [placed_organization_data(school) for school in self.pair.schools]
        return super().structured_data() | {"about": schools}
