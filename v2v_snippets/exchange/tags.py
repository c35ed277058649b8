"""Language tags of files (BCP 47) and the site's language codes.

Serbian in Cyrillic is written ``sr``, as on pages and in the API: CLDR's likely script of ``sr`` is
Cyrillic. ``sr-Cyrl`` is read, too. Serbian in Latin letters is ``sr-Latn``, Montenegrin ``cnr``.
"""

import re
from collections.abc import Collection
from functools import lru_cache
from typing import Final

WELL_FORMED: Final = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*", re.ASCII)


@lru_cache(maxsize=200)
def tag_of(language: str) -> str:
    """Returns the tag of a code: "sr-latn" is "sr-Latn"; scripts have four letters."""
    first, *others = language.split("-")
    return "-".join([first, *(_subtag(part) for part in others)])


def language_of(tag: str, languages: Collection[str]) -> str | None:
    """Returns the code for a tag; None for a language that the site has not.

    A region or script that we do not tell apart is left out: "en-GB" is "en", "sr-Cyrl-RS" is "sr".
    """
    parts = tag.lower().replace("_", "-").split("-")
    if parts[:2] == ["sh", "latn"] or ("latn" in parts[1:] and parts[0] == "sr"):
        return "sr-latn" if "sr-latn" in languages else None
    for length in range(len(parts), 0, -1):
        code = "-".join(parts[:length])
        if code in languages:
            return code
    return None


def _subtag(part: str) -> str:
    if len(part) == 4:
        return part.title()
    return part.upper() if len(part) == 2 else part
