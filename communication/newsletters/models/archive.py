"""The archive: all issues, the latest first."""

from typing import Any, ClassVar

from django.core.paginator import Paginator
from django.db import models
from django.db.models import Q
from django.http import Http404, HttpRequest
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.models import Page, get_page_models
from wagtail.search import index

from v2v_snippets.language.reading import readers_language
from v2v_snippets.publication.urls import full_url_in, url_in

from ..issues.archive import Sharing, frame_of
from .issues import NewsletterPage
from .pages import ArchivedPage


class NewsletterIndexPage(RoutablePageMixin, ArchivedPage):
    """The list of issues, each once and in the reader's best language."""

    PER_PAGE: ClassVar = 20

    introduction = models.TextField(
        _("introduction"),
        blank=True,
        max_length=400,
        help_text=_("What readers get, and how often."),
    )

    content_panels = [*Page.content_panels, "introduction"]
    search_fields = [*Page.search_fields, index.SearchField("introduction")]
    api_fields = ["introduction"]
    template = "communication_newsletters/newsletter_index_page.html"

    parent_page_types = None
    subpage_types = ["communication_newsletters.NewsletterPage"]
    max_count_per_parent = 1
    page_description = _("The archive of all issues, where new ones are written, too.")

    class Meta:
        verbose_name = _("newsletter archive")
        verbose_name_plural = _("newsletter archives")

    @classmethod
    def clean_parent_page_models(cls) -> list[type[Page]]:
        """Returns the types that may hold it: any that allows it; it is no site's first page."""
        return [model for model in get_page_models() if model is not Page]

    @path("")
    def show_list(self, request: HttpRequest) -> TemplateResponse:
        """Shows the latest issues."""
        return self._render_list(request, 1)

    @path("page/<int:number>/", name="list_page")
    def show_list_page(self, request: HttpRequest, number: int) -> TemplateResponse:
        """Shows older issues; the first page has an address already."""
        if number < 2:
            raise Http404
        return self._render_list(request, number)

    def issues_for(self, language: str) -> "models.QuerySet[Any]":
        """Returns the public issues of this archive as a reader of ``language`` gets them."""
        below = Q()
        for archive_path in self.get_translations(inclusive=True).values_list("path", flat=True):
            below |= Q(path__startswith=archive_path)
        return NewsletterPage.listed_pages(language).filter(below)

    def _render_list(self, request: HttpRequest, number: int) -> TemplateResponse:
        reader = readers_language()
        pages = Paginator(self.issues_for(reader), self.PER_PAGE)
        if not 1 <= number <= pages.num_pages:
            raise Http404
        rest = f"page/{number}/" if number > 1 else ""
        frame = frame_of(self, request, description=self.introduction, rest=rest)
        issues = pages.page(number)
        items = [(each.title, full_url_in(each, each.language, request)) for each in issues]
        about = self.search_description or self.introduction or self.title
        listed = {
            "archive": self,
            "issues": issues,
            "list_url": url_in(self, reader, request),
            "sharing": Sharing(self, "CollectionPage", about, items=items),
        }
        return self.render(request, context_overrides={**frame, **listed})
