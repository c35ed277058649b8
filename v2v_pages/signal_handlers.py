"""Keeps the origin of a copied text true, and makes the slugs that other packages make badly."""

from itertools import chain, count
from typing import Any

from django.db.models.signals import pre_save
from django.dispatch import receiver
from taggit.models import Tag
from wagtail.signals import copy_for_translation_done
from wagtail_localize.models import StringTranslation

from v2v_snippets.enums import TranslationOrigin
from v2v_snippets.language.slugs import slugify

from .models import BasePage


@receiver(copy_for_translation_done)
def mark_as_project_translation(source_obj: Any, target_obj: Any, **kwargs: Any) -> None:
    """A copy of an original for another language is a translation by the project."""
    if isinstance(target_obj, BasePage):
        target_obj.translation_origin = TranslationOrigin.PROJECT
        target_obj.save(update_fields=["translation_origin"])


@receiver(pre_save, sender=Tag)
def make_slug_of_tag(instance: Tag, *, raw: bool, **kwargs: Any) -> None:
    """Gives a new tag a slug that fits into the address of its list.

    taggit leaves letters like đ and ђ as they are, which no address of ours matches.
    """
    made_by_taggit = instance.slug.startswith(instance.slugify(instance.name))
    if raw or instance.pk or not made_by_taggit:
        return
    wanted = slugify(instance.name, length=90) or "tag"
    taken = set(Tag.objects.filter(slug__startswith=wanted).values_list("slug", flat=True))
    numbered = (f"{wanted}-{number}" for number in count(2))
    instance.slug = next(slug for slug in chain([wanted], numbered) if slug not in taken)


@receiver(pre_save, sender=StringTranslation)
def make_slug_of_translation(instance: StringTranslation, *, raw: bool, **kwargs: Any) -> None:
    """Makes a slug of what a translator writes as the address, before wagtail-localize cuts it."""
    if not raw and not instance.data.isascii() and instance.context.path == "slug":
        instance.data = slugify(instance.data) or instance.data
