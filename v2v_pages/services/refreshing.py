"""Extracts anew what translators translate, where the definition of a block has changed.

wagtail-localize looks at the migrations of an app to find out, and the blocks of these pages stand
in none. So the stored sentences are compared with what is extracted today from the same content.
"""

from typing import Any

from wagtail_localize.models import (
    OverridableSegment,
    SourceDeletedError,
    StringSegment,
    TemplateSegment,
    TranslationSource,
)
from wagtail_localize.segments import (
    OverridableSegmentValue,
    StringSegmentValue,
    TemplateSegmentValue,
)
from wagtail_localize.segments.extract import extract_segments


def refresh_translations() -> list[TranslationSource]:
    """Extracts all originals anew that need it, and returns those; part of each deployment."""
    return [source for source in TranslationSource.objects.order_by("pk") if refresh(source)]


def refresh(source: TranslationSource) -> bool:
    """Extracts an original anew if its blocks are defined otherwise now; tells whether it did.

    Translations are kept: they belong to sentences and places, not to an extraction.
    """
    try:
        is_current = _stored(source) == _extracted(source)
    except SourceDeletedError:
        return False
    except (AttributeError, KeyError, TypeError, ValueError):
        is_current = False  # the old content does not fit the new definition at all
    if not is_current:
        source.update_from_db()
    return not is_current


def _extracted(source: TranslationSource) -> set[tuple[str, str]]:
    values = (_value(segment) for segment in extract_segments(source.as_instance()))
    return {value for value in values if value is not None}


def _value(segment: Any) -> tuple[str, str] | None:
    if isinstance(segment, StringSegmentValue):
        return segment.path, segment.string.data
    if isinstance(segment, TemplateSegmentValue):
        return segment.path, segment.template
    if isinstance(segment, OverridableSegmentValue):
        return segment.path, ""
    return None


def _stored(source: TranslationSource) -> set[tuple[str, str]]:
    strings = StringSegment.objects.filter(source=source)
    templates = TemplateSegment.objects.filter(source=source)
    overridables = OverridableSegment.objects.filter(source=source)
    return {
        *strings.values_list("context__path", "string__data"),
        *templates.values_list("context__path", "template__template"),
        *((path, "") for path in overridables.values_list("context__path", flat=True)),
    }
