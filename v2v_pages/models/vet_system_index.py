"""VET systems: the list with its comparisons."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.routable_page.models import RoutablePageMixin, path, re_path

from v2v_snippets.language.collation import sort_key
from v2v_snippets.language.reading import text_in

from ..frame import feed_links
from ..languages import own_link
from ..vet_systems.comparing import Comparison
from ..vet_systems.data import comparison_subject
from ..vet_systems.profiles import read_profiles
from ..vet_systems.selection import (
    SelectionError,
    TooFewOrManyError,
    chosen_systems,
    comparison_path,
    pairs,
)
from .base import BasePage
from .vet_systems import VETSystemPage


class VETSystemIndexPage(RoutablePageMixin, BasePage):
    """All VET systems; two to four of them side by side, by the codes of their countries."""

    parent_page_types = None
    subpage_types = ["v2v_pages.VETSystemPage"]
    max_count_per_parent = 1
    page_description = _("The VET systems of the countries, and their comparison.")
    schema_type = "CollectionPage"

    content_panels = BasePage.content_panels

    class Meta:
        verbose_name = _("list of VET systems")
        verbose_name_plural = _("lists of VET systems")

    @classmethod
    def public_paths(cls) -> list[str]:
        """The comparisons of two, for the site map; those of more are mixtures of these."""
        return pairs(VETSystemPage.objects.of_countries(""))

    @path("")
    def show_list(self, request: HttpRequest) -> HttpResponse:
        """Shows all systems, and lets the reader choose some."""
        return self._render_list(request)

    @path("compare/")
    def take_choice(self, request: HttpRequest) -> HttpResponse:
        """Leads the form's choice to the address of the comparison."""
        return self._compare(request, request.GET.getlist("country")[:40])

    @re_path(r"^compare/(?P<codes>[^.]{1,200})/$", name="comparison")
    def show_comparison(self, request: HttpRequest, codes: str) -> HttpResponse:
        """Shows two to four systems side by side; the order of countries has one address."""
        return self._compare(request, codes.split("/"), codes)

    @re_path(r"^compare/(?P<codes>[a-z]{2}(?:/[a-z]{2}){1,3})\.csv/$", name="comparison_file")
    def download_comparison(self, request: HttpRequest, codes: str) -> HttpResponse:
        """Gives the comparison out as a file."""
        return self._compare(request, codes.split("/"), codes, is_file=True)

    def _compare(
        self, request: HttpRequest, codes: list[str], asked: str = "", *, is_file: bool = False
    ) -> HttpResponse:
        systems = VETSystemPage.objects.of_countries(self.languages.reader)
        try:
            with text_in(self.language):
                chosen = chosen_systems(codes, systems)
        except SelectionError as problem:
            is_unfinished = isinstance(problem, TooFewOrManyError) and not asked
            return self._render_list(
                request, status=200 if is_unfinished else 404, problem=str(problem), chosen=codes
            )
        where = comparison_path(chosen)
        if where != f"compare/{asked}/":
            where = where.removesuffix("/") + ".csv" if is_file else where
            return redirect(self.languages.url + where)
        comparison = Comparison(self, read_profiles(chosen), request)
        if is_file:
            with text_in(self.language):
                return comparison.download()
        return self._render_comparison(request, comparison)

    def _render_comparison(self, request: HttpRequest, comparison: Comparison) -> HttpResponse:
        with text_in(self.language):
            context = {
                "comparison": comparison,
                "groups": comparison.groups,
                "crumb": own_link(self),
                "subject": comparison_subject(self, comparison, request),
            }
        return self.render(
            request, template="v2v_pages/vet_system_comparison.html", context_overrides=context
        )

    def _render_list(
        self, request: HttpRequest, *, status: int = 200, **context: Any
    ) -> HttpResponse:
        language = self.languages.reader
        systems = VETSystemPage.objects.listed_for(language)
        with text_in(self.language):
            systems = sorted(systems, key=lambda each: sort_key(each.full_name, language))
        context["systems"] = systems
        context["countries"] = [system for system in systems if not system.region]
        context["list_feeds"] = feed_links(language, VETSystemPage.listing_type)
        response = self.render(request, context_overrides=context)
        response.status_code = status
        if "problem" in context:
            response["X-Robots-Tag"] = "noindex"
        return response
