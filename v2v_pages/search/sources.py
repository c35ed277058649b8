"""What is indexed: the protocol by which page types and kinds of records say what they are about.

A page type is indexed as it is: title, summary and whatever its ``search_fields`` name. It may have

* ``search_kind``: the type that readers filter by, other than its ``listing_type`` or "page"; ""
  keeps it out of the index;
* ``search_keywords()``: words by which it is found besides its text;
* ``search_facets()``: values by which results can be filtered: ``{"topic": ["visa"]}``;
* ``search_facet_labels()``, a class method: what these are called, by facet and value.

A kind of record is a ``RecordSource`` that an app registers by ``register()`` when it is ready.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, ClassVar

from django.db.models import Model
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, get_page_models

from ..models.search_entries import SearchEntry
from .dialects import scope_tokens
from .words import Query, clean, folded_words

LONGEST_TEXT = 100_000
"""How much of a text is indexed, in characters."""
PAGE = "page"
"""The kind of all pages that have no other."""


@dataclass(frozen=True, slots=True)
class SearchDocument:
    """One item in one language, as it is to be found."""

    kind: str
    key: str
    """The item's public identifier, the same in all languages; at most 64 characters."""
    language: str
    title: str
    summary: str = ""
    body: str = ""
    names: Sequence[str] = ()
    """Other names: found like the title, and never shown."""
    keywords: Sequence[str] = ()
    """Found like the body, and never shown."""
    facets: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """Values to filter by, of small letters, digits, "-" and "_"."""
    day: date | None = None
    page_id: int | None = None
    """Of the page that it is; None for a record."""

    def entry(self) -> SearchEntry:
        """Returns the row of the index."""
        facets = {"language": [self.language], "type": [self.kind], **self.facets}
        summary, body = clean(self.summary), clean(self.body[:LONGEST_TEXT])
        return SearchEntry(
            kind=self.kind,
            key=self.key,
            language=self.language,
            page_id=self.page_id,
            day=self.day,
            title=clean(self.title),
            summary=summary,
            scope=scope_tokens(facets),
            title_words="\n".join(folded_words(name) for name in (self.title, *self.names)),
            body=body,
            body_words=folded_words(" ".join([summary, body, *self.keywords])),
        )


@dataclass(frozen=True, slots=True)
class Note:
    """Says that an item was found by a term that is not to be used any more."""

    term: str
    preferred: str


class RecordSource:
    """A kind of records that have a page of their own below some list."""

    kind: ClassVar[str]
    label: ClassVar[Any]
    """What the kind is called, in the plural."""
    list_page: ClassVar[str]
    """The page type of ``v2v_pages`` below which each record is read."""
    watched: ClassVar[Mapping[type[Model], str]] = {}
    """Models whose rows change what is found, with the path to the record's primary key."""

    def documents(self, pks: Collection[Any] | None = None) -> Iterator[SearchDocument]:
        """Yields the documents of these records, or of all; none of what is not public."""
        raise NotImplementedError

    def keys(self, pks: Collection[Any]) -> list[str]:
        """Returns the public identifiers of records, public or not."""
        raise NotImplementedError

    def public_paths(self, keys: Collection[str]) -> dict[str, str]:
        """Returns, of these records, the public ones: their paths below the list, by key."""
        raise NotImplementedError

    def key_of(self, record: Any) -> str:
        """Returns the public identifier of one record, even of one that was just deleted."""
        return str(record.public_id)

    def notes(self, entries: Iterable[SearchEntry], query: Query) -> dict[int, Note]:
        """Returns what readers must be told of found rows, by the rows' primary keys."""
        return {}

    def facet_labels(self) -> Mapping[str, Mapping[str, Any]]:
        """Returns what values are called, by facet and value."""
        return {}


_sources: dict[str, RecordSource] = {}


def register(source: RecordSource) -> None:
    """Adds a kind of records, or replaces the one of the same name."""
    _sources[source.kind] = source


def sources() -> dict[str, RecordSource]:
    """Returns the kinds of records by name."""
    return dict(_sources)


def page_kind(model: type[Page]) -> str:
    """Returns the kind of a page type; "" for one that is not to be found."""
    kind = getattr(model, "search_kind", None)
    return str(getattr(model, "listing_type", PAGE) if kind is None else kind)


def kind_labels() -> dict[str, Any]:
    """Returns all kinds that the site can have, with what they are called."""
    labels: dict[str, Any] = {}
    for model in get_page_models():
        labels.setdefault(page_kind(model), model._meta.verbose_name_plural)
    labels |= {PAGE: _("Pages")} | {kind: source.label for kind, source in _sources.items()}
    labels.pop("", None)
    return labels


def facet_labels() -> dict[str, dict[str, Any]]:
    """Returns what the values of all further facets are called, by facet and value."""
    labels: dict[str, dict[str, Any]] = {}
    declared = [source.facet_labels() for source in _sources.values()]
    declared += [
        model.search_facet_labels()
        for model in get_page_models()
        if hasattr(model, "search_facet_labels")
    ]
    for facets in declared:
        for name, values in facets.items():
            labels.setdefault(name, {}).update(values)
    return labels
