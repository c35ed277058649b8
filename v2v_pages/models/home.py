"""The first page in each language."""

from typing import Any, ClassVar
from uuid import UUID

from django.conf import settings
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page
from wagtail.search import index

from v2v_snippets.fields import StreamField
from v2v_snippets.publication.routing import FallbackRootMixin

from ..blocks import StrandBlock
from ..blocks.project import TimelineEntryBlock
from ..events.calendar import calendar_links
from ..map import draw_map
from .base import BasePage
from .events import EventPage
from .news import NewsPage
from .stories import TwinningStoryPage


class HomePage(FallbackRootMixin, BasePage):
    """The pairs on their map, the latest news, the next dates and the strands of work.

    Apps that this one does not know add sections of theirs through ``V2V_HOME_EXTRA_TEMPLATES``.
    """

    headline = models.CharField(_("headline"), max_length=120)
    introduction = models.TextField(_("introduction"), max_length=400, blank=True)
    dates = StreamField(
        [("date", TimelineEntryBlock())], blank=True, max_num=6, verbose_name=_("what happens when")
    )
    strands = StreamField(
        [("strand", StrandBlock())], blank=True, max_num=6, verbose_name=_("what partners build")
    )

    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel(["headline", "introduction"], heading=_("Opening")),
        FieldPanel("dates"),
        FieldPanel("strands"),
    ]
    search_fields = [*BasePage.search_fields, index.SearchField("introduction")]
    api_fields = [*BasePage.api_fields, "headline", "introduction", "dates", "strands"]

    parent_page_types: ClassVar[list[str]] = ["wagtailcore.Page"]
    subpage_types = [
        "v2v_pages.NewsIndexPage",
        "v2v_pages.TwinningIndexPage",
        "v2v_pages.PartnerIndexPage",
        "v2v_pages.GlossaryIndexPage",
        "v2v_pages.VETSystemIndexPage",
        "v2v_pages.RepositoryIndexPage",
        "v2v_pages.SearchIndexPage",
        "v2v_pages.EventIndexPage",
        "v2v_pages.MobilityProcessPage",
        "v2v_pages.StandardPage",
        "v2v_pages.AccessibilityStatementPage",
    ]
    page_description = _("The first page of a language: pairs, news, dates.")
    LATEST: ClassVar = 4
    COMING: ClassVar = 3

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Adds pairs, latest news, next events and stories in the reader's language."""
        context = super().get_context(request, *args, **kwargs)
        reader = self.languages.reader
        context["twinnings"] = context["frame"].twinnings
        context["map"] = draw_map(context["twinnings"])
        context["news"] = NewsPage.objects.listed_for(reader)[: self.LATEST]
        coming = EventPage.objects.listed_for(reader).coming_on(timezone.localdate())
        context["coming"] = coming.defer("body", "agenda")[: self.COMING]
        context["calendars"] = calendar_links(reader)
        context["stories"] = TwinningStoryPage.objects.listed_for(reader)[: self.LATEST]
        context["extra_templates"] = getattr(settings, "V2V_HOME_EXTRA_TEMPLATES", ())
        return context

    def linked_keys(self) -> list[UUID]:
        """Translation keys of the pages that tell more about the strands."""
        pages = [strand.value["page"] for strand in self.strands]
        return [page.translation_key for page in pages if page is not None]

    @property
    def menu_pages(self) -> models.QuerySet[Page]:
        """The children that show in menus, drafts included: navigation filters what is public."""
        return self.get_children().filter(show_in_menus=True)
