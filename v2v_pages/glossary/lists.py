"""The list of terms, from A to Z in the language's own alphabet.

The order and the letters are stored beside each term, so that every database gives the same pages.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import Any, Final

from django.core.paginator import Page as PaginatorPage
from django.core.paginator import Paginator
from django.db.models import Count, Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from v2v_snippets.enums import TERMS_IN_USE, ConceptDomain, TermStatus
from v2v_snippets.language.collation import OTHER_WORDS, alphabet
from v2v_snippets.language.fallback import in_chain
from v2v_snippets.language.locales import content_languages, own_name
from v2v_snippets.models.glossary import Designation, GlossaryConcept

from ..facets import Choice, ChoiceGroup
from .places import MISSING, Place
from .words import ConceptWords

PER_PAGE: Final = 50


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter of the alphabet; ``url`` is empty where no term begins with it."""

    name: str
    url: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the list: a term, with the concept that it stands for."""

    words: ConceptWords
    term: Designation | None
    """None where the concept has no term in the language of the list."""
    beside: list[Designation]
    """The terms in the second language."""

    @property
    def is_main(self) -> bool:
        """Whether the term is the one to use: the others lead to it."""
        return self.term is None or self.term.status == TermStatus.PREFERRED

    @property
    def is_to_avoid(self) -> bool:
        """Whether texts should use another term instead."""
        return self.term is not None and self.term.status not in TERMS_IN_USE


class GlossaryList:
    """One place of the glossary for a reader of one language; each part is read when asked for."""

    def __init__(self, place: Place, reader: str, base: str) -> None:
        """Takes what is asked for; ``base`` is the path of the glossary's page."""
        self.place = place
        self.reader = reader
        self.base = base

    @cached_property
    def in_use(self) -> dict[str, int]:
        """How many public concepts have a term, by language: one query."""
        terms = Designation.objects.filter(concept__in=GlossaryConcept.objects.public())
        rows = terms.order_by().values_list("language").annotate(Count("concept", distinct=True))
        return {code: count for code, count in rows if code in content_languages()}

    @cached_property
    def language(self) -> str:
        """The language of the list: the reader's, or the nearest one that has terms."""
        return in_chain({code: code for code in self.in_use}, self.reader) or self.reader

    @cached_property
    def domains(self) -> dict[str, int]:
        """How many public concepts each domain has: one query."""
        rows = GlossaryConcept.objects.public().order_by().values_list("domain")
        return dict(rows.annotate(Count("pk")))

    @cached_property
    def letters_in_use(self) -> dict[str, int]:
        """How many terms each letter has, within the chosen domain: one query."""
        rows = self._terms.order_by().values_list("index_letter").annotate(Count("pk"))
        counts = dict(rows)
        if missing := self._missing_count:
            counts[MISSING] = missing
        return counts

    @property
    def letters(self) -> list[Letter]:
        """The alphabet, with links where there is something to read."""
        others = [OTHER_WORDS] if OTHER_WORDS in self.letters_in_use else []
        return [
            Letter(name, self._url(letter=name) if name in self.letters_in_use else "", is_current)
            for name in (*alphabet(self.language), *others)
            for is_current in [name == self.place.letter]
        ]

    @property
    def missing_link(self) -> Choice | None:
        """Where the concepts are that have no term in this language, or None."""
        count = self.letters_in_use.get(MISSING, 0)
        is_current = self.place.letter == MISSING
        return Choice("", self._url(letter=MISSING), count, is_current) if count else None

    @property
    def proper_place(self) -> Place:
        """The place itself, without what this language's glossary does not have."""
        place = self.place
        if place.letter and place.letter not in self.letters_in_use:
            place = place.but(letter="")
        if place.beside and (place.beside == self.language or place.beside not in self.in_use):
            place = place.but(beside="")
        if place.number > self._pages.num_pages:
            place = (
                place.but()
            )  # in another language, whose readers come from here, there may be more
        return place

    @cached_property
    def page(self) -> "PaginatorPage[Any]":
        """The rows of this page."""
        return self._pages.page(self.place.number)

    @cached_property
    def _pages(self) -> "Paginator[Any]":
        rows: Any = self._missing.order_by("identifier").with_words()
        if self.place.letter != MISSING:
            terms = self._terms.order_by("sort_key", "pk")
            if self.place.letter:
                terms = terms.filter(index_letter=self.place.letter)
            rows = terms.select_related("concept").prefetch_related(
                "concept__designations", "concept__definitions"
            )
        return Paginator(rows, PER_PAGE)

    @cached_property
    def entries(self) -> list[Entry]:
        """The lines of this page."""
        return [
            self._entry(row, None) if isinstance(row, GlossaryConcept)
            # what was loaded along with the term belongs to its concept
            else self._entry(row.concept, row)
            for row in self.page
        ]  # fmt: skip

    @property
    def sections(self) -> list[tuple[str, list[Entry]]]:
        """The lines by letter; what has no term in this language stands under none."""
        groups = groupby(self.entries, lambda entry: entry.term.index_letter if entry.term else "")
        return [(letter, list(entries)) for letter, entries in groups]

    def choices(self) -> list[ChoiceGroup]:
        """Returns the links that choose a domain and a second language."""
        domains = [
            (str(code), label, self.domains[code], "")
            for code, label in ConceptDomain.choices
            if code in self.domains
        ]
        beside = [
            (code, own_name(code), self.in_use[code], code)
            for code in content_languages()
            if code in self.in_use and code != self.language
        ]
        groups = [
            self._group("domain", pgettext_lazy("of knowledge", "Field"), "", domains),
            self._group(
                "beside", _("Second language"), pgettext_lazy("second language", "None"), beside
            ),
        ]
        return [group for group in groups if len(group.choices) > 1]

    def _group(
        self, field: str, label: Any, nothing: Any, rows: Iterable[tuple[Any, ...]]
    ) -> ChoiceGroup:
        # another domain may not have the letter
        others = {"letter": ""} if field == "domain" else {}
        current = getattr(self.place, field)
        choices = [Choice(str(nothing), self._url(**others, **{field: ""}), 0, not current)]
        for code, name, count, language in rows:
            place = self.place.but(**others, **{field: code})
            url = self.base + place.path
            is_current = code == current
            choices.append(
                Choice(str(name), url, count, is_current, place.is_mixture, language=language)
            )
        return ChoiceGroup(label, tuple(choices))

    def _url(self, **fields: str) -> str:
        return self.base + self.place.but(**fields).path

    @property
    def _concepts(self) -> Any:
        concepts = GlossaryConcept.objects.public()
        return concepts.filter(domain=self.place.domain) if self.place.domain else concepts

    @property
    def _terms(self) -> "QuerySet[Designation]":
        return Designation.objects.filter(concept__in=self._concepts, language=self.language)

    @property
    def _missing(self) -> Any:
        own = Designation.objects.filter(concept=OuterRef("pk"), language=self.language)
        return self._concepts.filter(~Exists(own))

    @cached_property
    def _missing_count(self) -> int:
        whole = sum(self.domains.values()) == self.in_use.get(self.language, 0)
        return 0 if whole else self._missing.count()

    def _entry(self, concept: GlossaryConcept, term: Designation | None) -> Entry:
        words = ConceptWords(concept, self.language)
        beside = words.terms_in(self.place.beside) if self.place.beside else []
        return Entry(words, term, [one for one in beside if one.status in TERMS_IN_USE])
