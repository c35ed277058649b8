"""What the pages of the glossary say beside its words."""

from typing import Any

from django import template
from django.utils.safestring import SafeString

from v2v_snippets.enums import TranslationOrigin
from v2v_snippets.language.locales import own_name as name_of

from ..citation import mail_address, mistake_report, term_citation, term_suggestion
from ..glossary.toggletips import with_toggletips
from ..glossary.words import TO_BE_CONFIRMED

register = template.Library()


@register.filter
def to_be_confirmed(words: Any) -> str:
    """Returns the mark of a term or definition that nobody has confirmed yet; else ""."""
    return str(TO_BE_CONFIRMED.get(TranslationOrigin(words.origin), ""))


@register.simple_block_tag
def toggletips(content: str, glossary_url: str) -> SafeString:
    """Shows definitions of the terms in what is inside, and lists these terms below it."""
    return SafeString(with_toggletips(content, glossary_url))


@register.filter
def own_name(code: str) -> str:
    """Returns the name of a language in itself."""
    return name_of(code)


@register.simple_tag
def term_letters(email: str, name: str, identifier: str, address: str) -> dict[str, str]:
    """Returns ``mailto:`` addresses to suggest a term and to report a mistake; none without email.

    They are in the language being written, and filled in as far as the page knows.
    """
    if not email:
        return {}
    about = f"{name} ({identifier})" if identifier else name
    return {
        "suggest": mail_address(email, *term_suggestion(about, address)),
        "report": mail_address(email, *mistake_report(about or address, address)),
    }


@register.simple_tag
def cite_term(page: Any, name: str, identifier: str, uri: str) -> str:
    """Returns how to quote a concept, or the glossary as a whole, in the language of the page."""
    return term_citation(page, name if identifier else "", identifier, uri)
