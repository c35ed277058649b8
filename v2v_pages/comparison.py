"""Finds what an editor has put into a page by hand that wagtail-localize would not put there."""

import json
from collections import defaultdict
from collections.abc import Iterator
from typing import Any, Final

from django.db import models
from django.utils.text import capfirst
from modelcluster.models import get_all_child_relations, get_serializable_data_for_fields
from wagtail.fields import StreamField
from wagtail.models import COMMENTS_RELATION_NAME, Page
from wagtail_localize.fields import copy_synchronised_fields
from wagtail_localize.models import SegmentOverride, StringTranslation, Translation
from wagtail_localize.segments import (
    OverridableSegmentValue,
    StringSegmentValue,
    TemplateSegmentValue,
)
from wagtail_localize.segments.extract import extract_segments
from wagtail_localize.segments.ingest import ingest_segments
from wagtail_localize.strings import StringValue

Sentences = dict[str, list[StringSegmentValue]]
"""The sentences of a page by their places."""

Facts = dict[str, Any]
"""What stands in a page, by its place: words, their markup, choices, order."""

PAGE_FIELDS: Final = ("title", "seo_title", "search_description")
"""What Wagtail gives every page that an editor writes; the rest is bookkeeping."""
OWN_OF_EACH_ROW: Final = frozenset({"pk", "id", "locale", "translation_key", "sort_order"})


def sentences_of(page: Any) -> Sentences:
    """Returns the sentences of a page, those of one place in their order."""
    found: Sentences = defaultdict(list)
    for segment in extract_segments(page):
        if isinstance(segment, StringSegmentValue):
            found[segment.path].append(segment)
    return found


def differences(translation: Translation, *, original: Any, written: Any) -> list[str]:
    """Names what ``written`` has and the translation of ``original`` would not have.

    ``original`` is used up: its blocks become those of the translation.
    """
    made = _facts(_translated(translation, original))
    typed = _facts(written)
    names = [_name(written, place) for place, fact in typed.items() if made.get(place) != fact]
    return list(dict.fromkeys(names))


def _translated(translation: Translation, original: Any) -> Any:
    """Returns what wagtail-localize would make of ``original`` with all that is translated."""
    page = translation.get_target_instance()
    rows = {
        "locale": translation.target_locale_id,
        "context__object": translation.source.object_id,
        "has_error": False,
    }
    words = StringTranslation.objects.filter(**rows).values_list(
        "context__path", "translation_of__data", "data"
    )
    overrides = SegmentOverride.objects.filter(**rows).values_list("context__path", "data_json")
    segments = list(
        _replaced(
            extract_segments(original),
            {(path, source): data for path, source, data in words},
            {path: json.loads(data) for path, data in overrides},
        )
    )
    copy_synchronised_fields(original, page)
    ingest_segments(original, page, translation.source.locale, translation.target_locale, segments)
    return page


def _replaced(
    segments: list[Any], words: dict[tuple[str, str], str], overrides: dict[str, Any]
) -> Iterator[Any]:
    for segment in segments:
        if isinstance(segment, StringSegmentValue):
            data = words.get((segment.path, segment.string.data), segment.string.data)
            yield StringSegmentValue(
                segment.path, StringValue(data), attrs=segment.attrs, order=segment.order
            )
        elif isinstance(segment, TemplateSegmentValue):
            yield segment
        elif isinstance(segment, OverridableSegmentValue) and segment.path in overrides:
            yield OverridableSegmentValue(
                segment.path, overrides[segment.path], order=segment.order
            )


def _facts(page: Any) -> Facts:
    facts: Facts = defaultdict(list)
    for segment in extract_segments(page):
        facts[segment.path].append(_fact(segment))
    for field in page._meta.get_fields():
        if isinstance(field, StreamField):
            blocks = json.loads(field.value_to_string(page))
            facts[field.name] = [block["id"] for block in blocks]
            covered = [path for path in facts if path.startswith(f"{field.name}.")]
            for place, value in _choices({block["id"]: block for block in blocks}, field.name):
                if not any(path == place or path.startswith(f"{place}.") for path in covered):
                    facts[place] = value
        elif _is_written_by_editors(field):
            facts[field.name] = _stored(field, page)
    for relation in get_all_child_relations(type(page)):
        if relation.name != COMMENTS_RELATION_NAME:
            facts[relation.name] = [
                _row(child, relation) for child in getattr(page, relation.get_accessor_name()).all()
            ]
    return facts


def _fact(segment: Any) -> Any:
    if isinstance(segment, StringSegmentValue):
        return [segment.string.data, segment.attrs]
    if isinstance(segment, TemplateSegmentValue):
        return segment.string_count
    return getattr(segment, "data", None) or getattr(segment, "translation_key", None)


def _is_written_by_editors(field: Any) -> bool:
    if not isinstance(field, models.Field) or not field.editable or field.primary_key:
        return False
    return field.model is not Page or field.name in PAGE_FIELDS


def _stored(field: Any, page: Any) -> Any:
    value = field.value_from_object(page)
    if isinstance(field, models.ManyToManyField):
        return sorted(record.pk for record in value)
    return value


def _row(child: Any, relation: Any) -> dict[str, Any]:
    left_out = OWN_OF_EACH_ROW | {relation.field.name}
    values = get_serializable_data_for_fields(child)
    return {name: value for name, value in values.items() if name not in left_out}


def _choices(raw: Any, place: str) -> Iterator[tuple[str, Any]]:
    """Yields each stored value that is neither a list nor a structure, with its place."""
    if isinstance(raw, dict) and {"type", "value"} <= set(raw):
        yield from _choices(raw["value"], place)
    elif isinstance(raw, dict):
        for name, value in raw.items():
            yield from _choices(value, f"{place}.{name}")
    elif isinstance(raw, list):
        for number, item in enumerate(raw):
            name = item.get("id", number) if isinstance(item, dict) else number
            yield from _choices(item, f"{place}.{name}")
    elif raw not in {None, ""}:
        yield place, raw


def _name(page: Any, place: str) -> str:
    """Returns what an editor calls a place, such as "Body: Image"."""
    first, *rest = place.split(".")
    field = page._meta.get_field(first)
    name = getattr(field, "verbose_name", None) or field.related_model._meta.verbose_name_plural
    if rest and isinstance(field, StreamField):
        for block in field.value_from_object(page):
            if block.id == rest[0]:
                return f"{capfirst(name)}: {block.block.label}"
    return str(capfirst(name))
