"""Running text as HTML that any site may show: sanitised, with absolute addresses."""

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any, Final
from urllib.parse import urljoin

import nh3
from django.utils.html import escape
from wagtail.rich_text.rewriters import LinkRewriter

from v2v_snippets.language_parts import LanguageLinkHandler, with_spans

from .references import is_key

TAGS: Final = {
    "a", "b", "blockquote", "br", "code", "del", "em", "h2", "h3", "h4", "hr", "i", "li", "ol", "p",
    "s", "span", "strong", "sub", "sup", "u", "ul",
}  # fmt: skip
ATTRIBUTES: Final = {"a": {"href", "hreflang"}, "ol": {"start"}, "*": {"lang", "dir"}}
SCHEMES: Final = {"http", "https", "mailto", "tel"}

TEXT_ONLY: Final = "<link-to-nothing>"
"""Opens an element that the sanitiser drops while it keeps the text inside."""


class PublicLinks(LinkRewriter):
    """Resolves stored links from what was loaded; what leads to nothing public becomes text."""

    def __init__(
        self, targets: Mapping[str, Callable[[int], str]], term: Callable[[str], str]
    ) -> None:
        super().__init__()
        self.targets = targets
        self.term = term

    def get_tag_replacements(
        self, tag_type: str | None, attrs_list: list[dict[str, str]]
    ) -> list[str]:
        """Returns the opening tags; none for links that are written out, which stay."""
        if tag_type in {None, "external", "email", "anchor"}:
            return []
        if tag_type == LanguageLinkHandler.identifier:
            return LanguageLinkHandler.expand_db_attributes_many(attrs_list)
        urls = (self._url(str(tag_type), attrs) for attrs in attrs_list)
        return [f'<a href="{escape(url)}">' if url else TEXT_ONLY for url in urls]

    def _url(self, tag_type: str, attrs: dict[str, str]) -> str:
        if tag_type == "term":
            return self.term(attrs.get("identifier", ""))
        target, key = self.targets.get(tag_type), attrs.get("id", "")
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
        self._cleaner = _cleaner(root_url)

    def html(self, source: Any) -> str:
        """Returns the public HTML of a stored rich text."""
        return self.clean(with_spans(self._links(source))) if source else ""

    def clean(self, html: str) -> str:
        """Returns HTML that others have written as it may go out."""
        return self._cleaner.clean(html)


@lru_cache(maxsize=16)
def _cleaner(root_url: str) -> nh3.Cleaner:
    def absolute(url: str) -> str:
        return url if url.startswith("#") else urljoin(f"{root_url}/", url)

    return nh3.Cleaner(
        tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel=None, url_relative=absolute
    )
