"""Reviews in the admin: the report of what is due, and the form that marks it as reviewed."""

from typing import Any

import django_filters
from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Case, CharField, Value, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.views.reports import PageReportView
from wagtail.admin.widgets import AdminDateInput

from v2v_snippets.enums import ReviewState

from ..models import RepositoryArticlePage
from ..models.repository import next_review_on
from ..querysets import state_on
from ..services.reviewing import mark_reviewed, may_review


class ReviewForm(forms.Form):
    """Asks when the next review is due."""

    review_on = forms.DateField(
        label=gettext_lazy("Next review"), initial=next_review_on, widget=AdminDateInput
    )

    def clean_review_on(self) -> Any:
        """Refuses a day that is not in the future."""
        day = self.cleaned_data["review_on"]
        if day <= timezone.localdate():
            raise ValidationError(_("Choose a day after today."))
        return day


class MarkReviewedView(View):
    """Asks for the next review, then marks the article as reviewed in all its languages."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Finds the article; answers 403 to whoever may not vouch for it."""
        self.page = get_object_or_404(RepositoryArticlePage, pk=kwargs["page_id"])
        if not may_review(self.page, request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Shows the form."""
        return self._show(ReviewForm())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Marks the article, and goes back to its editor."""
        form = ReviewForm(request.POST)
        if not form.is_valid():
            return self._show(form)
        day = form.cleaned_data["review_on"]
        mark_reviewed(page=self.page, user=request.user, next_review_on=day)
        title = self.page.get_admin_display_title()
        messages.success(request, _("“%(title)s” is marked as reviewed.") % {"title": title})
        return redirect("wagtailadmin_pages:edit", self.page.pk)

    def _show(self, form: ReviewForm) -> HttpResponse:
        context = {
            "form": form,
            "media": form.media,
            "page_title": _("Mark as reviewed"),
            "page_subtitle": self.page.get_admin_display_title(),
            "header_icon": "check",
            "action_url": reverse("v2v_mark_reviewed", args=[self.page.pk]),
            "submit_button_label": _("Mark as reviewed"),
        }
        return TemplateResponse(self.request, "wagtailadmin/generic/form.html", context)


class ReviewFilterSet(WagtailFilterSet):
    """Narrows the report down."""

    state = django_filters.ChoiceFilter(
        label=gettext_lazy("State"), choices=ReviewState.choices, method="filter_state"
    )
    review_on = django_filters.DateFilter(
        label=gettext_lazy("Due by"), lookup_expr="lte", widget=AdminDateInput
    )

    class Meta:
        model = RepositoryArticlePage
        fields = ["state", "review_on", "topics", "responsible"]

    def filter_state(self, articles: Any, _name: str, value: str) -> Any:
        """Keeps the articles that are in this state today."""
        return articles.in_state(ReviewState(value), timezone.localdate())


class ReviewReportView(PageReportView):
    """Each published article once, the longest due first; CSV and XLSX by Wagtail."""

    results_template_name = "v2v_pages/reports/reviews_results.html"
    page_title = gettext_lazy("Review due")
    header_icon = "calendar-check"
    model = RepositoryArticlePage
    filterset_class = ReviewFilterSet
    index_url_name = "v2v_review_report"
    index_results_url_name = "v2v_review_report_results"
    list_export = (
        "title",
        "state_label",
        "review_on",
        "last_reviewed_on",
        "valid_until",
        "responsible",
    )
    export_headings = {
        "title": gettext_lazy("Title"),
        "state_label": gettext_lazy("State"),
        "review_on": gettext_lazy("Review due on"),
        "last_reviewed_on": gettext_lazy("Last reviewed on"),
        "valid_until": gettext_lazy("Valid until"),
        "responsible": gettext_lazy("Responsible for reviews"),
    }
    any_permission_required = ["add", "change", "publish"]

    def get_queryset(self) -> Any:
        """Returns the articles that this person may change, with their states."""
        policy = self.permission_policy
        mine = policy.instances_user_has_any_permission_for(
            self.request.user, ["change", "publish"]
        )
        today = timezone.localdate()
        states = [When(state_on(s, today), then=Value(str(s.label))) for s in ReviewState]
        self.queryset = (
            RepositoryArticlePage.objects.originals()
            .filter(pk__in=mine.values("pk"))
            .select_related("responsible", "locale", "content_type")
            .prefetch_workflow_states()
            .annotate_approved_schedule()
            .annotate(state_label=Case(*states, output_field=CharField()))
            .order_by("review_on", "pk")
        )
        return super().get_queryset()
