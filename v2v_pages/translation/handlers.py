"""Keeps true what is known about the originals of texts, and keeps what translators typed."""

from typing import Any

from django.db.models.signals import pre_delete, pre_save
from django.dispatch import receiver
from wagtail.signals import page_published
from wagtail_localize.models import Translation

from ..models import BasePage
from ..services.freshness import note_publication
from ..services.publishing import require_translated_text, save_draft
from ..services.resuming import hand_over_to_page_editor, take_over_from_page_editor


@receiver(page_published)
def compare_with_original(instance: Any, **kwargs: Any) -> None:
    """What was published is up to date with its original, or makes translations outdated."""
    if isinstance(instance, BasePage):
        note_publication(instance)


@receiver(pre_save)
def refuse_untranslated_text(
    instance: Any, *, raw: bool, update_fields: Any, **kwargs: Any
) -> None:
    """Whoever publishes, and however: no sentence of the original reaches readers as translated."""
    if isinstance(instance, BasePage) and instance.live and not (raw or update_fields):
        require_translated_text(instance)


@receiver(pre_save, sender=Translation)
def keep_what_was_typed(instance: Translation, *, raw: bool, **kwargs: Any) -> None:
    """Hands the words over when a translation is stopped or resumed, whoever does it."""
    before = Translation.objects.filter(pk=instance.pk).first() if not raw else None
    if before is None or before.enabled == instance.enabled or not _is_of_page(before):
        return
    if instance.enabled:
        take_over_from_page_editor(before)
    else:
        hand_over_to_page_editor(before)


@receiver(pre_delete)
def keep_translations_of_deleted(instance: Any, **kwargs: Any) -> None:
    """Writes into drafts what was translated of a page before wagtail-localize forgets it."""
    if isinstance(instance, BasePage):
        for translation in Translation.objects.filter(
            source__object_id=instance.translation_key,
            source__locale=instance.locale_id,
            enabled=True,
        ).select_related("source", "target_locale"):
            if _is_of_page(translation):
                save_draft(translation, clean=False)


def _is_of_page(translation: Translation) -> bool:
    """Tells whether it is that of a page of ours which is still there."""
    model = translation.source.specific_content_type.model_class()
    if model is None or not issubclass(model, BasePage):
        return False
    pages = model._default_manager.filter(translation_key=translation.source.object_id)
    languages = set(pages.values_list("locale", flat=True))
    return {translation.source.locale_id, translation.target_locale_id} <= languages
