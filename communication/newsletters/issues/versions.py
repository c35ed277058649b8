"""An issue in its languages: which versions there are, and which of them are ready to go out.

A version may be ready and yet say what the original said before: see ``outdated_versions``.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from importlib import import_module
from typing import Any, Final

from django.apps import apps
from django.db.models import QuerySet
from wagtail.models import Page

from v2v_snippets.publication.published import public_among

NOT_TEXT: Final = frozenset({"slug"})
"""What translators may change, but no reader reads."""


def versions_of(issue: Any) -> dict[str, Any]:
    """Returns the versions of an issue by language, its oldest one, the original, first.

    ``issue`` itself is taken as it is, saved or not. Of the others, what is published counts, or
    the latest draft while nothing is: four queries, and one for each draft.
    """
    own = issue.locale.language_code
    rows = type(issue)._default_manager.filter(translation_key=issue.translation_key)
    found: dict[str, Any] = {}
    for row in rows.select_related("locale", "latest_revision").order_by("pk"):
        language = row.locale.language_code
        if language == own:
            found[own] = issue
        else:
            found[language] = row if row.live else row.get_latest_revision_as_object()
    return found or {own: issue}


def ready_versions(issue: Any) -> dict[str, Any]:
    """Returns the versions that are complete, published or not, the original first if it is.

    A version is ready when it has a lead text of its own and none of its sentences waits for a
    translation.
    """
    versions = versions_of(issue)
    original = next(iter(versions.values()))
    translations = _translations(issue)
    return {
        language: version
        for language, version in versions.items()
        if version.lead.strip() and _is_translated(version, original, translations.get(language))
    }


def versions_going_out(issue: Any) -> dict[str, Any]:
    """Returns the versions in which the issue goes out: those that are ready and published.

    ``issue`` itself is taken as it is: an editor looks at it before it is published.
    """
    ready = ready_versions(issue)
    others = [version.pk for version in ready.values() if version is not issue]
    public = public_among(Page.objects.filter(pk__in=others)) if others else set()
    return {
        language: version
        for language, version in ready.items()
        if version is issue or version.pk in public
    }


def outdated_versions(issue: Any, ready: Mapping[str, Any]) -> dict[str, bool]:
    """Returns the languages in which an issue may not say any more what its original says.

    Of a translation made with wagtail-localize it is known (True): its original has other
    sentences or blocks. Of one written by hand it is likely (False) if its original was edited
    later. Other versions are left out.

    Args:
        issue: In any of its languages.
        ready: Those of its versions that matter: what ``versions_going_out()`` returned of it.
    """
    original, *others = list(versions_of(issue).values())
    translations = _translations(issue)
    found: dict[str, bool] = {}
    for version in others:
        language = version.locale.language_code
        translation = translations.get(language)
        if language not in ready:
            continue
        if translation is None:
            if _edited_at(original) > _edited_at(version):
                found[language] = False
        elif _has_changed(original, version, translation):
            found[language] = True
    return found


def _edited_at(version: Any) -> datetime:
    moment: datetime | None = version.latest_revision_created_at
    return moment or datetime.min.replace(tzinfo=UTC)


def _has_changed(original: Any, version: Any, translation: Any) -> bool:
    says, said = _sentences_of(original), _sentences_of(version)
    known = _strings(translation).values_list("context__path", "translation_of__data")
    return (
        _blocks_of(original) != _blocks_of(version)
        or {path for path, _text in says} != {path for path, _text in said}
        or not says <= set(known)
    )


def _blocks_of(version: Any) -> list[tuple[str, str]]:
    return [(block["type"], block.get("id", "")) for block in version.body.raw_data]


def _is_translated(version: Any, original: Any, translation: Any) -> bool:
    if version is original:
        return True
    if translation is None:  # written by hand, or translated by hand from here on
        return bool(version.lead != original.lead)
    waiting = _sentences_to_replace(translation)
    return waiting.isdisjoint(_sentences_of(version))


def _translations(issue: Any) -> Mapping[str, Any]:
    """Returns wagtail-localize's records of what is translated by it, by language."""
    if not apps.is_installed("wagtail_localize"):
        return {}
    translation: Any = apps.get_model("wagtail_localize", "Translation")
    found = translation.objects.filter(source__object_id=issue.translation_key, enabled=True)
    rows = found.select_related("source", "target_locale")
    return {row.target_locale.language_code: row for row in rows}


def _sentences_to_replace(translation: Any) -> set[tuple[str, str]]:
    """Returns (path, text) of what the original says and a translation of it may not say."""
    segments: Any = apps.get_model("wagtail_localize", "StringSegment")
    known = {
        (context, string): words
        for context, string, words in _strings(translation).values_list(
            "context", "translation_of", "data"
        )
    }
    rows = segments.objects.filter(source=translation.source_id).values_list(
        "context__path", "string__data", "context", "string"
    )
    return {
        (path, text)
        for path, text, context, string in rows
        if path not in NOT_TEXT and known.get((context, string)) != text
    }


def _strings(translation: Any) -> QuerySet[Any]:
    """Returns what translators have written of an issue in a language, whatever it says now."""
    strings: Any = apps.get_model("wagtail_localize", "StringTranslation")
    found: QuerySet[Any] = strings.objects.filter(
        locale=translation.target_locale_id,
        context__object=translation.source.object_id,
        has_error=False,
    )
    return found


def _sentences_of(version: Any) -> set[tuple[str, str]]:
    """Returns (path, text) of what a version says to readers."""
    extract: Any = import_module("wagtail_localize.segments.extract").extract_segments
    kind: Any = import_module("wagtail_localize.segments").StringSegmentValue
    segments = (segment for segment in extract(version) if isinstance(segment, kind))
    return {
        (segment.path, segment.string.data) for segment in segments if segment.path not in NOT_TEXT
    }
