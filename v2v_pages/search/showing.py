"""Reads what is shown of the things found: title, excerpt, and why a term led there."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from v2v_snippets.language.fallback import fallback_chain

from ..models.search_entries import SearchEntry
from .finding import Found, Search
from .highlights import Segment, excerpt, has_match, marked
from .sources import Note, sources

LONGEST_SUMMARY: Final = 320
"""What is shown of a text in which nothing was found, in characters."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing that was found, as lists show it."""

    entry: SearchEntry
    """With its page and locale, if it is a page."""
    title: Sequence[Segment]
    text: Sequence[Segment]
    """The summary, or the part of the body where the words stand."""
    path: str
    """Of a record, below the list of its kind."""
    is_near: bool
    """Whether it is in the reader's language or one of its chain."""
    note: Note | None = None


def show(found: Found, search: Search, *, first: int, number: int) -> list[Hit]:
    """Returns ``number`` of the things found, from the ``first`` (0) on.

    Two queries, and one more for each kind of records that has something to say.
    """
    wanted = found.candidates[first : first + number]
    entries = SearchEntry.objects.select_related("page__locale").in_bulk(
        [candidate.id for candidate in wanted]
    )
    shown = [entries[candidate.id] for candidate in wanted if candidate.id in entries]
    notes = _notes(shown, found)
    near = set(fallback_chain(search.language))
    return [
        Hit(
            entry,
            title=marked(entry.title, found.query),
            text=_text(entry, found),
            path=found.paths.get((entry.kind, entry.key), ""),
            is_near=entry.language in near,
            note=notes.get(entry.pk),
        )
        for entry in shown
    ]


def _notes(entries: list[SearchEntry], found: Found) -> dict[int, Note]:
    notes: dict[int, Note] = {}
    for kind, source in sources().items():
        if own := [entry for entry in entries if entry.kind == kind]:
            notes |= source.notes(own, found.query)
    return notes


def _text(entry: SearchEntry, found: Found) -> Sequence[Segment]:
    """Returns the summary if words stand there or nowhere, otherwise the part where they do."""
    summary = marked(entry.summary, found.query)
    if not has_match(summary):
        part = excerpt(entry.body, found.query)
        return part or [Segment(entry.summary[:LONGEST_SUMMARY])]
    is_short = len(entry.summary) <= LONGEST_SUMMARY
    return summary if is_short else excerpt(entry.summary, found.query)
