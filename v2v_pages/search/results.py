"""One page of results as the search page shows it, with the filters that narrow it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from django.core.paginator import Page, Paginator
from django.http import HttpRequest
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.models import Site

from v2v_snippets.language.reading import readers_language
from v2v_snippets.publication.urls import url_in

from ..facets import Choice, ChoiceGroup
from ..sections import SiteSections
from .asking import Asked, facet_names
from .finding import ONLY_MENTIONED, Count, Search, find, rank_of
from .showing import Hit, show
from .sources import kind_labels, sources

RESULTS_A_PAGE: Final = 10
FACETS: Final[Mapping[str, Any]] = {
    "type": _("Type"),
    "language": _("Language"),
    "domain": pgettext_lazy("of knowledge", "Field"),
}
"""What the facets are called; others of a site's own are called by their names."""


@dataclass(frozen=True, slots=True)
class Result:
    """One thing that was found, and where it is read."""

    hit: Hit
    url: str
    kind: str
    """What it is, in the plural."""

    @property
    def language(self) -> str:
        """The language of the words that are shown."""
        return str(self.hit.entry.language)


class Results:
    """The answer to one question; names are in the language of the page being written."""

    def __init__(self, asked: Asked, base: str, sections: SiteSections) -> None:
        """Looks for what is asked; ``base`` is the path of the search page."""
        self.asked = asked
        self.base = base
        self.sections = sections
        self.reader = reader = readers_language()
        self.lists = {
            kind: sections.index_url(source.list_page, reader) for kind, source in sources().items()
        }
        chosen = {name: [value] for name, value in asked.chosen.items()}
        unread = frozenset(kind for kind, url in self.lists.items() if not url)
        self.search = Search(asked.text, reader, chosen, unread)
        request: HttpRequest | None = sections.request
        self.found = find(self.search, Site.find_for_request(request) if request else None)
        self.page: Page[Any] = Paginator(self.found.candidates, RESULTS_A_PAGE).get_page(asked.page)

    @property
    def total(self) -> Count:
        """How many things were found."""
        return self.found.total

    @property
    def has_words(self) -> bool:
        """Whether there is a word to look for at all."""
        return bool(self.found.query.terms)

    @cached_property
    def shown(self) -> list[Result]:
        """The results of this page, best first."""
        if not self.found.candidates:
            return []
        first = self.page.start_index() - 1
        labels = {kind: capfirst(str(label)) for kind, label in kind_labels().items()}
        hits = show(self.found, self.search, first=first, number=RESULTS_A_PAGE)
        results = (Result(hit, self._url(hit), labels.get(hit.entry.kind, "")) for hit in hits)
        return [result for result in results if result.url]

    @property
    def own(self) -> list[Result]:
        """Those in the reader's language."""
        return [result for result in self.shown if result.language == self.reader]

    @property
    def others(self) -> list[Result]:
        """Those in other languages, near ones first."""
        return [result for result in self.shown if result.language != self.reader]

    @property
    def named(self) -> list[Result]:
        """Those that have all words in one of their names; others only mention them."""
        return [
            result
            for result in self.shown
            if rank_of(result.hit.entry.title_words, self.found.query) < ONLY_MENTIONED
        ]

    @property
    def groups(self) -> list[ChoiceGroup]:
        """The links that narrow the results; what would lead to nothing is left out."""
        return list(self._groups())

    @property
    def all_url(self) -> str:
        """The same question without filters."""
        return self.base + Asked(self.asked.text).address()

    @property
    def previous_url(self) -> str:
        """The results before these; "" on the first page."""
        return self._page_url(self.page.number - 1) if self.page.has_previous() else ""

    @property
    def next_url(self) -> str:
        """The results behind these; "" on the last page."""
        return self._page_url(self.page.number + 1) if self.page.has_next() else ""

    def _page_url(self, number: int) -> str:
        return self.base + self.asked.address(page=str(number) if number > 1 else "")

    def _groups(self) -> Iterator[ChoiceGroup]:
        for name, labels in facet_names().items():
            counts = self.found.facets.get(name, {})
            current = self.asked.chosen.get(name, "")
            choices = [
                self._choice(name, value, label)
                for value, label in labels.items()
                if value in counts or value == current
            ]
            if len(choices) > 1 or current:
                url = self.base + self.asked.address(**{name: ""})
                everything = Choice("", url, 0, not current)
                yield ChoiceGroup(FACETS.get(name, name), (everything, *choices))

    def _choice(self, name: str, value: str, label: str) -> Choice:
        count = self.found.facets.get(name, {}).get(value, Count(0))
        return Choice(
            capfirst(label) if name != "language" else label,
            self.base + self.asked.address(**{name: value}),
            count.number,
            self.asked.chosen.get(name) == value,
            is_mixture=True,
            language=value if name == "language" else "",
            is_at_least=count.is_capped,
        )

    def _url(self, hit: Hit) -> str:
        """Returns where a thing is read; a page in a language far from the reader's, in its own."""
        entry = hit.entry
        if entry.page is None:
            return self.lists.get(entry.kind, "") + hit.path
        code = self.reader if hit.is_near else entry.language
        return url_in(entry.page, code, self.sections.request)
