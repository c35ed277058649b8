"""Texts as the index holds them, and queries as people type them.

Words are folded one by one, so that the n-th word of the index is the n-th word of the text, and
what was found can be marked where it stands: "skola" marks "škola".
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, NamedTuple

from v2v_snippets.language.folding import fold

LONGEST_QUERY: Final = 200
"""In characters."""
MOST_WORDS: Final = 12
"""Of one query; what follows is ignored."""
SHORTEST_PREFIX: Final = 2
"""A last word of so many letters finds words that begin with it."""

# a dot as in "col·legi" and accents as characters of their own belong to the word
_WORD: Final = re.compile("[^\\W_]+(?:[·\u0300-\u036f]+[^\\W_]*)*")
_QUOTES: Final = re.compile('["“”„‟«»]')
_NO_LETTERS: Final = re.compile(r"[\W_]+")
_INVISIBLE: Final = re.compile("[\u0000-\u0008\u00ad\u200b-\u200f\u2060\ufeff\ud800-\udfff]")


class Word(NamedTuple):
    """A word where it stands in a text."""

    start: int
    end: int
    folded: str


@dataclass(frozen=True, slots=True)
class Term:
    """Words that must follow each other; one word where nothing is quoted."""

    words: tuple[str, ...]
    is_prefix: bool = False
    """Whether the last word may go on."""

    def stands_at(self, folded: Sequence[str], place: int) -> bool:
        """Tells whether the words of a text are these, from ``place`` on."""
        # the last word first: this is asked of every word of a text, and most are others
        last = place + len(self.words) - 1
        if last >= len(folded):
            return False
        found, wanted = folded[last], self.words[-1]
        if found != wanted and not (self.is_prefix and found.startswith(wanted)):
            return False
        return last == place or tuple(folded[place:last]) == self.words[:-1]


@dataclass(frozen=True, slots=True)
class Query:
    """What is searched for: all terms must be found. Without terms it finds nothing."""

    terms: tuple[Term, ...]

    @property
    def words(self) -> tuple[str, ...]:
        """All words, in their order."""
        return tuple(word for term in self.terms for word in term.words)

    def found_in(self, folded: Sequence[str]) -> set[int]:
        """Returns the places of the words that any term finds."""
        found: set[int] = set()
        for place in range(len(folded)):
            for term in self.terms:
                if term.stands_at(folded, place):
                    found.update(range(place, place + len(term.words)))
        return found

    def is_all_in(self, folded: Sequence[str], *, whole: bool) -> bool:
        """Tells whether every term is found, as whole words or with the last one unfinished."""
        terms = [Term(term.words) for term in self.terms] if whole else self.terms
        places = range(len(folded))
        return all(any(term.stands_at(folded, place) for place in places) for term in terms)


def clean(text: str) -> str:
    """Returns a text as it is shown: composed letters, single blanks, nothing invisible."""
    return " ".join(unicodedata.normalize("NFC", _INVISIBLE.sub("", text)).split())


def words_in(text: str) -> Iterator[Word]:
    """Yields the words of a cleaned text."""
    for match in _WORD.finditer(text):
        if folded := _fold_word(match[0]):
            yield Word(match.start(), match.end(), folded)


def folded_in(text: str) -> list[str]:
    """Returns the words of a cleaned text, in a third of the time that their places take."""
    return [folded for word in _WORD.findall(text) if (folded := _fold_word(word))]


def folded_words(text: str) -> str:
    """Returns a text as the index holds it: letters and digits alone, with single blanks."""
    return " ".join(folded_in(clean(text)))


def read_query(text: str) -> Query:
    """Returns what somebody typed as terms. Nothing that can be typed is a mistake."""
    parts = _QUOTES.split(clean(text[:LONGEST_QUERY]))
    terms: list[Term] = []
    left = MOST_WORDS
    for number, part in enumerate(parts):
        words = tuple(word.folded for word in words_in(part))[:left]
        left -= len(words)
        is_phrase = number % 2 == 1
        terms += [Term(words)] if is_phrase and words else [Term((word,)) for word in words]
    # an odd number of quotation marks leaves the last phrase open
    ends_open = bool(parts[-1].strip())
    if terms and ends_open and len(terms[-1].words[-1]) >= SHORTEST_PREFIX:
        terms[-1] = Term(terms[-1].words, is_prefix=True)
    return Query(tuple(dict.fromkeys(terms)))


@lru_cache(maxsize=2**16)
def _fold_word(word: str) -> str:
    return _NO_LETTERS.sub("", fold(word))
