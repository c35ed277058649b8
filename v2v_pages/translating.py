"""Keeps wagtail-localize within the rules of the site: no aliases, and no way round the review.

As it comes, whoever may edit a translation can also turn it into an alias, which takes it from its
readers, and whoever may submit translations can publish all of them with "Sync translated pages".
"""

from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.models import Page
from wagtail_localize.models import TranslationSource
from wagtail_localize.views.update_translations import UpdateTranslationsView

ALIAS_ACTION = "localize-convert-to-alias"


def decline_alias(request: HttpRequest, page_id: int) -> HttpResponse:
    """Stands where wagtail-localize makes an alias of a translation, and makes none."""
    page = get_object_or_404(Page, pk=page_id)
    messages.warning(
        request,
        _("Readers see an untranslated page in the next best language by itself: unpublish it."),
    )
    return redirect("wagtailadmin_pages:edit", page.pk)


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


def may_publish_translations(user: AbstractBaseUser, source: TranslationSource) -> bool:
    """Tells whether ``user`` may publish every page that is translated from ``source``."""
    targets = [
        translation.get_target_instance()
        for translation in source.translations.filter(enabled=True)
    ]
    return all(
        page.permissions_for_user(user).can_publish() for page in targets if isinstance(page, Page)
    )
