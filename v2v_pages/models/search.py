"""The search page of the site."""

from dataclasses import replace
from typing import Any, ClassVar

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from ..languages import own_link
from ..search.asking import Asked
from ..search.results import Results
from ..subject import Subject
from .base import BasePage


class SearchIndexPage(BasePage):
    """A question, and what the whole site has to say to it; the boxes of all pages lead here."""

    parent_page_types = None
    subpage_types: ClassVar[list[str]] = []
    max_count_per_parent = 1
    page_description = _("Search in all pages, partners and terms.")
    schema_type = "SearchResultsPage"
    search_kind = ""

    content_panels = BasePage.content_panels

    class Meta:
        verbose_name = _("search page")
        verbose_name_plural = _("search pages")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Adds what was asked, what was found, and what narrows it."""
        asked = Asked.read(request.GET)
        context = super().get_context(request, *args, **kwargs)
        # readers who change the language ask the same question there
        self.languages.query = asked.address()
        context["asked"] = asked
        if asked.text:
            results = Results(asked, self.languages.url, context["frame"].sections)
            context["results"] = results
            context["subject"] = self._subject_of(asked, results.page.number)
            context["crumb"] = own_link(self)
        return context

    def _subject_of(self, asked: Asked, number: int) -> Subject:
        """Returns what windows are told; search engines are told not to list results."""
        name = f"{self.title}: “{asked.text}”"
        title = f"{name} ({number})" if number > 1 else ""
        return replace(self.subject, name=name, window_title=title, is_indexed=False)
