"""Results of a search as items."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from v2v_pages.search.finding import Count, Found
from v2v_pages.search.highlights import Segment
from v2v_pages.search.showing import Hit
from v2v_pages.search.sources import RecordSource, sources

from .library import Library


class ResultWriter:
    """Writes results for readers of one language."""

    def __init__(self, library: Library, language: str) -> None:
        self._library = library
        self._language = language

    def unread(self) -> frozenset[str]:
        """Returns the kinds of records that have no page on this site."""
        return frozenset(name for name, one in sources().items() if not self._list_url(one))

    def write(self, hit: Hit, fields: Collection[str]) -> dict[str, Any]:
        """Returns one result."""
        entry, note = hit.entry, hit.note
        item: Mapping[str, Any] = {
            "type": entry.kind,
            "id": entry.key,
            "language": entry.language,
            "title": entry.title,
            "url": self._url(hit),
            "published_on": entry.day,
            "highlights": {"title": _written(hit.title), "text": _written(hit.text)},
            "deprecated_term": {"term": note.term, "preferred": note.preferred} if note else None,
        }
        return {name: item[name] for name in fields}

    def _list_url(self, source: RecordSource) -> str:
        return self._library.versions.list_url(source.list_page, self._language)

    def _url(self, hit: Hit) -> str:
        """Returns where it is read; a page in a language far from the reader's, in its own."""
        entry = hit.entry
        if entry.page is None:
            return self._list_url(sources()[entry.kind]) + hit.path
        language = self._language if hit.is_near else entry.language
        return self._library.addresses.of_page(entry.page, language)


def written_count(count: Count) -> dict[str, Any]:
    """Returns a number, and whether it may be greater."""
    return {"count": count.number, "is_at_least": count.is_capped}


def written_facets(found: Found) -> dict[str, list[dict[str, Any]]]:
    """Returns the values of each facet, the most frequent first."""
    return {
        name: [
            {"value": _parameter_value(name, value), **written_count(count)}
            for value, count in sorted(values.items(), key=lambda pair: (-pair[1].number, pair[0]))
        ]
        for name, values in sorted(found.facets.items())
    }


def _parameter_value(name: str, value: str) -> str:
    """Returns a value as the parameter takes it: domains as ``/glossary/`` names them."""
    return value.replace("-", "_") if name == "domain" else value


def _written(parts: Sequence[Segment]) -> list[dict[str, Any]]:
    return [{"text": part.text, "is_match": part.is_match} for part in parts]
