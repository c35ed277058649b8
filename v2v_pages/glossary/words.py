"""A concept as a reader of one language sees it: its name, its terms, its definition."""

from functools import cached_property
from typing import Final

from django.utils.translation import gettext_lazy as _

from v2v_snippets.enums import TERMS_IN_USE, TermStatus, TranslationOrigin
from v2v_snippets.language.collation import sort_key
from v2v_snippets.language.fallback import best_text
from v2v_snippets.language.locales import content_languages, own_name
from v2v_snippets.models.glossary import Definition, Designation, GlossaryConcept

TO_BE_CONFIRMED: Final = {
    TranslationOrigin.PROJECT: _("project translation, to be confirmed"),
    TranslationOrigin.MACHINE: _("machine translation, to be confirmed"),
}
"""Marks of words that nobody has confirmed yet."""
_STANDING: Final = {str(status): place for place, status in enumerate(TermStatus)}


class ConceptWords:
    """The words of a concept, which must be loaded (``with_words()``): nothing costs a query."""

    def __init__(self, concept: GlossaryConcept, language: str) -> None:
        self.concept = concept
        self.language = language

    @property
    def identifier(self) -> str:
        """Such as "C-0001"."""
        return str(self.concept.identifier)

    @cached_property
    def headline(self) -> Designation | None:
        """The preferred term nearest to the reader's language; None for a concept without terms."""
        terms = [term for code in content_languages() for term in self.terms_in(code)[:1]]
        preferred = [term for term in terms if term.status == TermStatus.PREFERRED]
        return best_text(preferred or terms, self.language)

    @property
    def name(self) -> str:
        """The preferred term, or the identifier of what has none."""
        return self.headline.term if self.headline else self.identifier

    @property
    def order(self) -> str:
        """The key by which lists of concepts stand in the order of the reader's language."""
        return sort_key(self.name, self.language)

    @property
    def definition(self) -> Definition | None:
        """The definition nearest to the reader's language."""
        return best_text(self.concept.definitions.all(), self.language)

    def terms_in(self, code: str) -> list[Designation]:
        """Returns the terms of one language: the preferred one first, those to avoid last."""
        terms = [term for term in self.concept.designations.all() if term.language == code]
        return sorted(terms, key=lambda term: (_STANDING[term.status], term.sort_key))

    @property
    def other_names(self) -> list[str]:
        """Further terms of the headline's language that texts may use."""
        if self.headline is None:
            return []
        terms = self.terms_in(self.headline.language)
        return [t.term for t in terms if t.status in TERMS_IN_USE and t.pk != self.headline.pk]

    @property
    def languages(self) -> list[tuple[str, str, list[Designation]]]:
        """(code, own name, terms) of each language that has a term, in the site's order."""
        rows = ((code, own_name(code), self.terms_in(code)) for code in content_languages())
        return [row for row in rows if row[2]]
