"""VET systems: the list with its comparisons, and the profile of one country or region."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path, re_path
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from v2v_snippets.fields import StreamField
from v2v_snippets.language.collation import sort_key
from v2v_snippets.language.reading import text_in
from v2v_snippets.models import Country, VETIndicator
from v2v_snippets.publication.listing import ListingAuthor, ListingText

from ..blocks import StoryBlock, public_stream
from ..frame import api_item_url
from ..languages import own_link
from ..marks import origin_marks
from ..querysets import VETSystemManager
from ..vet_systems.chart import draw_chart
from ..vet_systems.comparing import Comparison
from ..vet_systems.data import comparison_subject, system_data
from ..vet_systems.marks import sample_mark
from ..vet_systems.profiles import Profile, read_profile, read_profiles
from ..vet_systems.selection import (
    SelectionError,
    TooFewOrManyError,
    chosen_systems,
    comparison_path,
    pairs,
)
from ..vet_systems.table import Group, table_of
from .base import BasePage


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
        response = self.render(request, context_overrides=context)
        response.status_code = status
        if "problem" in context:
            response["X-Robots-Tag"] = "noindex"
        return response


class VETSystemPage(BasePage):
    """The VET system of a country, or of one of its regions where these have their own.

    Bosnia and Herzegovina has fourteen authorities of education: entities, cantons and a district.
    """

    country = models.ForeignKey(
        Country, on_delete=models.PROTECT, related_name="+", verbose_name=_("country")
    )
    region = models.CharField(
        _("region"),
        max_length=100,
        blank=True,
        help_text=_("Entity, canton, district or the like; empty for the whole country."),
    )
    body = StreamField(StoryBlock(), blank=True, verbose_name=_("introduction"))

    objects = VETSystemManager()

    content_panels = [
        *BasePage.content_panels,
        FieldRowPanel(["country", "region"]),
        InlinePanel("vet_values", heading=_("Values"), label=_("Value")),
        InlinePanel("vet_programmes", heading=_("Programmes"), label=_("Programme")),
        FieldPanel("body"),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("body"),
        index.SearchField("region"),
        index.FilterField("country"),
    ]
    api_fields = [*BasePage.api_fields, "country", "region", "body"]
    override_translatable_fields = [
        *BasePage.override_translatable_fields,
        SynchronizedField("country", overridable=False),
    ]

    parent_page_types = ["v2v_pages.VETSystemIndexPage", "v2v_pages.VETSystemPage"]
    subpage_types = ["v2v_pages.VETSystemPage"]
    page_description = _("The VET system of a country or region in comparable values.")

    class Meta:
        verbose_name = _("VET system")
        verbose_name_plural = _("VET systems")

    def clean(self) -> None:
        """Keeps regions below their countries, and one profile for each country.

        Raises:
            ValidationError: on ``region`` or ``country``.
        """
        super().clean()
        parent = self.get_parent()
        above = parent.specific if parent else None
        if isinstance(above, VETSystemPage):
            if not self.region:
                raise ValidationError({"region": _("A page below a country is about a region.")})
            if self.country_id != above.country_id:
                raise ValidationError({"country": _("The page above is about another country.")})
        elif not self.region and self.country_id and self._has_rival():
            raise ValidationError({"country": _("This country has a profile already.")})

    def _has_rival(self) -> bool:
        profiles = VETSystemPage.objects.filter(country=self.country_id, region="")
        return bool(profiles.exclude(translation_key=self.translation_key).exists())

    @classmethod
    def read_profiles(cls, pages: Sequence["VETSystemPage"]) -> list[Profile]:
        """Returns the profiles of public pages, in a constant number of queries."""
        return read_profiles(pages)

    @property
    def country_code(self) -> str:
        """The code of the country as it stands in paths: "hr"."""
        return self.country.code.lower()

    @property
    def full_name(self) -> str:
        """The country, and the region if it is about one, in the language being written."""
        name = self.country.name
        return f"{name}: {self.region}" if self.region else name

    @cached_property
    def profile(self) -> Profile:
        """All that is documented, with the words of this version."""
        return read_profile(self, self.languages.versions)

    @cached_property
    def groups(self) -> list[Group]:
        """All indicators with the values of this system."""
        with text_in(self.language):
            return table_of(VETIndicator.objects.catalogue(), [self.profile])

    @property
    def public_body(self) -> Any:
        """The introduction without people whose consent has ended."""
        return public_stream(self.body)

    @property
    def published_on(self) -> Any:
        """The day of what is quoted: that of its last publication."""
        return timezone.localdate(self.last_published_at)

    is_publication_assumed = False

    @property
    def listing_authors(self) -> list[ListingAuthor]:
        """Nobody in particular: the project is named."""
        return []

    def listing_marks(self) -> list[ListingText]:
        """Whether values are samples, and whether the text is a translation."""
        with text_in(self.language):
            samples = [sample_mark()] if self.profile.has_samples else []
        return [*(ListingText(mark, self.language) for mark in samples), *origin_marks(self)]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Adds values, programmes and chart, the regions, and what it can be compared with."""
        context = super().get_context(request, *args, **kwargs)
        systems = VETSystemPage.objects.listed_for(self.languages.reader)
        here = [each for each in systems if each.country_id == self.country_id]
        others = [] if self.region else [each for each in systems if not each.region]
        return context | {
            "body": self.public_body,
            "api_url": api_item_url(self),
            "groups": self.groups,
            "columns": [_("Value")],
            "profile": self.profile,
            "chart": draw_chart(self.profile.programmes),
            "regions": [each for each in here if each.region and each.pk != self.pk],
            "comparisons": [
                (each, comparison_path([self, each])) for each in others if each not in here
            ],
        }

    def structured_data(self) -> dict[str, Any]:
        """Adds the values as a data set, without samples."""
        with text_in(self.language):
            return super().structured_data() | system_data(self, self.groups)
