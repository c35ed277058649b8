"""What a reader sees of HTML, and the languages it may be in."""

import re
from html import unescape
from typing import Final

PARTNERSHIP: Final = [
    *("en", "it", "nl", "fi", "sl", "hr", "bs"),
    *("cnr", "sr-latn", "sr", "sq", "es", "ca"),
]
"""The languages of the partnership, in the order in which lists show them."""


def visible_text(html: str) -> str:
    """Returns the text of ``html`` in one line, without styles, scripts and drawings."""
    html = re.sub(r"(?s)<(style|script|svg|head)\b.*?</\1>", " ", html)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())
