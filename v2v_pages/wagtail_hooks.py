"""What the admin learns from this app."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.action_menu import ActionMenuItem
from wagtail.admin.menu import MenuItem
from wagtail.log_actions import LogActionRegistry
from wagtail.models import Page

from .consents.panel import EndedConsentsPanel
from .forms import refuse_taken_address
from .models import RepositoryArticlePage
from .repository.reviews import MarkReviewedView, ReviewReportView
from .selectors import translation_of
from .services.reviewing import REVIEWED, may_review
from .translation.editor import (
    ALIAS_ACTION,
    RESTART_ACTION,
    RESUME_ACTION,
    ReviewedUpdateView,
    WholeTreeView,
    decline_alias,
    open_translation_editor,
    resume_after_saving,
)


@hooks.register("register_admin_urls", order=-1)
def guard_translations() -> list[URLPattern]:
    """Answers before wagtail-localize does, at three of its addresses."""
    return [
        path("localize/page/<int:page_id>/convert_to_alias/", decline_alias),
        path("localize/submit/page/<int:page_id>/", WholeTreeView.as_view()),
        path("localize/update/<int:translation_source_id>/", ReviewedUpdateView.as_view()),
    ]


@hooks.register("before_edit_page", order=-1)
def guard_translation_editor(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Answers before wagtail-localize does where a translation is edited."""
    return open_translation_editor(request, page)


@hooks.register("after_edit_page")
def resume_saved_translation(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Goes on in the translation editor when a page has been saved for that."""
    return resume_after_saving(request, page)


class ResumeTranslationMenuItem(ActionMenuItem):
    """Saves what was edited by hand, then goes on sentence by sentence."""

    label = _("Translate sentence by sentence again")
    name = RESUME_ACTION
    icon_name = "rotate"
    classname = "action-secondary"

    def is_shown(self, context: dict[str, Any]) -> bool:
        """Offers it where the page editor shows a translation."""
        if context["view"] != "edit" or context["locked_for_user"]:
            return False
        return translation_of(context["page"], enabled=False) is not None


class MarkReviewedMenuItem(ActionMenuItem):
    """Leads to the form that marks an article of the repository as reviewed."""

    label = _("Mark as reviewed")
    name = "action-mark-reviewed"
    icon_name = "check"

    def is_shown(self, context: dict[str, Any]) -> bool:
        """Offers it to whoever may vouch for the article."""
        page = context.get("page")
        if context["view"] != "edit" or not isinstance(page, RepositoryArticlePage):
            return False
        return may_review(page, context["request"].user)

    def get_url(self, parent_context: dict[str, Any]) -> str:
        """Returns the address of the form."""
        return reverse("v2v_mark_reviewed", args=[parent_context["page"].pk])


@hooks.register("register_page_action_menu_item")
def offer_to_mark_as_reviewed() -> MarkReviewedMenuItem:
    """Adds the way to the form below the editor."""
    return MarkReviewedMenuItem(order=90)


@hooks.register("register_admin_urls")
def add_reviews() -> list[URLPattern]:
    """Adds the report of reviews and the form that marks one as done."""
    report = "reports/reviews/"
    return [
        path(report, ReviewReportView.as_view(), name="v2v_review_report"),
        path(
            f"{report}results/",
            ReviewReportView.as_view(results_only=True),
            name="v2v_review_report_results",
        ),
        path("reviews/<int:page_id>/", MarkReviewedView.as_view(), name="v2v_mark_reviewed"),
    ]


@hooks.register("register_reports_menu_item")
def offer_report_of_reviews() -> MenuItem:
    """Adds the report to the menu."""
    return MenuItem(
        _("Review due"), reverse("v2v_review_report"), icon_name="calendar-check", order=750
    )


@hooks.register("register_log_actions")
def name_reviews_in_the_log(actions: LogActionRegistry) -> None:
    """Lets the history of an article say that it was reviewed."""
    actions.register_action(REVIEWED, _("Review"), _("Marked as reviewed"))


@hooks.register("register_page_action_menu_item")
def offer_to_resume() -> ResumeTranslationMenuItem:
    """Adds the offer below the form."""
    return ResumeTranslationMenuItem(order=0)


@hooks.register("construct_page_action_menu")
def offer_no_alias(items: list[Any], _request: HttpRequest, _context: dict[str, Any]) -> None:
    """Takes away what would lose text: aliases, and wagtail-localize's own way to resume."""
    items[:] = [item for item in items if item.name not in {ALIAS_ACTION, RESTART_ACTION}]


@hooks.register("before_move_page")
def refuse_taken_place(request: HttpRequest, page: Page, destination: Page) -> HttpResponse | None:
    """Keeps a page from moving to where it, or another page, could no longer be read."""
    try:
        refuse_taken_address(page, parent=destination, slug=page.slug)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("wagtailadmin_pages:move", page.pk)
    return None


@hooks.register("insert_editor_js")
def clean_pasted_text() -> SafeString:
    """Keeps of a paste what the site can show; a table becomes a block of the body."""
    return format_html(
        '<script src="{}"></script><script src="{}"></script>'
        '<script src="{}" data-too-long="{}" data-nothing="{}"></script>',
        static("v2v_pages/pasting/cleaning.js"),
        static("v2v_pages/pasting/content.js"),
        static("v2v_pages/pasting/editor.js"),
        _("This is too long to be pasted at once, so nothing was: paste it in parts."),
        _("What you pasted holds no text: add images and files as blocks of their own."),
    )


@hooks.register("construct_homepage_panels")
def tell_of_ended_consents(_request: HttpRequest, panels: list[Any]) -> None:
    """Names the pages whose people are no longer shown, to whoever may edit them."""
    panels.append(EndedConsentsPanel())
