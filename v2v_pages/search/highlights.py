"""Marks what was found in texts as people read them, as parts of text and never as HTML."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final, NamedTuple

from .words import Query, Word, folded_in, words_in

LENGTH: Final = 220
"""Of an excerpt, in characters."""
BEFORE: Final = 60
"""How many characters stand before the first word found."""
NEAR: Final = 25
"""Words that are found within so many words of each other are shown together."""


class Segment(NamedTuple):
    """A part of a text, and whether it was searched for."""

    text: str
    is_match: bool = False


def marked(text: str, query: Query) -> list[Segment]:
    """Returns the whole text in parts."""
    words = list(words_in(text))
    return list(_parts(text, words, query.found_in([word.folded for word in words])))


def excerpt(text: str, query: Query) -> list[Segment]:
    """Returns the part of a text where most of the query is found; nothing if nothing is."""
    found = sorted(query.found_in(folded_in(text)))
    if not found:
        return []
    first = max(found, key=lambda place: (_neighbours(found, place), -place))
    # an excerpt has no more words than pairs of letter and blank
    words = list(islice(words_in(text), first + LENGTH // 2 + 1))
    start = _start(words, first)
    end = _end(words, first, start)
    segments = list(
        _parts(text[start:end], _moved(words, start, end), _within(found, words, start))
    )
    before = [Segment("… ")] if start else []
    after = [Segment(" …")] if end < len(text.rstrip(".!?")) else []
    return [*before, *segments, *after]


def has_match(segments: Sequence[Segment]) -> bool:
    """Tells whether anything in a text was searched for."""
    return any(segment.is_match for segment in segments)


def _neighbours(found: list[int], place: int) -> int:
    return bisect_left(found, place + NEAR) - bisect_left(found, place)


def _start(words: list[Word], first: int) -> int:
    """Returns where the excerpt begins: at a word, shortly before what was found."""
    earliest = words[first].start - BEFORE
    if earliest <= 0:
        return 0
    return next(word.start for word in words if word.start >= earliest)


def _end(words: list[Word], first: int, start: int) -> int:
    """Returns where it ends: behind a word, and never before the first one found."""
    fitting = [word.end for word in words[first:] if word.end <= start + LENGTH]
    return max([words[first].end, *fitting])


def _moved(words: list[Word], start: int, end: int) -> list[Word]:
    return [
        Word(word.start - start, word.end - start, word.folded)
        for word in words
        if word.start >= start and word.end <= end
    ]


def _within(found: list[int], words: list[Word], start: int) -> set[int]:
    """Returns the places found, counted from the first word of the excerpt."""
    skipped = sum(1 for word in words if word.start < start)
    return {place - skipped for place in found}


def _parts(text: str, words: list[Word], found: set[int]) -> Iterator[Segment]:
    done = 0
    for place, word in enumerate(words):
        if place in found:
            if word.start > done:
                yield Segment(text[done : word.start])
            yield Segment(text[word.start : word.end], is_match=True)
            done = word.end
    if done < len(text):
        yield Segment(text[done:])
