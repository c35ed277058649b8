"""Lets a translation reach its readers only when it is complete.

Readers of a live translation keep its last complete text while translators work on the next.
"""

from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import transaction
from django.utils.translation import ngettext
from wagtail.coreutils import find_available_slug
from wagtail.models import Revision, WorkflowState
from wagtail_localize.models import Translation

from v2v_snippets.language.slugs import slugify

from ..selectors import progress_of, replaced_strings, strings_of, translation_of


class IncompleteTranslationError(ValidationError):
    """A translation would be published with sentences of the original in it."""

    def __init__(self, missing: int, total: int) -> None:
        self.missing, self.total = missing, total
        sentence = ngettext(
            "%(missing)d of %(total)d sentences is not translated yet: translate it, then publish.",
            "%(missing)d of %(total)d sentences are not translated yet:"
            " translate them, then publish.",
            missing,
        ) % {"missing": missing, "total": total}
        # by field, as wagtail-localize reads the errors of a page
        super().__init__({NON_FIELD_ERRORS: [sentence]})


def require_complete(translation: Translation) -> None:
    """Does nothing for a translation that is complete.

    Raises:
        IncompleteTranslationError: for any other.
    """
    progress = progress_of(translation)
    if progress.missing:
        raise IncompleteTranslationError(progress.missing, progress.total)


def require_translated_text(page: Any) -> None:
    """Does nothing for a page whose own text is translated as a whole.

    What counts is the text that would be published: a complete one may be published although the
    original has changed since, and a draft from before its translation was typed may not. Pages
    written or edited by hand are never refused.

    Raises:
        IncompleteTranslationError: when sentences of the original stand in it untranslated.
    """
    translation = translation_of(page, enabled=True)
    if translation is None:
        return
    found = replaced_strings(translation).intersection(strings_of(page))
    if found:
        progress = progress_of(translation)
        raise IncompleteTranslationError(progress.missing or len(found), progress.total)


def save_draft(translation: Translation, *, user: Any = None, clean: bool = True) -> Revision:
    """Writes what is translated into a new revision of the page, and nothing into what is live.

    wagtail-localize's own ``save_target()`` would write into the live page.

    Raises:
        ValidationError: when a field of the page refuses its translation, unless ``clean`` is off.
    """
    page = translation.source.get_ephemeral_translated_instance(
        translation.target_locale, fallback=True
    )
    page.slug = find_available_slug(page.get_parent(), slugify(page.slug), ignore_page_id=page.pk)
    revision: Revision = page.save_revision(user=user, clean=clean)
    return revision


@transaction.atomic
def submit_for_review(translation: Translation, *, user: Any) -> WorkflowState | None:
    """Saves a complete translation as a draft and hands it to the review of its page.

    A draft that is under review already is replaced. Returns None where no review is set up.

    Raises:
        IncompleteTranslationError: when sentences are not translated yet.
        ValidationError: when a field of the page refuses its translation.
    """
    require_complete(translation)
    save_draft(translation, user=user)
    page = translation.get_target_instance()
    state: WorkflowState | None = page.current_workflow_state
    if state is not None and state.status == WorkflowState.STATUS_NEEDS_CHANGES:
        state.resume(user=user)
    elif state is None and (workflow := page.get_workflow()):
        state = workflow.start(page, user)
    return state
