"""The directory of schools and networks."""

from dataclasses import dataclass
from typing import Any, ClassVar

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.routable_page.models import RoutablePageMixin, path, re_path

from v2v_snippets.enums import Side
from v2v_snippets.language.reading import text_in
from v2v_snippets.models import Partner, Team
from v2v_snippets.selectors import all_partners, all_twinnings

from ..directories import PARTNER_FACETS, partner_paths
from ..facets import FILTERED_ROUTE, FilteredRecords
from ..languages import own_link
from ..structured_data import placed_organization_data
from ..subject import Subject
from .base import BasePage


@dataclass(frozen=True, slots=True)
class PartnerGroup:
    """A heading of the directory and the partners below it."""

    name: Any
    partners: list[Partner]


class PartnerIndexPage(RoutablePageMixin, BasePage):
    """All partners and teams; each partner has its page below, by slug."""

    parent_page_types = None
    subpage_types: ClassVar[list[str]] = []
    max_count_per_parent = 1
    page_description = _("The directory of schools and networks.")
    schema_type = "CollectionPage"
    holds_records = True

    content_panels = BasePage.content_panels

    class Meta:
        verbose_name = _("directory of partners")
        verbose_name_plural = _("directories of partners")

    @classmethod
    def public_paths(cls) -> list[str]:
        """The paths below the directory that are pages of their own, for the site map."""
        return partner_paths()

    @path("")
    def show_directory(self, request: HttpRequest) -> HttpResponse:
        """Shows all partners and the three teams."""
        teams = Team.objects.prefetch_related("texts", "memberships__partner")
        return self._render_list(request, "", teams=teams)

    @re_path(FILTERED_ROUTE, name="filtered")
    def show_filtered(self, request: HttpRequest, filters: str) -> HttpResponse:
        """Shows the partners with all these properties; the order of filters has one address."""
        return self._render_list(request, filters)

    @path("<slug:slug>/", name="partner")
    def show_partner(self, request: HttpRequest, slug: str) -> TemplateResponse:
        """Shows one partner with its twinning."""
        partner = next((p for p in all_partners() if p.slug == slug), None)
        if partner is None:
            raise Http404
        twinning = next((t for t in all_twinnings() if partner in t.schools), None)
        text = partner.text_in(self.language)
        facts = f"{partner}: {partner.get_kind_display()}, {partner.place}"
        data = {"@type": "WebPage", "mainEntity": placed_organization_data(partner)}
        return self.render(
            request,
            template="v2v_pages/partner.html",
            context_overrides={
                "partner": partner,
                "twinnings": [twinning] if twinning else [],
                "crumb": own_link(self),
                "subject": Subject(str(partner), text.description if text else facts, data),
            },
        )

    def _render_list(self, request: HttpRequest, filters: str, **context: Any) -> HttpResponse:
        with text_in(self.language):
            filtered = FilteredRecords(PARTNER_FACETS, all_partners(), filters)
        if filtered.path != filters:
            return redirect(self.languages.url + filtered.path)
        address = self.get_full_url(request)
        names = [(str(partner), f"{address}{partner.slug}/") for partner in filtered.matching]
        context |= {
            "filtered": filtered,
            "filter_groups": filtered.groups(self.languages.url),
            "ways_out": [] if filtered.matching else filtered.ways_out(self.languages.url),
            "groups": grouped_by_side(filtered.matching),
            "subject": filtered.subject(self.subject, names),
            "crumb": own_link(self) if filtered.chosen else None,
        }
        return self.render(request, context_overrides=context)


def grouped_by_side(partners: list[Partner]) -> list[PartnerGroup]:
    """Returns the groups of the directory that have members, in their fixed order."""
    names = {**dict(Side.choices), "": _("Networks")}
    groups = [
        PartnerGroup(name, [partner for partner in partners if partner.side == side])
        for side, name in names.items()
    ]
    return [group for group in groups if group.partners]
