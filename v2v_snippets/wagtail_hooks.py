"""What the admin and the site learn from this app."""

from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import URLPattern, URLResolver, include, path, reverse, reverse_lazy
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.rich_text.editors.draftail.features import EntityFeature
from wagtail.log_actions import LogActionRegistry, LogFormatter
from wagtail.snippets.models import register_snippet

from .importing.views import ExportView, ImportListView, ImportView
from .language_parts import LanguageLinkHandler
from .publication.serving import serve_in_readers_language
from .rich_text import (
    LANGUAGE_RULE,
    TERM_RULE,
    PublicDocumentLinkHandler,
    ReaderPageLinkHandler,
    TermLinkHandler,
)
from .services.consents import named_by_pages, why_kept
from .services.glossary_writing import IMPORTED
from .views import TermbaseReportView, choose_language
from .viewsets import ProjectViewSetGroup

CONCEPT_CHOOSER: Final = "wagtailsnippetchoosers_v2v_snippets_glossaryconcept:choose"

register_snippet(ProjectViewSetGroup)
hooks.register("on_serve_page", serve_in_readers_language)


@hooks.register("register_rich_text_features", order=100)
def register_link_handlers(features: Any) -> None:
    """Replaces Wagtail's handlers, which leave the reader's language and name private files."""
    features.register_link_type(ReaderPageLinkHandler)
    features.register_link_type(PublicDocumentLinkHandler)


@hooks.register("register_rich_text_features")
def register_terms(features: Any) -> None:
    """Lets editors say which concept of the glossary some words name."""
    features.register_link_type(TermLinkHandler)
    features.register_converter_rule("contentstate", "term", TERM_RULE)
    control = {
        "type": "TERM",
        "icon": "openquote",
        "description": _("Term of the glossary"),
        "chooserUrls": {"conceptChooser": reverse_lazy(CONCEPT_CHOOSER)},
    }
    scripts = ["wagtailadmin/js/chooser-modal.js", "v2v_snippets/terms.js"]
    features.register_editor_plugin("draftail", "term", EntityFeature(control, js=scripts))


@hooks.register("register_rich_text_features")
def register_parts_in_other_languages(features: Any) -> None:
    """Lets editors say which words are in another language than the text."""
    features.register_link_type(LanguageLinkHandler)
    features.register_converter_rule("contentstate", "language", LANGUAGE_RULE)
    control = {
        "type": "LANGUAGE",
        "icon": "globe",
        "description": _("Words in another language"),
        "chooserUrls": {"languageChooser": reverse_lazy("v2v_choose_language")},
    }
    scripts = ["v2v_snippets/languages.js"]
    features.register_editor_plugin("draftail", "language", EntityFeature(control, js=scripts))


@hooks.register("register_admin_urls")
def register_language_chooser() -> list[URLPattern]:
    """Adds the dialog that asks for the language of some words."""
    return [path("choose-language/", choose_language, name="v2v_choose_language")]


@hooks.register("insert_global_admin_js")
def fill_slugs_as_the_server_does() -> SafeString:
    """Brings the script that fills the slug while a title is typed."""
    return format_html('<script type="module" src="{}"></script>', static("v2v_snippets/slugs.js"))


class TermbaseReportMenuItem(MenuItem):
    """The way to the report, for those who may see concepts."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Tells whether this user may see concepts."""
        return bool(request.user.has_perm("v2v_snippets.view_glossaryconcept"))


@hooks.register("register_admin_urls")
def register_pages_of_the_termbase() -> list[URLPattern | URLResolver]:
    """Puts the report beside Wagtail's own, and the import beside the list of concepts."""
    view = TermbaseReportView
    report = [
        path("", view.as_view(), name="termbase_report"),
        path("results/", view.as_view(results_only=True), name="termbase_report_results"),
    ]
    imports = [
        path("", ImportListView.as_view(), name="list"),
        path("<int:pk>/", ImportView.as_view(), name="show"),
        path("glossary.<slug:extension>", ExportView.as_view(), name="export"),
    ]
    return [
        path("reports/glossary/", include((report, "v2v_snippets"))),
        path("glossary-imports/", include((imports, "v2v_glossary_imports"))),
    ]


@hooks.register("register_reports_menu_item")
def register_termbase_report_menu_item() -> MenuItem:
    """Names the report in the menu."""
    url = reverse("v2v_snippets:termbase_report")
    label = _("Integrity of the glossary")
    return TermbaseReportMenuItem(label, url, name="glossary", icon_name="openquote", order=1200)


@hooks.register("register_log_actions")
def name_imports_in_the_log(actions: LogActionRegistry) -> None:
    """Lets the history of a concept say which file changed it."""

    @actions.register_action(IMPORTED)
    class ImportFormatter(LogFormatter):
        label = _("Import")

        def format_message(self, log_entry: Any) -> str:
            return gettext("Imported from %s") % log_entry.data.get("file", "")


@hooks.register("before_delete_snippet")
def keep_consents(request: HttpRequest, instances: list[Any]) -> HttpResponse | None:
    """Says beside which pages name a consent what to do instead of deleting it."""
    place = named_by_pages(instances).first()
    if place is None:
        return None
    messages.error(request, why_kept())
    return redirect("wagtailsnippets_v2v_snippets_personconsent:usage", place.to_object_id)


@hooks.register("before_bulk_action")
def keep_consents_among(
    request: HttpRequest, action_type: str, objects: list[Any], _action: Any
) -> HttpResponse | None:
    """Does the same where several are deleted at once."""
    return keep_consents(request, objects) if action_type == "delete" else None
