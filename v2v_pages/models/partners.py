"""The directory of schools and networks."""

from typing import Any, ClassVar

from django.http import Http404, HttpRequest
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.routable_page.models import RoutablePageMixin, path

from v2v_snippets.models import Team
from v2v_snippets.selectors import all_partners, all_twinnings

from ..structured_data import organization_data
from .base import BasePage


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

    @path("")
    def show_directory(self, request: HttpRequest) -> TemplateResponse:
        """Shows all partners and the three teams."""
        teams = Team.objects.prefetch_related("texts", "memberships__partner")
        context = {"partners": all_partners(), "teams": teams}
        return self.render(request, context_overrides=context)

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
            context_overrides={"partner": partner, "twinning": twinning},
        )

    def structured_data(self, request: HttpRequest | None = None) -> dict[str, Any]:
        """Lists the partners as organizations."""
        partners = [organization_data(partner) for partner in all_partners()]
        return super().structured_data(request) | {"about": partners}
