"""Dates, languages and marks in running text."""

import re
from datetime import date
from typing import Any, Final

from django import template
from django.template.base import FilterExpression, Node, NodeList, Parser, Token
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from v2v_snippets.language import formats
from v2v_snippets.language.locales import CYRILLIC
from v2v_snippets.language.reading import text_in

from ..blocks.rendering import page_html
from ..events.times import Times
from ..languages import in_language_phrase
from ..process.deadlines import Deadline

register = template.Library()

_CYRILLIC: Final = re.compile("[\u0400-\u04ff]+")


@register.filter
def long_date(day: date | None) -> str:
    """Writes a day in full, in the language of the surrounding text."""
    return formats.long_date(day, get_language() or "") if day else ""


@register.simple_tag
def date_span(first: date, last: date | None = None, precision: str = "day") -> str:
    """Writes a span of days (or months) in the language of the surrounding text."""
    only_months = precision == "month"
    return formats.date_span(first, last, get_language() or "", only_months=only_months)


@register.filter
def days(times: Times) -> str:
    """Writes the days of an event in the language of the surrounding text."""
    return times.days_in(get_language() or "")


@register.filter
def hours(times: Times) -> str:
    """Writes the hours of an event, with the time zone; "" where none are given."""
    return times.hours_in(get_language() or "")


@register.filter
def without_font(text: str) -> SafeString:
    """Shows Cyrillic words in a font that readers have, so that one costs no page in Latin 15 KB.

    Where the text around them is in Cyrillic, the font is there.
    """
    html = escape(text)
    if get_language() in CYRILLIC:
        return html
    return SafeString(_CYRILLIC.sub(r'<span class="scripts">\g<0></span>', html))


@register.simple_tag
def deadline_day(deadline: Deadline, departure: date) -> date:
    """Returns the day of a deadline for a departure."""
    return deadline.on(departure)


@register.filter
def in_language(code: str) -> str:
    """Names a language as in "in Albanian", in the language of the surrounding text."""
    return in_language_phrase(code)


@register.simple_tag(takes_context=True)
def story(context: template.Context, body: Any) -> SafeString:
    """Shows the body of a page."""
    surroundings: Any = context.flatten()
    return SafeString(page_html(body, surroundings))


class TextLanguageNode(Node):
    """Holds what is written in another language than the rest of the page."""

    def __init__(self, code: FilterExpression, nodelist: NodeList) -> None:
        self.code = code
        self.nodelist = nodelist

    def render(self, context: template.Context) -> SafeString:
        """Writes the content in the language; in that of the surroundings if none is given."""
        with text_in(self.code.resolve(context) or get_language() or ""):
            return self.nodelist.render(context)


@register.tag
def textlanguage(parser: Parser, token: Token) -> TextLanguageNode:
    """``{% textlanguage code %}…{% endtextlanguage %}``: writes dates and labels in that language.

    Unlike Django's ``language`` tag it leaves links in the language of the reader.
    """
    arguments = token.split_contents()[1:]
    if len(arguments) != 1:
        raise template.TemplateSyntaxError("textlanguage takes one argument: the language code.")
    nodelist = parser.parse(("endtextlanguage",))
    parser.delete_first_token()
    return TextLanguageNode(parser.compile_filter(arguments[0]), nodelist)
