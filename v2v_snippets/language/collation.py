"""Sort keys and index letters, so that lists stand in the order that their readers know.

The order is that of the Unicode Collation Algorithm (UTS 10) with the CLDR's alphabets, as ICU has
it by default: letters first, then accents, then case; blanks and punctuation count, and come first.
The keys are computed here, so that no database and no server needs ICU, and all of them agree.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import chain
from typing import Final, NamedTuple

from .alphabets import ACCENTS, DIGITS, ROOT_LETTERS, SIGNS, VARIANT, Alphabet, alphabet_of

WEIGHTS: Final = [sign for sign in map(chr, range(0x30, 0x500)) if sign.isalnum()]
"""What keys are made of, in the order of the code points."""
BETWEEN_LEVELS: Final = " "
USUAL: Final = WEIGHTS[0]
COMMON: Final = [sign for sign in map(chr, range(0xA0, 0x500)) if unicodedata.decomposition(sign)]
"""Letters with accents, whose weights are worth keeping."""
FIRST_ACCENT: Final = 6
"""Place of the first accent among the weights; before it are forms of quotation marks."""
LOOK_ALIKE, CAPITAL, RAISED = 1, 2, 8
"""What the third level adds up: ǆ < Dž < ǅ < DŽ < Ǆ."""
IGNORED: Final = {"Cc", "Cf", "Cs"}
"""Unicode's categories of what is no text: controls, formats, halves of a character."""
OTHER_WORDS: Final = "…"
"""The heading in an index of what begins with no letter of the alphabet."""


class Weights(NamedTuple):
    """What a letter adds to the three levels of a key: letters, accents, and case."""

    primary: str = ""
    secondary: str = USUAL
    tertiary: str = USUAL


def sort_key(text: str, language: str) -> str:
    """Returns a text that stands, by code points, where ``text`` stands in the language's order.

    Sorts alike in Python, in SQLite, and in PostgreSQL under the collation "C": a column of keys
    needs ``COLLATE "C"`` there (in SQLite ``BINARY`` is the default). Keys of two languages do not
    compare. Equal keys mean that ICU takes the texts for equal, too.
    """
    letters = _order(language).read(text)
    levels = (
        "".join([letter.primary for letter in letters]),
        "".join([letter.secondary for letter in letters]).rstrip(USUAL),
        "".join([letter.tertiary for letter in letters]).rstrip(USUAL),
    )
    return BETWEEN_LEVELS.join(levels).rstrip(BETWEEN_LEVELS)


def alphabet(language: str) -> tuple[str, ...]:
    """Returns the letters under which the language lists words: …, "D", "DŽ", "Đ", … in hr."""
    return tuple(alphabet_of(language).index.split())


def index_letter(text: str, language: str) -> str:
    """Returns the letter of ``alphabet()`` under which ``text`` is listed, or "…" for no letter.

    As in ICU's AlphabeticIndex, a letter outside the alphabet is listed under the one before it.
    """
    order = _order(language)
    letters = "".join([letter.primary for letter in order.read(text)])
    place = bisect_right(order.index, letters)
    if place == 0 or letters >= order.next_script:
        return OTHER_WORDS
    return order.own.index.split()[place - 1]


@lru_cache(maxsize=32)
def _order(language: str) -> "_Order":
    return _Order(alphabet_of(language))


class _Order:
    """The weights of all that can be written, in the order of one alphabet."""

    def __init__(self, own: Alphabet) -> None:
        self.own = own
        scripts = [list(_with_own_letters(script, own)) for script in own.scripts]
        ranks = iter(WEIGHTS)
        self._known = {sign: [Weights(next(ranks))] for sign in SIGNS}
        self._other_signs = next(ranks)
        for letter in chain(DIGITS, *scripts):
            self._add(letter, next(ranks))
        self._other_letters = next(ranks)
        self._known |= {
            accent: [Weights("", rank)]
            for accent, rank in zip(ACCENTS, WEIGHTS[FIRST_ACCENT:], strict=False)
        }
        self._pattern = _pattern([*self._known, *ROOT_LETTERS])
        self._add_spelled({**ROOT_LETTERS, **own.like})
        self._known |= {
            letter: self._weigh(letter) for letter in COMMON if letter not in self._known
        }
        self.index = [self.read(letter)[0].primary for letter in own.index.split()]
        self.next_script = self._known[own.scripts[1][0]][0].primary

    def read(self, text: str) -> list[Weights]:
        """Returns the weights of a text, from left to right."""
        weights: list[Weights] = []
        for letter in self._pattern.findall(unicodedata.normalize("NFC", text)):
            weights += self._look_up(letter)
        return weights

    def _look_up(self, letter: str) -> list[Weights]:
        known = self._known.get(letter)
        return self._weigh(letter) if known is None else known

    def _add(self, letter: str, rank: str) -> None:
        """Adds a letter of the alphabet: "dž", "Dž" and "DŽ"."""
        for case, form in enumerate((letter, letter.capitalize(), letter.upper())):
            if len(form) == len(letter):
                self._known.setdefault(form, [Weights(rank, tertiary=WEIGHTS[CAPITAL * case])])

    def _add_spelled(self, spellings: Mapping[str, str]) -> None:
        """Adds letters that are sorted as others, unless they are letters of the alphabet."""
        for letter, spelling in spellings.items():
            if letter in self.own.like or letter not in self._known:
                self._known[letter] = self._spell(spelling)
                if letter.upper() != letter and len(letter.upper()) == len(letter):
                    capitals = [_raised(part, CAPITAL) for part in self._known[letter]]
                    self._known[letter.upper()] = capitals

    def _spell(self, spelling: str) -> list[Weights]:
        """Returns the weights of letters that stay as they are, composed or not."""
        weights: list[Weights] = []
        for letter in self._pattern.findall(spelling):
            if letter == VARIANT:
                form = WEIGHTS.index(weights[-1].secondary) + 1
                weights[-1] = weights[-1]._replace(secondary=WEIGHTS[form])
            else:
                weights += self._look_up(letter)
        return weights

    def _weigh(self, letter: str) -> list[Weights]:
        """Returns the weights of what stands in no table: decomposed, or by its kind."""
        decomposition = unicodedata.decomposition(letter)
        if decomposition:
            kind, _, codes = decomposition.rpartition("> ")
            weights = self._spell("".join(chr(int(code, 16)) for code in codes.split()))
            by = RAISED if kind in {"<super", "<sub"} else LOOK_ALIKE if kind else 0
            return [_raised(part, by) for part in weights]
        if letter.isdecimal():
            return [_raised(part, LOOK_ALIKE) for part in self._known[str(int(letter))]]
        category = unicodedata.category(letter)
        if category in IGNORED:
            return []
        if category.startswith("M"):
            return [Weights("", WEIGHTS[-1] + letter)]
        others = self._other_signs if category[0] in "PSZ" else self._other_letters
        return [Weights(others + letter)]


def _with_own_letters(script: str, own: Alphabet) -> Iterator[str]:
    for letter in script:
        yield letter
        yield from own.after.get(letter, "").split()


def _pattern(forms: Iterable[str]) -> re.Pattern[str]:
    """Returns what cuts a text into letters, of which some are of two characters."""
    digraphs = {re.escape(case) for form in forms if len(form) > 1 for case in (form, form.upper())}
    return re.compile("|".join([*sorted(digraphs), "."]), re.DOTALL)


def _raised(weights: Weights, by: int) -> Weights:
    """Returns the weights of a variant of a letter."""
    if not weights.primary:
        return weights
    place = WEIGHTS.index(weights.tertiary)
    return weights._replace(tertiary=WEIGHTS[place | by])
