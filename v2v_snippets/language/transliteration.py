"""Small letters in ASCII: what slugs and search agree upon, all but đ.

Serbian and Montenegrin Cyrillic goes letter by letter through Gaj's alphabet (ж, ž, z); Macedonian,
Bulgarian, Russian and Ukrainian letters, which turn up in names, are taken as a Serb writes them.
"""

from collections.abc import Mapping
from typing import Final

_LETTERS: Final = "абвгдежзијклљмнњопрстћуфхцчџш"
_IN_LATIN: Final = "a b v g d e z z i j k l lj m n nj o p r s t c u f h c c dz s"

CYRILLIC: Final[Mapping[str, str]] = dict(zip(_LETTERS, _IN_LATIN.split(), strict=True)) | {
    "ґ": "g",
    "ѓ": "gj",
    "є": "je",
    "ѕ": "dz",
    "і": "i",
    "ї": "ji",
    "й": "j",
    "ќ": "kj",
    "щ": "sc",
    "ъ": "",
    "ы": "y",
    "ь": "",
    "э": "e",
    "ю": "ju",
    "я": "ja",
}

LATIN: Final[Mapping[str, str]] = {
    "ß": "ss",
    "æ": "ae",
    "ð": "d",
    "ø": "o",
    "þ": "th",
    "ħ": "h",
    "ı": "i",
    "ł": "l",
    "ŋ": "n",
    "œ": "oe",
    "ŧ": "t",
    "ə": "e",
}
"""Letters that Unicode does not decompose into an ASCII letter and an accent."""

DASHES: Final[Mapping[str, str]] = dict.fromkeys("‐‑‒–—―−", "-")

ASCII_LETTERS: Final[Mapping[str, str]] = {**CYRILLIC, **LATIN, **DASHES}
