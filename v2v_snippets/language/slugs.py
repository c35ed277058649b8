"""Slugs that a reader expects: "Đak u školi", "Ђак у школи" and "Djak u skoli" are djak-u-skoli.

The browser makes the same slug while the title is typed: ``static/v2v_snippets/slugs.js`` is this
module in JavaScript, and a test compares the two, letter by letter.
"""

import re
import unicodedata
from typing import Final

from .transliteration import ASCII_LETTERS

LENGTH: Final = 250
"""In characters. Wagtail stores 255: the rest is for the number that tells two pages apart."""

_LETTERS = str.maketrans({**ASCII_LETTERS, "đ": "dj", "ђ": "dj"})


def slugify(text: str, *, length: int = LENGTH) -> str:
    """Returns a slug in ASCII of at most ``length`` characters; "" where nothing is left."""
    small = unicodedata.normalize("NFKC", text).lower()
    # first the letters that must keep their accent (й, ї), then those that lose one (ё, ǿ)
    latin = unicodedata.normalize("NFKD", small.translate(_LETTERS)).translate(_LETTERS)
    # from here on as django.utils.text.slugify
    words = re.sub(r"[^\w\s-]", "", latin.encode("ascii", "ignore").decode())
    slug = re.sub(r"[-\s]+", "-", words).strip("-_")
    return slug[:length].rstrip("-_")
