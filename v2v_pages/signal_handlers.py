"""Keeps the origin of a text true when a page is copied for translation."""

from typing import Any

from django.dispatch import receiver
from wagtail.signals import copy_for_translation_done

from v2v_snippets.enums import TranslationOrigin

from .models import BasePage


@receiver(copy_for_translation_done)
def mark_as_project_translation(source_obj: Any, target_obj: Any, **kwargs: Any) -> None:
    """A copy of an original for another language is a translation by the project."""
    if isinstance(target_obj, BasePage):
        target_obj.translation_origin = TranslationOrigin.PROJECT
        target_obj.save(update_fields=["translation_origin"])
