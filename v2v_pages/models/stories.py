"""Twinnings: the list of pairs, a page for each pair, and their stories."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.http import Http404, HttpRequest
from django.template.response import TemplateResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.search import index

from v2v_snippets.models import Partner, Twinning
from v2v_snippets.selectors import all_twinnings

from ..frame import feed_links
from ..languages import own_link
from ..querysets import StoryManager
from ..structured_data import organization_data
from .articles import ArticlePage
from .base import BasePage
from .news import NewsPage


class TwinningIndexPage(RoutablePageMixin, BasePage):
    """All pairs of schools with their stories; each pair has its page below, by number."""

    parent_page_types = ["v2v_pages.HomePage"]
    subpage_types = ["v2v_pages.TwinningStoryPage"]
    max_count_per_parent = 1
    page_description = _("The pairs of schools and their stories.")
    schema_type = "CollectionPage"

    content_panels = BasePage.content_panels

    class Meta:
        verbose_name = _("list of twinnings")
        verbose_name_plural = _("lists of twinnings")

    @classmethod
    def public_paths(cls) -> list[str]:
        """The paths below the list that are pages of their own, for the site map."""
        return [f"{number}/" for number in Twinning.objects.values_list("number", flat=True)]

    @path("")
    def show_list(self, request: HttpRequest) -> TemplateResponse:
        """Shows all pairs and all stories."""
        context = {
            "list_feeds": feed_links(self.languages.reader, TwinningStoryPage.listing_type),
            "twinnings": all_twinnings(),
            "stories": TwinningStoryPage.objects.listed_for(self.languages.reader),
        }
        return self.render(request, context_overrides=context)

    @path("<int:number>/", name="twinning")
    def show_twinning(self, request: HttpRequest, number: int) -> TemplateResponse:
        """Shows one pair with its schools, stories and news."""
        twinning = next((t for t in all_twinnings() if t.number == number), None)
        if twinning is None:
            raise Http404
        reader = self.languages.reader
        schools = Partner.objects.with_texts().in_bulk([school.pk for school in twinning.schools])
        return self.render(
            request,
            template="v2v_pages/twinning.html",
            context_overrides={
                "twinning": twinning,
                "twinnings": [twinning],
                "schools": [schools[school.pk] for school in twinning.schools],
                "crumb": own_link(self),
                "stories": TwinningStoryPage.objects.about(twinning).listed_for(reader),
                "news": NewsPage.objects.about(twinning).listed_for(reader),
            },
        )


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

    def structured_data(self, request: HttpRequest | None = None) -> dict[str, Any]:
        """Adds the two schools."""
        schools = [organization_data(school) for school in self.pair.schools]
        return super().structured_data(request) | {"about": schools}
