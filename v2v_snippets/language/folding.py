"""Texts as search compares them, so that nobody needs the right keyboard.

"skola" finds "škola" and "школа"; "dak" and "djak" find "đak".
"""

import re
import unicodedata

from .transliteration import ASCII_LETTERS

_MARKS = {**dict.fromkeys("‘’ʼʻ`", "'"), "·": ""}
_LETTERS = str.maketrans({**ASCII_LETTERS, **_MARKS, "đ": "d", "ђ": "d"})
_ACCENTS = re.compile("[\u0300-\u036f]")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_DJ = re.compile("dj+")
"""How đ is written where it is missing. Both fold to d, and to "adieu" "adjieu" is no loss."""


def fold(text: str) -> str:
    """Returns ``text`` without case, accents and script, with single blanks.

    Fold both what is searched and what is searched for. Folding twice changes nothing.
    """
    small = unicodedata.normalize("NFKC", _INVISIBLE.sub("", text)).casefold()
    composed = unicodedata.normalize("NFC", small).translate(_LETTERS)
    # again: ё, ǿ and their like are letters of the table with an accent
    latin = unicodedata.normalize("NFKD", composed).translate(_LETTERS)
    plain = unicodedata.normalize("NFC", _ACCENTS.sub("", latin))
    return " ".join(_DJ.sub("d", plain).split())
