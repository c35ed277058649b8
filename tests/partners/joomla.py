"""What Joomla's text filter leaves of HTML, after ``InputFilter`` of the Joomla Framework.

Authors, editors, publishers, managers and administrators have the "default blocked list"; super
users have no filter. Who may write iframes has a "custom blocked list" without that tag.
"""

import re
from collections.abc import Set as AbstractSet
from html import unescape
from html.parser import HTMLParser
from typing import Final

BLOCKED_TAGS: Final = frozenset(
    {
        "applet", "body", "bgsound", "base", "basefont", "canvas", "embed", "frame", "frameset",
        "head", "html", "id", "iframe", "ilayer", "layer", "link", "meta", "name", "object",
        "script", "style", "title", "xml",
    }
)  # fmt: skip
BLOCKED_ATTRIBUTES: Final = frozenset(
    {"action", "background", "codebase", "dynsrc", "formaction", "lowsrc"}
)
_REGULAR_TAG: Final = re.compile(r"[a-z][a-z0-9]*", re.IGNORECASE)
_ATTRIBUTE: Final = re.compile(r"""([^\s=/>"']+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_SCRIPT: Final = re.compile(r"(?:(?:java|vb|live)script|behaviour|mocha)(?::|&colon;|&column;)")
_SYMBOL: Final = re.compile(r"[^\w\-]|_")


def kept_by_joomla(html: str, blocked: AbstractSet[str] = BLOCKED_TAGS) -> str:
    """Returns what the filter leaves; of a tag that it takes out, the content stays."""
    text_filter = _Filter(blocked)
    text_filter.feed(html)
    text_filter.close()
    return "".join(text_filter.kept)


class _Filter(HTMLParser):
    def __init__(self, blocked: AbstractSet[str]) -> None:
        super().__init__(convert_charrefs=False)
        self.kept: list[str] = []
        self._blocked = blocked

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._is_kept(tag):
            pairs = _ATTRIBUTE.findall(self.get_starttag_text() or "")
            words = [_attribute(name, one or other) for name, one, other in pairs]
            self.kept.append(f"<{' '.join([tag, *filter(None, words)])}>")

    def handle_endtag(self, tag: str) -> None:
        if self._is_kept(tag):
            self.kept.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        self.kept.append(data)

    def handle_entityref(self, name: str) -> None:
        self.kept.append(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.kept.append(f"&#{name};")

    def _is_kept(self, tag: str) -> bool:
        # names with a hyphen are no regular ones
        return bool(_REGULAR_TAG.fullmatch(tag)) and tag not in self._blocked


def _attribute(name: str, value: str) -> str:
    """Returns an attribute as it is written anew; "" for one that is taken out."""
    name = _SYMBOL.sub("", name.lower())
    value = re.sub(r"[\n\r]", "", value.strip().replace("&#", ""))  # no character by its number
    meaning = unescape(value.lower())
    is_dangerous = _SCRIPT.search(meaning) or (name == "style" and "expression" in meaning)
    if is_dangerous or name in BLOCKED_ATTRIBUTES or name.startswith("on"):
        return ""
    return f'{name}="{value}"'
