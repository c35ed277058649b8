"""Sends pages to their translators."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from wagtail.models import Locale, Page
from wagtail_localize.operations import TranslationCreator


@transaction.atomic
def translate_missing_descendants(
    page: Page, *, locales: Iterable[Locale], user: Any, components: Any = None
) -> None:
    """Begins translations of the pages below ``page`` where there are none, parents first.

    wagtail-localize's own way begins all of them anew, over what was edited by hand and over what
    is live.
    """
    for locale in locales:
        creator = TranslationCreator(user, [locale])
        translated = Page.objects.filter(locale=locale, alias_of=None).values("translation_key")
        for descendant in page.get_descendants().exclude(translation_key__in=translated):
            creator.create_translations(descendant)
        if components is not None:
            components.save(creator, sources_and_translations=creator.mappings)
