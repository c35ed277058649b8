"""Translations by the project, made with wagtail-localize and its catalogues.

They arrive as if translators had sent the catalogues in, so that editors go on in the translation
editor where these stop.
"""

from pathlib import Path
from typing import Any, Final

import polib
from wagtail.models import Locale, Page
from wagtail_localize.models import Translation, TranslationSource

from .pages import find_page

CATALOGUES: Final = Path(__file__).parent / "catalogues"
LANGUAGES: Final = ("it", "sq")
"""Languages in which the demo is whole."""
SERBIAN: Final = "sr"
IN_SERBIAN: Final = (
    *("home", "news", "twinnings", "partners", "events", "repository", "glossary", "vet-systems"),
    *("kick-off", "newsletters", "about", "privacy", "accessibility"),
)
"""Pages in Cyrillic, parents first: few, since each takes its time whenever the demo is loaded."""


def translate_page(name: str, language: str) -> Page:
    """Translates an English page of the demo and publishes the translation.

    Raises:
        ValueError: when the catalogue has words that the page does not have.
        MissingTranslationError: when the catalogue lacks words of the page.
    """
    source, _changed = TranslationSource.update_or_create_from_instance(find_page(name))
    locale = Locale.objects.get(language_code=language)
    translation, _created = Translation.objects.get_or_create(source=source, target_locale=locale)
    warnings = translation.import_po(read_catalogue(name, language))
    if warnings:
        raise ValueError(f"{language}/{name}.po does not fit the page: {warnings}")
    page, _created = source.create_or_update_translation(locale, publish=False)
    page.get_latest_revision().publish()
    return page


def read_catalogue(name: str, language: str) -> Any:
    """Returns the messages of a page in one language."""
    return polib.pofile((CATALOGUES / language / f"{name}.po").read_text(encoding="utf-8"))
