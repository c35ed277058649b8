"""What editors see of the termbase as a whole."""

from typing import Any

from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.modal_workflow import render_modal_workflow
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.reports import ReportView

from .language.locales import content_languages
from .language_parts import LanguageForm, part_data
from .models import GlossaryConcept
from .services.glossary_checks import ConceptReport, concept_reports


class TermbaseReportView(ReportView):
    """Lists what got past the rules of the termbase, with the way to mend it."""

    model = GlossaryConcept
    page_title = _("Integrity of the glossary")
    header_icon = "openquote"
    any_permission_required = ["view", "change"]
    index_url_name = "v2v_snippets:termbase_report"
    index_results_url_name = "v2v_snippets:termbase_report_results"
    no_results_message = _("All concepts keep to the rules.")
    list_export = ["identifier", "place", "message"]
    export_headings = {"identifier": _("Concept"), "place": _("Place"), "message": _("Fault")}
    columns = [
        TitleColumn(
            "identifier", label=_("Concept"), get_url=lambda report: edit_url(report.concept)
        ),
        Column("place", label=_("Place")),
        Column("message", label=_("Fault")),
    ]

    def get_queryset(self) -> list[ConceptReport]:
        """Returns the reports, which are no rows of one table."""
        return concept_reports()

    def filter_queryset(self, queryset: Any) -> Any:
        """Returns everything: there is nothing to filter by."""
        return queryset


def edit_url(pk: int | None) -> str | None:
    """Returns where a concept is edited; None without one."""
    if pk is None:
        return None
    url: str | None = AdminURLFinder().get_edit_url(GlossaryConcept(pk=pk))
    return url


def choose_language(request: HttpRequest) -> JsonResponse:
    """Asks an editor for the language of some words, in a dialog of the rich text editor."""
    current = request.GET.get("lang", "")
    name = "language" if current in content_languages() else "other"
    form = LanguageForm(request.POST or None, initial={name: current})
    template: str | None = "v2v_snippets/choose_language.html"
    answer: dict[str, Any] = {"step": "choose"}
    if form.is_valid():
        template = None
        answer = {"step": "chosen", "result": part_data(form.cleaned_data["chosen"])}
    response: JsonResponse = render_modal_workflow(request, template, None, {"form": form}, answer)
    return response
