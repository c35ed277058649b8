"""Gives those who wait the languages in which a paused dispatch is frozen anew.

A language that is not ready any more is not sent as it was: its text is the one known to be wrong.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Count

from communication.delivery.enums import UNFINISHED_STATES, OutgoingState
from v2v_snippets.language.fallback import best_of

from ...models import Delivery, Dispatch

MAY_BE_SENT: Final = (*UNFINISHED_STATES, OutgoingState.UNCERTAIN)
"""Of an uncertain mail, somebody may decide that it is sent again."""


@dataclass(frozen=True, slots=True)
class ChangeOfLanguage:
    """That so many readers get another language than they would have."""

    before: str
    after: str
    number: int


def changes_of_language(*, dispatch: Dispatch, languages: Sequence[str]) -> list[ChangeOfLanguage]:
    """Returns what changes for those who wait, once a dispatch goes out in these languages."""
    changes: Counter[tuple[str, str]] = Counter()
    for before, _reader, after, number in _readers(dispatch, languages):
        if before != after:
            changes[before, after] += number
    return [ChangeOfLanguage(*pair, number) for pair, number in changes.items()]


def change_languages(*, dispatch: Dispatch, languages: Sequence[str]) -> None:
    """Lets each who waits get the nearest of these languages, all of which are frozen."""
    variants = dict(dispatch.variants.values_list("locale", "pk"))
    for before, reader, after, _number in list(_readers(dispatch, languages)):
        if before != after:
            theirs = _waiting(dispatch).filter(variant=variants[before])
            theirs.filter(subscriber__locale=reader).update(variant=variants[after])


def _readers(dispatch: Dispatch, languages: Sequence[str]) -> Iterator[tuple[str, str, str, int]]:
    """Yields the language of a text, that of its readers, the one they get now, and how many."""
    rows = _waiting(dispatch).filter(subscriber__isnull=False).order_by()
    chosen = rows.values_list("variant__locale", "subscriber__locale")
    known = {language: language for language in languages}
    for before, reader, number in chosen.annotate(number=Count("pk")):
        yield before, reader, best_of(known, reader) or before, number


def _waiting(dispatch: Dispatch) -> Any:
    return Delivery.objects.filter(dispatch=dispatch, state__in=MAY_BE_SENT)
