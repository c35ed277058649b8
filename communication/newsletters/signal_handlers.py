"""Keeps the origin of a copied text true."""

from typing import Any

from django.dispatch import receiver
from wagtail.signals import copy_for_translation_done

from .models.pages import PROJECT, ArchivedPage


@receiver(copy_for_translation_done)
def mark_as_project_translation(source_obj: Any, target_obj: Any, **kwargs: Any) -> None:
    """A copy of an issue or archive for another language is a translation by the project."""
    if isinstance(target_obj, ArchivedPage):
        target_obj.translation_origin = PROJECT
        target_obj.save(update_fields=["translation_origin"])
