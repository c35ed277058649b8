"""The list of the repository, with filters that combine."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.routable_page.models import RoutablePageMixin, path, re_path

from v2v_snippets.language.reading import text_in

from ..facets import FILTERED_ROUTE, FilteredRecords
from ..frame import FeedLink, feed_links
from ..languages import own_link
from ..repository.filters import most_specific_first, repository_facets, repository_paths
from .base import BasePage
from .repository import RepositoryArticlePage


class RepositoryIndexPage(RoutablePageMixin, BasePage):
    """All articles of the repository, by topic, countries and target group."""

    parent_page_types = None
    subpage_types = ["v2v_pages.RepositoryArticlePage"]
    max_count_per_parent = 1
    page_description = _("The list of articles on topics of mobility.")
    schema_type = "CollectionPage"
    holds_records = True

    content_panels = BasePage.content_panels

    class Meta:
        verbose_name = _("repository")
        verbose_name_plural = _("repositories")

    @classmethod
    def public_paths(cls) -> list[str]:
        """The paths below the list that are pages of their own, for the site map."""
        return repository_paths()

    @path("")
    def show_list(self, request: HttpRequest) -> HttpResponse:
        """Shows all articles."""
        return self._render_list(request, "", list_feeds=self._feeds())

    @re_path(FILTERED_ROUTE, name="filtered")
    def show_filtered(self, request: HttpRequest, filters: str) -> HttpResponse:
        """Shows the articles for whoever asks so; the order of filters has one address."""
        return self._render_list(request, filters)

    def _render_list(self, request: HttpRequest, filters: str, **context: Any) -> HttpResponse:
        listed = RepositoryArticlePage.objects.listed_for(self.languages.reader)
        articles = list(listed.with_countries().defer("body"))
        base = self.languages.url
        with text_in(self.language):
            filtered = FilteredRecords(repository_facets(articles), articles, filters)
            if filtered.path != filters:
                return redirect(base + filtered.path)
            if list(filtered.chosen) == ["topic"]:
                context["list_feeds"] = self._feeds("topic", filtered.chosen["topic"])
            matching = most_specific_first(filtered)
            names = [(article.title, article.get_full_url(request)) for article in matching]
            context |= {
                "filtered": filtered,
                "filter_groups": filtered.groups(base),
                "ways_out": [] if matching else filtered.ways_out(base),
                "articles": matching,
                "subject": filtered.subject(self.subject, names),
                "crumb": own_link(self) if filtered.chosen else None,
            }
        return self.render(request, context_overrides=context)

    def _feeds(self, *part: str) -> tuple[FeedLink, ...]:
        reader = self.languages.reader
        return feed_links(reader, RepositoryArticlePage.listing_type, *part)
