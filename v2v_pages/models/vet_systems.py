"""The profile of one VET system: that of a country, or of one of its regions."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from v2v_snippets.fields import StreamField
from v2v_snippets.language.reading import text_in
from v2v_snippets.models import Country, VETIndicator
from v2v_snippets.publication.listing import ListingText

from ..blocks import StoryBlock, public_stream
from ..blocks.rendering import html_for_others, load_bodies, stream_html
from ..frame import api_item_url, feed_links
from ..marks import origin_marks
from ..querysets import VETSystemManager
from ..vet_systems.chart import draw_chart
from ..vet_systems.data import system_data
from ..vet_systems.marks import sample_mark
from ..vet_systems.profiles import Profile, read_profile, read_profiles
from ..vet_systems.selection import comparison_path
from ..vet_systems.table import Group, table_of
from .listed import ListedPage


class VETSystemPage(ListedPage):
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
        *ListedPage.content_panels,
        FieldRowPanel(["country", "region"]),
        InlinePanel("vet_values", heading=_("Values"), label=_("Value")),
        InlinePanel("vet_programmes", heading=_("Programmes"), label=_("Programme")),
        FieldPanel("body"),
    ]
    search_fields = [
        *ListedPage.search_fields,
        index.SearchField("body"),
        index.SearchField("region"),
        index.FilterField("country"),
    ]
    api_fields = [*ListedPage.api_fields, "country", "region", "body"]
    override_translatable_fields = [
        *ListedPage.override_translatable_fields,
        SynchronizedField("country", overridable=False),
    ]

    parent_page_types = ["v2v_pages.VETSystemIndexPage", "v2v_pages.VETSystemPage"]
    subpage_types = ["v2v_pages.VETSystemPage"]
    page_description = _("The VET system of a country or region in comparable values.")
    listing_type = "vet-systems"

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
    def listed_pages(cls, language: str) -> models.QuerySet[Any]:
        """Returns the public profiles for a reader of ``language``, the newest first."""
        systems: models.QuerySet[Any] = cls.objects.listed_for(language).with_samples()
        shown = systems.select_related("listing_image", "funding_statement")
        newest = shown.order_by("-first_published_at", "-pk")
        return newest.prefetch_related("funding_statement__texts")

    @classmethod
    def load_bodies(cls, pages: Sequence[Any]) -> None:
        """Loads introductions, values and programmes of all ``pages`` at once."""
        catalogue = VETIndicator.objects.catalogue()
        bodies = load_bodies([page.body for page in pages])
        for page, body, profile in zip(pages, bodies, read_profiles(pages), strict=True):
            page.public_body, page.profile = body, profile
            with text_in(page.language):
                page.groups = table_of(catalogue, [profile])

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

    @cached_property
    def has_samples(self) -> bool:
        """Whether any of it is an example; lists ask it of all at once."""
        return self.profile.has_samples

    @cached_property
    def public_body(self) -> Any:
        """The introduction without people whose consent has ended."""
        return public_stream(self.body)

    @property
    def published_on(self) -> Any:
        """The day of what is quoted: that of its last publication."""
        return timezone.localdate(self.last_published_at)

    is_publication_assumed = False

    @property
    def listing_date(self) -> date | None:
        """The day of its first publication: values that are corrected later are no news."""
        first = self.first_published_at
        return timezone.localdate(first) if first else None

    def listing_marks(self) -> list[ListingText]:
        """Whether values are samples, and whether the text is a translation."""
        with text_in(self.language):
            samples = [sample_mark()] if self.has_samples else []
        return [*(ListingText(mark, self.language) for mark in samples), *origin_marks(self)]

    def body_html(self, request: HttpRequest | None = None) -> str:
        """The introduction, and what is documented: values and programmes with their sources."""
        with text_in(self.language):
            context = {"page": self, "columns": [_("Value")]}
            tables = render_to_string("v2v_components/vet_tables.html", context)
        introduction = stream_html(self.public_body, language=self.language, request=request)
        return introduction + html_for_others(tables, request)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Adds values, programmes and chart, the regions, and what it can be compared with."""
        context = super().get_context(request, *args, **kwargs)
        systems = VETSystemPage.objects.listed_for(self.languages.reader)
        here = [each for each in systems if each.country_id == self.country_id]
        others = [] if self.region else [each for each in systems if not each.region]
        return context | {
            "body": self.public_body,
            "api_url": api_item_url(self),
            "list_feeds": feed_links(self.languages.reader, self.listing_type),
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
