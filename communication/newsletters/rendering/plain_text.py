"""Fragments of HTML as plain text, for the part of a mail that needs no program to be read."""

import re
from typing import Final

from inscriptis import get_text
from inscriptis.css_profiles import CSS_PROFILES
from inscriptis.model.config import ParserConfig

_CONFIG: Final = ParserConfig(css=CSS_PROFILES["strict"], display_links=True)
_SPACES: Final = re.compile(r"(?<!^--)[ \t]+$", re.MULTILINE)
_EMPTY_LINES: Final = re.compile(r"\n{3,}")


def plain_text(html: str) -> str:
    """Returns a fragment as text; links stand behind their words."""
    return tidy(get_text(html, _CONFIG))


def tidy(text: str) -> str:
    """Returns ``text`` without spaces at line ends and with one empty line between paragraphs.

    The mark of a signature, "-- ", keeps its space.
    """
    return _EMPTY_LINES.sub("\n\n", _SPACES.sub("", text)).strip()
