"""Answers searches: what is found, in the order in which readers want it, and how it divides.

The index says in one query which rows hold the words: all of them as a rule; of words that stand
everywhere at most ``MOST_OWN`` and ``MOST_OTHER``, so that an answer takes about the same time in
large sites as in small ones. What not everybody may read is dropped, the rest ordered and counted;
``showing`` then reads what is shown.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final, NamedTuple

from django.db import connections, router
from wagtail.models import Page, Site

from v2v_snippets.language.fallback import fallback_chain
from v2v_snippets.language.locales import content_languages
from v2v_snippets.publication.published import public_among
from v2v_snippets.publication.sites import below, roots_of

from ..models.search_entries import SearchEntry
from .dialects import Slice, ids_of, read_rows
from .sources import sources
from .words import Query, read_query

MOST_OWN: Final = 300
"""Rows that are looked at in the reader's language, or in those that were asked for."""
MOST_OTHER: Final = 100
"""Rows that are looked at in the languages near to it, and again in all others."""
ONLY_MENTIONED: Final = 3
"""The rank of an item of which no name has all the words."""

Chosen = Mapping[str, Sequence[str]]
"""Values by facet."""


class Candidate(NamedTuple):
    """A row in which the words stand."""

    id: int
    kind: str
    key: str
    language: str
    title_words: str
    scope: str
    day: date | str | None
    page_id: int | None

    @property
    def item(self) -> tuple[str, str]:
        """What it is a version of."""
        return self.kind, self.key


@dataclass(frozen=True, slots=True)
class Search:
    """What a reader asks for."""

    text: str
    language: str
    """The reader's own."""
    chosen: Chosen = field(default_factory=dict)
    """Values that results must have: ``{"type": ["news"]}``."""
    without: frozenset[str] = frozenset()
    """Kinds that cannot be read on this site."""


@dataclass(frozen=True, slots=True)
class Count:
    """How many items there are; "at least" where not all were looked at."""

    number: int
    is_capped: bool = False

    def __str__(self) -> str:
        return f"{self.number}+" if self.is_capped else str(self.number)


@dataclass(frozen=True, slots=True)
class Found:
    """All that was found, best first; ``paths`` are those of records, by kind and key."""

    query: Query
    candidates: Sequence[Candidate]
    total: Count
    facets: Mapping[str, Mapping[str, Count]]
    paths: Mapping[tuple[str, str], str]


def find(search: Search, site: Site | None) -> Found:
    """Looks into the index. At most five queries, and one more for each kind of records.

    Only what everybody may read now, and what lies on ``site``, is found or counted.
    """
    query = read_query(search.text)
    if not query.terms:
        return Found(query, (), Count(0), {}, {})
    everything, is_capped = _candidates(query, search, {})
    narrow, narrow_is_capped = everything, is_capped
    if search.chosen:
        narrow, narrow_is_capped = _candidates(query, search, search.chosen)
    pages, paths = _readable([*everything, *narrow], site)

    def readable(rows: Iterable[Candidate]) -> list[Candidate]:
        return [row for row in rows if row.page_id in pages or row.item in paths]

    best = _best_of_each(readable(narrow), query, search.language)
    facets = _facets(readable(everything), search.chosen, is_capped=is_capped)
    return Found(query, best, Count(len(best), narrow_is_capped), facets, paths)


def _candidates(query: Query, search: Search, chosen: Chosen) -> tuple[list[Candidate], bool]:
    """Returns rows in which all words stand, and whether there may be more."""
    slices = list(_slices(search, chosen))
    connection = connections[router.db_for_read(SearchEntry)]
    ids, parameters = ids_of(connection, query, slices)
    columns = ", ".join(Candidate._fields)
    rows = [Candidate._make(row) for row in read_rows(connection, columns, ids, parameters)]
    by_language = Counter(row.language for row in rows)
    is_capped = any(
        sum(by_language[code] for code in part.scope["language"]) >= part.most for part in slices
    )
    return [row for row in rows if row.kind not in search.without], is_capped


