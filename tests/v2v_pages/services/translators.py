"""What translators and their originals do: begin, type, edit by hand, change the original."""

from typing import Any

from wagtail.models import Locale
from wagtail_localize.models import (
    StringTranslation,
    Translation,
    TranslationSource,
)

from v2v_pages.selectors import untranslated_strings


def begin(page: Any, language: str = "it") -> Translation:
    """Begins a translation as the admin does: with a draft full of the original's words."""
    source, _created = TranslationSource.update_or_create_from_instance(page)
    locale = Locale.objects.get(language_code=language)
    translation = Translation.objects.create(source=source, target_locale=locale)
    translation.save_target(publish=False)
    return translation


def type_in(translation: Translation, source: str, words: str) -> None:
    """Types the translation of one sentence, wherever it stands."""
    segments = translation.source.stringsegment_set.filter(string__data=source)
    assert segments, f"{source!r} is no sentence of the original"
    for segment in segments:
        StringTranslation.objects.update_or_create(
            translation_of=segment.string,
            context=segment.context,
            locale=translation.target_locale,
            defaults={"data": words, "translation_type": "manual"},
        )


def type_all(translation: Translation) -> None:
    """Types a translation of all that has none: "Article" becomes "Article (it)"."""
    code = translation.target_locale.language_code
    for path, text in untranslated_strings(translation):
        type_in(translation, text, f"{text}-{code}" if path == "slug" else f"{text} ({code})")


def publish(page: Any, **changes: Any) -> Any:
    """Publishes ``page`` with changes, as its editor does, and returns it as it then is."""
    draft = page.get_latest_revision_as_object()
    for name, value in changes.items():
        setattr(draft, name, value)
    draft.save_revision().publish()
    return type(page).objects.get(pk=page.pk)


def target_of(translation: Translation) -> Any:
    """Returns the translated page as it is in the database."""
    return translation.get_target_instance()


def draft_of(translation: Translation) -> Any:
    """Returns the translated page as its editor sees it."""
    return target_of(translation).get_latest_revision_as_object()
