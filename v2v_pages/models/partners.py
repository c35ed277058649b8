"""The directory of schools and networks."""

from dataclasses import dataclass
from typing import Any, ClassVar

from django.http import Http404, HttpRequest
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.routable_page.models import RoutablePageMixin, path

from v2v_snippets.enums import Side
from v2v_snippets.models import Partner, Team
from v2v_snippets.selectors import all_partners, all_twinnings

from ..languages import own_link
from ..structured_data import VOCABULARY, organization_data
from .base import BasePage


@dataclass(frozen=True, slots=True)
class PartnerGroup:
    """A heading of the directory and the partners below it."""

    name: Any
    partners: list[Partner]


class PartnerIndexPage(RoutablePageMixin, BasePage):
    """All partners and teams; each partner has its page below, by slug."""

    parent_page_types = ["v2v_pages.HomePage"]
    subpage_types: ClassVar[list[str]] = []
    max_count_per_parent = 1
    page_description = _("The directory of schools and networks.")
    schema_type = "CollectionPage"

    content_panels = BasePage.content_panels

    class Meta:
        verbose_name = _("directory of partners")
        verbose_name_plural = _("directories of partners")

    @classmethod
    def public_paths(cls) -> list[str]:
        """The paths below the directory that are pages of their own, for the site map."""
        return [f"{slug}/" for slug in Partner.objects.values_list("slug", flat=True)]

    @path("")
    def show_directory(self, request: HttpRequest) -> TemplateResponse:
        """Shows all partners and the three teams."""
        partners = all_partners()
        about = [organization_data(partner) for partner in partners]
        return self.render(
            request,
            context_overrides={
                "groups": grouped_by_side(partners),
                "teams": Team.objects.prefetch_related("texts", "memberships__partner"),
                "structured_data": self.structured_data(request) | {"about": about},
            },
        )

    @path("<slug:slug>/", name="partner")
    def show_partner(self, request: HttpRequest, slug: str) -> TemplateResponse:
        """Shows one partner with its twinning."""
        partner = next((p for p in all_partners() if p.slug == slug), None)
        if partner is None:
            raise Http404
        twinning = next((t for t in all_twinnings() if partner in t.schools), None)
        return self.render(
            request,
            template="v2v_pages/partner.html",
            context_overrides={
                "partner": partner,
                "twinnings": [twinning] if twinning else [],
                "crumb": own_link(self),
                "structured_data": {"@context": VOCABULARY, **organization_data(partner)},
            },
        )


def grouped_by_side(partners: list[Partner]) -> list[PartnerGroup]:
    """Returns the groups of the directory that have members, in their fixed order."""
    names = {**dict(Side.choices), "": _("Networks")}
    groups = [
        PartnerGroup(name, [partner for partner in partners if partner.side == side])
        for side, name in names.items()
    ]
    return [group for group in groups if group.partners]
