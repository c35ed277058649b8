"""What a reader sees of HTML."""

import re
from html import unescape


def visible_text(html: str) -> str:
    """Returns the text of ``html`` in one line, without styles, scripts and drawings."""
    html = re.sub(r"(?s)<(style|script|svg|head)\b.*?</\1>", " ", html)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())
