"""Keeps, with each page, whether the words of its original have changed since it was translated.

Words are compared, never dates: an image, a date or an order that changes makes no text outdated.
"""

from typing import Any

from django.db.models import QuerySet
from wagtail_localize.models import Translation

from v2v_snippets.signals import rows_written

from ..models import BasePage
from ..selectors import text_digest, translation_of


def note_publication(page: BasePage) -> None:
    """Brings up to date what is known about a page that was just published and its translations.

    The number of queries does not grow with the number of languages.
    """
    translation = translation_of(page)
    if translation is None:
        _note_original(page)
    else:
        _note_translation(page, translation)


def _note_original(page: BasePage) -> None:
    """Marks the translations of ``page`` that were made from other words than it has now."""
    _keep(page, text_digest=text_digest(page))
    translated = Translation.objects.filter(
        source__object_id=page.translation_key, source__locale=page.locale_id
    )
    translations = _versions(page).filter(locale__in=translated.values("target_locale"))
    fresh = translations.filter(text_digest=page.text_digest).exclude(original_changed_at=None)
    # one without a digest was never published
    outdated = translations.exclude(text_digest__in=["", page.text_digest])
    outdated = outdated.filter(original_changed_at=None)
    if fresh.update(original_changed_at=None) + outdated.update(
        original_changed_at=page.last_published_at
    ):
        keys = translations.values_list("pk", flat=True)
        rows_written.send(sender=type(page), keys=list(keys))


def _note_translation(page: BasePage, translation: Translation) -> None:
    """Marks ``page`` where its original, as it is live, has other words than it was made from.

    Whoever publishes a text edited by hand answers for it: it counts as up to date.
    """
    if translation.enabled and not page.text_digest:
        # translated before the original was published for the first time
        _keep(page, text_digest=text_digest(translation.source.as_instance()))
    original = _versions(page).filter(locale=translation.source.locale_id, live=True).first()
    if original is None:
        return
    if not translation.enabled:
        _keep(page, text_digest=original.text_digest)
    is_current = original.text_digest in {"", page.text_digest}
    changed_at = None if is_current else page.original_changed_at or original.last_published_at
    _keep(page, original_changed_at=changed_at)


def _versions(page: BasePage) -> "QuerySet[Any]":
    return type(page)._default_manager.filter(translation_key=page.translation_key)


def _keep(page: BasePage, **values: Any) -> None:
    """Writes fields that no revision decides about."""
    type(page)._default_manager.filter(pk=page.pk).update(**values)
    for name, value in values.items():
        setattr(page, name, value)