def _slices(search: Search, chosen: Chosen) -> Iterable[Slice]:
    """Yields the parts of the index to look into: own language, near ones, all others."""
    if chosen.get("language"):
        yield Slice(chosen, MOST_OWN)
        return
    chain = fallback_chain(search.language)
    others = [code for code in content_languages() if code not in chain]
    for languages, most in ((chain[:1], MOST_OWN), (chain[1:], MOST_OTHER), (others, MOST_OTHER)):
        if languages:
            yield Slice({**chosen, "language": languages}, most)


def _readable(
    rows: Iterable[Candidate], site: Site | None
) -> tuple[set[int | None], dict[tuple[str, str], str]]:
    """Returns the primary keys of pages, and the paths of records, that everybody may read."""
    pages: set[int | None] = set()
    keys: dict[str, set[str]] = {}
    for row in rows:
        if row.page_id is None:
            keys.setdefault(row.kind, set()).add(row.key)
        else:
            pages.add(row.page_id)
    known = sources()
    paths = {
        (kind, key): path
        for kind, wanted in keys.items()
        if kind in known
        for key, path in known[kind].public_paths(wanted).items()
    }
    roots = roots_of(site)
    if not pages or not roots:
        return set(), paths
    return set(public_among(Page.objects.filter(below(roots), pk__in=pages))), paths


def _best_of_each(rows: Iterable[Candidate], query: Query, language: str) -> list[Candidate]:
    """Returns each item once, in the language nearest to the reader's, best first.

    Own language, then its fallback chain, then others; in each, items whose name is what was
    searched for, then those with all words in the title, then the latest.
    """
    chain = {code: rank for rank, code in enumerate(fallback_chain(language))}

    def nearness(row: Candidate) -> int:
        return chain.get(row.language, len(chain))

    best: dict[tuple[str, str], Candidate] = {}
    for row in sorted(rows, key=lambda row: (nearness(row), row.language)):
        best.setdefault(row.item, row)
    newest = sorted(best.values(), key=lambda row: (str(row.day or ""), row.id), reverse=True)
    return sorted(newest, key=lambda row: (nearness(row), rank_of(row.title_words, query)))


def rank_of(title_words: str, query: Query) -> int:
    """Returns how well the names of an item fit: 0 is what was searched for itself."""
    if not all(word in title_words for word in query.words):
        return ONLY_MENTIONED  # of most rows this is known at once
    names = [name.split() for name in title_words.split("\n")]
    wanted = list(query.words)
    if wanted in names:
        return 0
    if any(query.is_all_in(name, whole=True) for name in names):
        return 1
    return 2 if any(query.is_all_in(name, whole=False) for name in names) else ONLY_MENTIONED


def _facets(
    rows: Sequence[Candidate], chosen: Chosen, *, is_capped: bool
) -> dict[str, dict[str, Count]]:
    """Counts, by facet and value, the items that remain if that value is chosen."""
    alike: dict[str, set[tuple[str, str]]] = {}
    for row in rows:
        alike.setdefault(row.scope, set()).add(row.item)
    items: dict[str, dict[str, set[tuple[str, str]]]] = {}
    for scope, own_items in alike.items():
        values = values_of(scope)
        misses = [
            name for name, wanted in chosen.items() if not {*wanted} & {*values.get(name, ())}
        ]
        for name, own in values.items():
            if not misses or misses == [name]:
                for value in own:
                    items.setdefault(name, {}).setdefault(value, set()).update(own_items)
    return {
        name: {value: Count(len(found), is_capped) for value, found in values.items()}
        for name, values in items.items()
    }


def values_of(scope: str) -> dict[str, list[str]]:
    """Returns the values of a row by facet."""
    values: dict[str, list[str]] = {}
    for token in scope.split():
        name, _equals, value = token.partition("=")
        values.setdefault(name, []).append(value)
    return values
