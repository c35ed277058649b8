"""Hands a page over between the page editor and the translation editor without losing a word.

wagtail-localize keeps what translators type in rows of its own. As it comes, stopping a translation
hides those words from the page editor, and resuming one overwrites what was typed there.
"""

import json
from typing import Any

from django.db import transaction
from wagtail.models import Page
from wagtail_localize.models import (
    SegmentOverride,
    String,
    StringTranslation,
    Translation,
    TranslationContext,
)
from wagtail_localize.segments import OverridableSegmentValue, StringSegmentValue
from wagtail_localize.segments.extract import extract_segments
from wagtail_localize.strings import validate_translation_links

from ..comparison import differences, sentences_of
from ..models import StoppedTranslation
from ..selectors import strings_of
from .publishing import save_draft


def hand_over_to_page_editor(translation: Translation, *, user: Any = None) -> None:
    """Writes what is translated so far into a draft of the page, before it is edited by hand."""
    save_draft(translation, user=user, clean=False)
    StoppedTranslation.objects.update_or_create(
        translation=translation,
        defaults={"source_content": json.loads(translation.source.content_json)},
    )


@transaction.atomic
def resume_translation(translation: Translation) -> list[str]:
    """Lets translators go on with a page that was edited by hand.

    The sentences written by hand become translations of those that the original had then; what the
    original has new or changed since is to be translated. Nothing is published, and the text edited
    by hand stays the page's latest revision.

    Returns:
        Names of what was changed by hand and has no place in the translation, such as "Body: Image"
        for a block that the original does not have.

    Raises:
        SourceDeletedError: when there is no original any more.
    """
    translation = Translation.objects.select_for_update(of=("self",)).get(pk=translation.pk)
    if translation.enabled:
        return []  # somebody else was faster
    lost = take_over_from_page_editor(translation)
    translation.source.update_from_db()
    # not save(): what was typed is taken over already
    Translation.objects.filter(pk=translation.pk).update(enabled=True)
    return lost


def take_over_from_page_editor(translation: Translation) -> list[str]:
    """Makes translations of what was written by hand; returns names of what could not be."""
    page = translation.get_target_instance()
    written = page.get_latest_revision_as_object()
    original = _original_at_stop(translation)
    confirmed = set(strings_of(page)) if isinstance(page, Page) and page.live else set()
    theirs, own = sentences_of(original), sentences_of(written)
    for path, segments in theirs.items():
        mine = own.get(path, [])
        if len(mine) == len(segments):
            for source, typed in zip(segments, mine, strict=True):
                if typed.string != source.string or (path, typed.string.data) in confirmed:
                    _remember_sentence(translation, source, typed)
    _remember_choices(translation, original, written)
    lost = differences(translation, original=original, written=written)
    StoppedTranslation.objects.filter(translation=translation).delete()
    return lost


def _original_at_stop(translation: Translation) -> Any:
    """Returns the original with the words it had when the translation was stopped."""
    stopped = StoppedTranslation.objects.filter(translation=translation).first()
    source = translation.source
    if stopped is None:
        return source.as_instance()
    source.content_json = json.dumps(stopped.source_content)
    try:
        return source.as_instance()
    finally:
        source.refresh_from_db()


def _remember_sentence(
    translation: Translation, source: StringSegmentValue, typed: StringSegmentValue
) -> None:
    try:
        validate_translation_links(source.string.data, typed.string.data)
    except ValueError:
        return  # it has a link more than the original, which could not be restored
    StringTranslation.objects.update_or_create(
        locale=translation.target_locale,
        context=_context(translation, source.path),
        translation_of=String.from_value(translation.source.locale, source.string),
        defaults={
            "data": typed.string.data,
            "translation_type": StringTranslation.TRANSLATION_TYPE_MANUAL,
            "tool_name": "",
            "has_error": False,
            "field_error": "",
        },
    )


def _remember_choices(translation: Translation, original: Any, written: Any) -> None:
    """Keeps images, files and addresses that were chosen by hand for this language."""
    own = _overridables(written)
    for path, data in _overridables(original).items():
        if path in own and own[path] != data:
            SegmentOverride.objects.update_or_create(
                locale=translation.target_locale,
                context=_context(translation, path),
                defaults={"data_json": json.dumps(own[path]), "has_error": False},
            )


def _overridables(page: Any) -> dict[str, Any]:
    return {
        segment.path: segment.data
        for segment in extract_segments(page)
        if isinstance(segment, OverridableSegmentValue)
    }


def _context(translation: Translation, path: str) -> TranslationContext:
    context, _created = TranslationContext.objects.get_or_create(
        object_id=translation.source.object_id, path=path
    )
    return context
