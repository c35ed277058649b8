"""The page on which an editor ticks what goes into an issue; it works without script."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext, gettext_lazy, ngettext
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from v2v_snippets.publication.changes import recording_changes

from ..models import NewsletterPage
from ..services.picking import Offers, add_features, last_issue_before, offers_for

LAST = 10_000


class PickView(WagtailAdminTemplateMixin, TemplateView):
    """Offers what was published since the last issue, and adds what is ticked to the draft."""

    template_name = "communication_newsletters/admin/pick.html"
    page_title = gettext_lazy("Since the last issue")
    header_icon = "tick"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Answers 403 to whoever may not edit the issue now."""
        rights = self.issue.permissions_for_user(request.user)
        if not rights.can_edit() or rights.page_locked():
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def issue(self) -> Any:
        """The issue, as its last draft is."""
        page = get_object_or_404(NewsletterPage, pk=self.kwargs["pk"])
        return page.get_latest_revision_as_object()

    @cached_property
    def offers(self) -> Offers:
        """What can be ticked."""
        return offers_for(self.issue)

    def get_page_subtitle(self) -> str:
        """Names the issue."""
        return str(self.issue.get_admin_display_title())

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Leads back to the editor."""
        edit = reverse("wagtailadmin_pages:edit", args=[self.issue.pk])
        way = [{"url": edit, "label": self.get_page_subtitle()}]
        return [*self.breadcrumbs_items, *way, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds the items and the last issue."""
        return super().get_context_data(
            offers=self.offers, issue=self.issue, last=last_issue_before(self.issue), **kwargs
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Adds what is ticked, in the order given, and leads back to the editor."""
        ticked = {key for key in request.POST.getlist("page") if key.isdecimal()}
        chosen = [offer.page for offer in self.offers.items if str(offer.page.pk) in ticked]
        chosen.sort(key=lambda page: _place(request, page.pk))
        if chosen:
            with recording_changes():
                add_features(issue=self.issue, pages=chosen, user=request.user)
            added = ngettext(
                "%(number)d item was added to the draft.",
                "%(number)d items were added to the draft.",
                len(chosen),
            )
            messages.success(request, added % {"number": len(chosen)})
        else:
            messages.warning(request, gettext("Nothing was ticked, and nothing added."))
        return redirect("wagtailadmin_pages:edit", self.issue.pk)


def _place(request: HttpRequest, key: int) -> int:
    """Returns the place that was typed for an item; those without one come last, as listed."""
    typed = request.POST.get(f"place-{key}", "").strip()
    return int(typed) if typed.isdecimal() and len(typed) < 5 else LAST
