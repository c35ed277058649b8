"""Reads of translations: the words of a page as translators see them, and how far they are."""

from dataclasses import dataclass
from datetime import date
from hashlib import blake2b
from typing import Any, Final

from django.contrib.auth.models import AbstractBaseUser
from django.urls import reverse
from django.utils import timezone
from wagtail.models import WorkflowState
from wagtail_localize.models import StringSegment, StringTranslation, Translation
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import extract_segments

DECISION: Final = "wagtailadmin_pages:workflow_action"
NOT_TEXT: Final = frozenset({"slug"})
"""What translators may change, but no reader reads."""


def strings_of(page: Any) -> list[tuple[str, str]]:
    """Returns (path, text) of each sentence of a page, in their order.

    The page must have been saved: unsaved blocks have no places of their own yet.
    """
    return [
        (segment.path, segment.string.data)
        for segment in extract_segments(page)
        if isinstance(segment, StringSegmentValue)
    ]


def text_digest(page: Any) -> str:
    """Returns what changes with the words of a page: not with their order, pictures or dates."""
    words = sorted(text for path, text in strings_of(page) if path not in NOT_TEXT)
    return blake2b("\0".join(words).encode(), digest_size=16).hexdigest()


def translation_of(page: Any, **conditions: Any) -> Translation | None:
    """Returns wagtail-localize's record of ``page`` as the translation of another, or None."""
    found = Translation.objects.filter(
        source__object_id=page.translation_key, target_locale=page.locale_id, **conditions
    )
    translation: Translation | None = found.select_related("source").first()
    return translation


@dataclass(frozen=True, slots=True)
class Progress:
    """How many of the sentences of a translation are translated."""

    total: int
    translated: int

    @property
    def missing(self) -> int:
        """How many are not."""
        return self.total - self.translated


def progress_of(translation: Translation) -> Progress:
    """Counts the sentences of a translation; one with an error is not translated."""
    return Progress(*translation.get_progress())


@dataclass(frozen=True, slots=True)
class Steps:
    """How far a translation is, and what somebody may do with it in the translation editor."""

    progress: Progress
    changed_on: date | None
    """The day since when the original, as it is live, has other words."""
    can_submit: bool
    is_in_review: bool
    decisions: list[tuple[str, str, str]]
    """(name, label, address) of what a reviewer may answer."""


def next_steps(translation: Translation, *, page: Any, user: AbstractBaseUser) -> Steps:
    """Returns how far the translation is that ``user`` has open in the translation editor."""
    changed_at = getattr(page, "original_changed_at", None)
    state = page.current_workflow_state
    task_state = page.current_workflow_task_state
    actions = page.current_workflow_task.get_actions(page, user) if task_state else ()
    labels = {name: label for name, label, has_form in reversed(actions) if name != "unlock"}
    return Steps(
        progress=progress_of(translation),
        changed_on=timezone.localdate(changed_at) if changed_at else None,
        can_submit=page.permissions_for_user(user).can_submit_for_moderation(),
        is_in_review=state is not None and state.status == WorkflowState.STATUS_IN_PROGRESS,
        decisions=[
            (name, label, reverse(DECISION, args=[page.pk, name, task_state.pk]))
            for name, label in labels.items()
        ],
    )


def untranslated_strings(translation: Translation) -> set[tuple[str, str]]:
    """Returns (path, text) of the sentences of the original that have no translation."""
    return {place for place, words in _translations(translation) if words is None}


def replaced_strings(translation: Translation) -> set[tuple[str, str]]:
    """Returns (path, text) of the sentences of the original that no translation may contain.

    A sentence whose translation is the same, such as a name, is none of them.
    """
    return {place for place, words in _translations(translation) if words != place[1]}


def _translations(translation: Translation) -> list[tuple[tuple[str, str], str | None]]:
    """Returns the (path, text) of each sentence of the original with its translation, or None."""
    rows = StringTranslation.objects.filter(
        locale=translation.target_locale_id,
        context__object=translation.source.object_id,
        has_error=False,
    ).values_list("context", "translation_of", "data")
    known = {(context, string): words for context, string, words in rows}
    segments = StringSegment.objects.filter(source=translation.source_id)
    return [
        (
            (segment.context.path, segment.string.data),
            known.get((segment.context_id, segment.string_id)),
        )
        for segment in segments.select_related("context", "string")
    ]
