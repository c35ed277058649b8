"""MJML as the HTML of mails: compiled in process, styles in lines, nothing fetched."""

import re
from collections.abc import Mapping
from functools import cache
from typing import Final

import css_inline
import nh3
from mjml import mjml2html

_HEAD: Final = "<title>"
_SCHEMES: Final = (
    '<meta name="color-scheme" content="light dark">'
    '<meta name="supported-color-schemes" content="light dark">'
)
_NO_HEIGHT: Final = ' height="auto"'
"""What MJML writes and HTML does not know; the style of each picture says it again."""
_BETWEEN_TAGS: Final = re.compile(r">\s*\n\s*<")

_CLEANER: Final = nh3.Cleaner(
    tags={
        "a", "b", "blockquote", "br", "em", "h2", "h3", "h4", "hr", "i", "li", "ol", "p", "span",
        "strong", "ul",
    },
    attributes={"a": {"href", "hreflang"}, "*": {"lang", "dir"}},
    url_schemes={"http", "https", "mailto", "tel"},
    url_relative="deny",
    link_rel=None,
)  # fmt: skip


def compile_mjml(source: str, words: Mapping[str, str]) -> str:
    """Returns a mail as HTML.

    Args:
        source: MJML. Running text stands in it under names, since it is HTML and no XML.
        words: Cleaned HTML by these names.
    """
    html = mjml2html(source, fonts={}).replace(_NO_HEIGHT, "")
    for name, text in words.items():
        html = html.replace(name, text)
    html = html.replace(_HEAD, f"{_SCHEMES}{_HEAD}", 1)
    return _BETWEEN_TAGS.sub(">\n<", _inliner().inline(html))


def clean_words(html: str) -> str:
    """Returns HTML with what mails show of it: words, lists and links, no picture and no style."""
    return _CLEANER.clean(html).strip()


@cache
def _inliner() -> css_inline.CSSInliner:
    return css_inline.CSSInliner(
        keep_at_rules=True, load_remote_stylesheets=False, minify_css=True, base_url=None
    )
