"""Terms in the body of a page: buttons that show a definition, and the list of all at its end.

Rich text writes a term as a link to its concept, which suits feeds and other sites. On a page, the
first occurrence of a concept in a section becomes a toggletip; later ones become plain text, as do
those in headings and links, where no button may be.
"""

import re
from typing import Any, Final

from django.db.models import prefetch_related_objects
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from v2v_snippets.concept_uris import GLOSSARY_PATH
from v2v_snippets.language.reading import readers_language
from v2v_snippets.links import concepts_by_identifier

from .words import ConceptWords

_OPENING: Final = rf'<a href="{re.escape(GLOSSARY_PATH)}/(C-[0-9]+)">'
_TERM: Final = re.compile(rf"{_OPENING}(.*?)</a>", re.DOTALL)
_PIECE: Final = re.compile(
    r"(?P<heading><h[1-6]\b[^>]*>.*?</h[1-6]>)"
    rf"|{_OPENING}(?P<words>.*?)</a>"
    r"|(?P<closed><(?P<tag>a|button|summary|label)\b[^>]*>.*?</(?P=tag)>)",
    re.DOTALL,
)


def with_toggletips(html: str, glossary_url: str) -> str:
    """Returns the body of a page with toggletips, and the list of its terms below it.

    Names and definitions are those nearest to the reader's language. They cost two queries, however
    many terms; the concepts themselves were loaded with the links of the body.

    Args:
        html: The body as rich text writes it.
        glossary_url: The path below which concepts have pages; "" where there is no glossary.
    """
    wanted = {match[1] for match in _TERM.finditer(html)}
    if not wanted:
        return html
    known = concepts_by_identifier(wanted)
    concepts = [concept for name in sorted(wanted) if (concept := known.get(name))]
    prefetch_related_objects(concepts, "designations", "definitions")
    writer = _Writer(
        {each.identifier: ConceptWords(each, readers_language()) for each in concepts},
        glossary_url,
    )
    return _PIECE.sub(writer.piece, html) + writer.terms_list()


class _Writer:
    """Goes through one body from its beginning to its end."""

    def __init__(self, words: dict[str, ConceptWords], glossary_url: str) -> None:
        self.words = words
        self.glossary_url = glossary_url
        self.number = 0
        self.in_section: set[str] = set()
        self.on_page: set[str] = set()

    def piece(self, match: re.Match[str]) -> str:
        """Returns a heading, a link or a term as it shall stand on the page."""
        if match["heading"]:
            self.in_section.clear()
            return _TERM.sub(r"\2", match[0])
        if match["closed"]:
            return re.sub(_OPENING, "<a>", match[0])
        identifier, text = match[2], match["words"]
        if identifier not in self.words or identifier in self.in_section or not text.strip():
            return text
        self.in_section.add(identifier)
        self.on_page.add(identifier)
        self.number += 1
        return self.toggletip(self.words[identifier], SafeString(text))

    def toggletip(self, words: ConceptWords, text: str) -> str:
        """Returns a button named by the words of the text, and what it shows: in a paragraph."""
        return format_html(
            '<button type="button" class="term" popovertarget="term-{number}">{text}</button>'
            '<span class="tip" popover id="term-{number}">{name}{definition}</span>',
            number=self.number,
            text=text,
            name=self._name(words),
            definition=_span(words.definition.text, words.definition.language)
            if words.definition
            else "",
        )

    def _name(self, words: ConceptWords) -> SafeString:
        language = words.headline.language if words.headline else ""
        name = _span(words.name, language)
        if self.glossary_url:
            name = format_html('<a href="{}">{}</a>', self._url(words), name)
        return format_html("<b>{}</b>", name)

    def terms_list(self) -> str:
        """Returns the list of the terms on the page, in the order of the reader's language."""
        shown = sorted((self.words[name] for name in self.on_page), key=lambda each: each.order)
        entries: list[dict[str, Any]] = [
            {"words": words, "url": self._url(words) if self.glossary_url else ""}
            for words in shown
        ]
        context = {"entries": entries, "served": get_language()}
        return render_to_string("v2v_components/article_terms.html", context) if entries else ""

    def _url(self, words: ConceptWords) -> str:
        return f"{self.glossary_url}{words.identifier}/"


def _span(text: str, language: str) -> SafeString:
    """Returns text that says its language where that differs from the one around it."""
    if not language or language == get_language():
        return format_html("<span>{}</span>", text)
    return format_html('<span lang="{}">{}</span>', language, text)
