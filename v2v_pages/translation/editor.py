"""Keeps wagtail-localize within the rules of the site, at its own addresses.

As it comes, whoever may edit a translation can also turn it into an alias, which takes it from its
readers; whoever may submit translations can publish all of them, translated or not; and resuming a
translation overwrites what was typed by hand.
"""

from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.models import Page
from wagtail_localize.models import Translation, TranslationSource
from wagtail_localize.views.submit_translations import SubmitPageTranslationView
from wagtail_localize.views.update_translations import UpdateTranslationsView

from ..selectors import translation_of
from ..services.publishing import require_complete, submit_for_review
from ..services.refreshing import refresh
from ..services.resuming import resume_translation
from ..services.submitting import translate_missing_descendants

ALIAS_ACTION = "localize-convert-to-alias"
RESTART_ACTION = "localize-restart-translation"
RESUME_ACTION = "v2v-resume-translation"


def open_translation_editor(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Stands before wagtail-localize's editor: keeps it from failing, publishing too early, losing.

    Raises:
        IncompleteTranslationError: when sentences are missing in what shall be published.
    """
    translation = translation_of(page)
    if translation is None:
        return None
    if not translation.enabled:
        is_resumed = request.method == "POST" and RESTART_ACTION in request.POST
        return resume(request, page, translation) if is_resumed else None
    refresh(translation.source)
    action = request.POST.get("action")
    if action == "publish":
        require_complete(translation)
    if action == "submit":
        return submit(request, page, translation)
    return None


def resume_after_saving(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Goes from the page editor to the translation editor, with what the form held saved before."""
    translation = translation_of(page, enabled=False)
    if translation is None or RESUME_ACTION not in request.POST:
        return None
    return resume(request, page, translation)


def resume(request: HttpRequest, page: Page, translation: Translation) -> HttpResponse:
    """Resumes a translation and says what of the text edited by hand found no place in it."""
    by_hand = page.get_latest_revision()
    lost = resume_translation(translation)
    messages.success(request, _("You are translating sentence by sentence again."))
    if lost and by_hand:
        url = reverse("wagtailadmin_pages:revisions_view", args=[page.pk, by_hand.pk])
        messages.warning(
            request,
            _("What was changed by hand here has no counterpart in the original: %(places)s.")
            % {"places": ", ".join(lost)},
            buttons=[messages.button(url, _("The text edited by hand"), new_window=True)],
        )
    return redirect("wagtailadmin_pages:edit", page.pk)


def submit(request: HttpRequest, page: Page, translation: Translation) -> HttpResponse:
    """Hands a translation to the review.

    Raises:
        IncompleteTranslationError: when sentences are missing in it.
    """
    if not page.permissions_for_user(request.user).can_submit_for_moderation():
        raise PermissionDenied
    try:
        state = submit_for_review(translation, user=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        if state is None:
            messages.warning(request, _("The draft is saved; no review is set up for this page."))
        else:
            messages.success(request, _("The translation has been submitted for review."))
    return redirect(request.path)


def decline_alias(request: HttpRequest, page_id: int) -> HttpResponse:
    """Stands where wagtail-localize makes an alias of a translation, and makes none."""
    page = get_object_or_404(Page, pk=page_id)
    messages.warning(
        request,
        _("Readers see an untranslated page in the next best language by itself: unpublish it."),
    )
    return redirect("wagtailadmin_pages:edit", page.pk)


class WholeTreeView(SubmitPageTranslationView):
    """Sends a page to its translators, with all pages below it that have no translation yet."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Leaves alone what is translated already, and perhaps edited by hand."""
        with_descendants = form.cleaned_data["include_subtree"]
        form.cleaned_data["include_subtree"] = False
        response: HttpResponse = super().form_valid(form)
        if with_descendants:
            translate_missing_descendants(
                self.object,
                locales=form.cleaned_data["locales"],
                user=self.request.user,
                components=self.components,
            )
        return response


class ReviewedUpdateView(UpdateTranslationsView):
    """Updates translations; publishes them only for somebody who may publish each of them."""

    def get_form(self) -> Any:
        """Returns the form, in which "publish" counts only for those who may."""
        form = super().get_form()
        if not may_publish_translations(self.request.user, self.object):
            field = form.fields["publish_translations"]
            field.disabled = True  # whatever is sent, it stays off
            field.help_text = _("Somebody who may publish these pages publishes the translations.")
        return form

    def form_valid(self, form: Any) -> HttpResponse:
        """Publishes what is complete, and says what is not."""
        publish = form.cleaned_data["publish_translations"]
        form.cleaned_data["publish_translations"] = False
        response: HttpResponse = super().form_valid(form)
        if publish:
            self.publish_complete()
        return response

    def publish_complete(self) -> None:
        """Publishes the complete translations; readers keep the last text of all others."""
        translations = self.object.translations.filter(enabled=True)
        for translation in translations.select_related("source", "target_locale"):
            try:
                require_complete(translation)
                translation.save_target(user=self.request.user, publish=True)
            except ValidationError as error:
                language = translation.target_locale.get_display_name()
                messages.warning(self.request, f"{language}: {' '.join(error.messages)}")


def may_publish_translations(user: AbstractBaseUser, source: TranslationSource) -> bool:
    """Tells whether ``user`` may publish every page that is translated from ``source``."""
    targets = [
        translation.get_target_instance()
        for translation in source.translations.filter(enabled=True)
    ]
    return all(
        page.permissions_for_user(user).can_publish() for page in targets if isinstance(page, Page)
    )
