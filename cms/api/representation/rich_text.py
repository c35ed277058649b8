"""Running text as HTML that any site may show: sanitised, with absolute addresses."""

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from html import escape
from typing import Any, Final
from urllib.parse import urljoin

import nh3
from wagtail.rich_text.rewriters import FIND_A_TAG, extract_attrs

from v2v_snippets.language_parts import LanguageLinkHandler, with_spans

from .references import LINK, is_key

TAGS: Final = {
    "a", "b", "blockquote", "br", "code", "del", "em", "h2", "h3", "h4", "hr", "i", "li", "ol", "p",
    "s", "span", "strong", "sub", "sup", "u", "ul",
}  # fmt: skip
ATTRIBUTES: Final = {"a": {"href", "hreflang"}, "ol": {"start"}, "*": {"lang", "dir"}}
SCHEMES: Final = {"http", "https", "mailto", "tel"}

_LETTERS: Final = r"[^<>&\x00-\x1f\x7f\xa0]*+"
_WORDS: Final = rf"{_LETTERS}(?:&(?:amp|lt|gt);{_LETTERS})*"
_PATH: Final = r"/[A-Za-z0-9/_-]*+"
WRITTEN_OUT: Final = {None, "external", "email", "anchor"}
"""Kinds of links whose addresses stand in the text."""

TEXT_ONLY: Final = "<link-to-nothing>"
"""Opens an element that the sanitiser drops while it keeps the text inside."""


class PublicLinks:
    """Resolves stored links from what was loaded; what leads to nothing public becomes text.

    Wagtail's own rewriter does so by many rules and for all links of a kind at once, which takes
    four times as long where nothing is left to be loaded.
    """

    def __init__(
        self, targets: Mapping[str, Callable[[int], str]], term: Callable[[str], str]
    ) -> None:
        self.targets = targets
        self.term = term

    def __call__(self, html: str) -> str:
        """Returns a text with the addresses of its links."""
        return FIND_A_TAG.sub(self._opening_tag, html)

    def _opening_tag(self, found: re.Match[str]) -> str:
        """Returns the tag that opens a link; one that is written out stays as it is."""
        attrs = extract_attrs(found[1])
        kind = attrs.get("linktype")
        if kind in WRITTEN_OUT:
            return found[0]
        if kind == LanguageLinkHandler.identifier:
            return LanguageLinkHandler.expand_db_attributes(attrs)
        url = self._url(kind, attrs)
        return f'<a href="{escape(url)}">' if url else TEXT_ONLY

    def _url(self, kind: str, attrs: dict[str, str]) -> str:
        if kind == "term":
            return self.term(attrs.get("identifier", ""))
        target, key = self.targets.get(kind), attrs.get("id", "")
        return target(int(key)) if target and is_key(key) else ""


class RichTextWriter:
    """Writes stored rich texts for one site; ``term`` gives the URI of a concept, or ""."""

    def __init__(
        self,
        root_url: str,
        targets: Mapping[str, Callable[[int], str]],
        term: Callable[[str], str],
    ) -> None:
        self._links = PublicLinks(targets, term)
        self._is_clean = clean_texts(root_url).fullmatch
        self._cleaner = _cleaner(root_url)

    def html(self, source: Any) -> str:
        """Returns the public HTML of a stored rich text."""
        if not source:
            return ""
        # most paragraphs link to nothing
        return self.clean(with_spans(self._links(source)) if LINK in source else source)

    def clean(self, html: str) -> str:
        """Returns HTML that others have written as it may go out."""
        return html if self._is_clean(html) else self._cleaner.clean(html)


@lru_cache(maxsize=16)
def clean_texts(root_url: str) -> re.Pattern[str]:
    """Returns what paragraphs and headings look like that the sanitiser returns as they are.

    Most are like that, links to pages of the site itself included, and the sanitiser takes two to
    ten times as long as seeing that they are. Each part begins in a way of its own, so that nothing
    is tried twice.
    """
    emphasis = rf"<(b|i|em|strong)>{_WORDS}</\2>"
    link = rf'<a href="{re.escape(root_url)}{_PATH}">{_WORDS}</a>'
    return re.compile(rf"(?:<(p|h[234])>{_WORDS}(?:(?:{emphasis}|{link}){_WORDS})*</\1>)+")


@lru_cache(maxsize=16)
def _cleaner(root_url: str) -> nh3.Cleaner:
    def absolute(url: str) -> str:
        return url if url.startswith("#") else urljoin(f"{root_url}/", url)

    return nh3.Cleaner(
        tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel=None, url_relative=absolute
    )
