"""Filters of a directory, kept in the path: ``country/it/kind/network/``.

Filters that are links work without a script, and a static copy of the site keeps them. A value in
the path is a code, the same in all languages, so that changing the language keeps the filter.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from django.http import Http404
from django.utils.translation import get_language

from v2v_snippets.language.collation import sort_key

from .structured_data import list_data
from .subject import Subject

FILTERED_ROUTE: Final = r"^(?P<filters>(?:[a-z]+/[a-z0-9-]+/){1,6})$"
"""What the route of a filtered list matches: up to six pairs of filter and value."""


@dataclass(frozen=True, slots=True)
class Facet:
    """One property to filter by, such as the country of a partner."""

    name: str
    """In the path."""
    label: Any
    values_of: Callable[[Any], Mapping[str, Any]]
    """The values of one record: labels by code."""
    all_values: Mapping[str, Any]
    """Values that can be asked for even if no record has them, in their order; else by label."""
    is_open: bool = False
    """Whether a record without a value fits all of them: an article for any country."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A link that filters, and how many records it leads to."""

    label: str
    """Empty for the choice that takes the filter away."""
    url: str
    count: int
    is_current: bool
    is_mixture: bool = False
    """Whether it combines filters: robots are told not to walk through all combinations."""
    language: str = ""
    """Of the label, where that is not the language of the page."""
    is_at_least: bool = False
    """Whether there may be more: not all were counted."""


@dataclass(frozen=True, slots=True)
class ChoiceGroup:
    """The choices of one facet; the first one takes its filter away."""

    label: Any
    choices: tuple[Choice, ...]


def path_code(code: str) -> str:
    """Returns a stored code as it stands in a path: "vet_provider" is "vet-provider"."""
    return code.lower().replace("_", "-")


def labels_in_order(labels: Mapping[str, Any]) -> dict[str, str]:
    """Returns labels by code as the language of the page being written sorts them."""
    language = get_language() or ""
    named = [(code, str(label)) for code, label in labels.items()]
    return dict(sorted(named, key=lambda item: sort_key(item[1], language)))


class FilteredRecords:
    """Records of a directory with the filters that a path asks for; nothing here costs a query."""

    def __init__(self, facets: Sequence[Facet], records: Iterable[Any], path: str = "") -> None:
        """Reads the path; labels are those of the language in which the page is written.

        Raises:
            Http404: when it names a filter twice, or a filter or value that does not exist.
        """
        self.facets = facets
        self.records = list(records)
        self.labels = {facet.name: self._labels_of(facet) for facet in facets}
        self.chosen = self._chosen_in(path)

    @property
    def path(self) -> str:
        """The path of these filters in the one order that has an address."""
        return self._path(self.chosen)

    @property
    def matching(self) -> list[Any]:
        """The records that have all chosen values."""
        return self._matching(self.chosen)

    @property
    def chosen_labels(self) -> list[str]:
        """What the filters are called, for headings."""
        return [self.labels[name][value] for name, value in self._ordered(self.chosen)]

    @property
    def is_indexed(self) -> bool:
        """Whether search engines should list the page: no mixtures of filters, nothing empty."""
        return len(self.chosen) < 2 and bool(self.matching)

    def subject(self, of_list: Subject, names: Iterable[tuple[str, str]]) -> Subject:
        """Returns what the page is about: the whole list, or its part with the chosen values.

        ``names`` are those of the matching records with their absolute addresses.
        """
        data = of_list.data | list_data(names)
        if not self.chosen:
            return replace(of_list, data=data)
        name = f"{of_list.name}: {', '.join(self.chosen_labels)}"
        return replace(of_list, name=name, window_title="", data=data, is_indexed=self.is_indexed)

    def groups(self, base: str, rest: str = "") -> list[ChoiceGroup]:
        """Returns the links of each facet that offers a choice, below the path ``base``.

        ``rest`` is what addresses keep behind the filters, such as ``checklist/``.

        Each link keeps the filters of the other facets; what would lead to nothing, or to all that
        is shown already, is left out. Of an open facet, whose values change the order, too, those
        are offered that some record has.
        """
        groups = (self._group(facet, base, rest) for facet in self.facets)
        return [group for group in groups if len(group.choices) > 2 or self._is_chosen(group)]

    def _group(self, facet: Facet, base: str, rest: str) -> ChoiceGroup:
        everything = self._choice(facet.name, "", base, rest)
        choices = {v: self._choice(facet.name, v, base, rest) for v in self.labels[facet.name]}
        named = self._named(facet)
        shown = (
            choice
            for value, choice in choices.items()
            if choice.is_current
            or (value in named if facet.is_open else 0 < choice.count < everything.count)
        )
        return ChoiceGroup(facet.label, (everything, *shown))

    def ways_out(self, base: str) -> list[Choice]:
        """Returns the links that take one of several filters away, where that leads on."""
        if len(self.chosen) < 2:
            return []
        choices = []
        for name, value in self._ordered(self.chosen):
            others = {other: code for other, code in self.chosen.items() if other != name}
            label, count = self.labels[name][value], len(self._matching(others))
            url = base + self._path(others)
            choices.append(Choice(label, url, count, is_current=False, is_mixture=len(others) > 1))
        return [choice for choice in choices if choice.count]

    def _choice(self, name: str, value: str, base: str, rest: str) -> Choice:
        others = {other: code for other, code in self.chosen.items() if other != name}
        asked = {**others, name: value} if value else others
        label = self.labels[name][value] if value else ""
        is_current = self.chosen.get(name, "") == value
        url, count = base + self._path(asked) + rest, len(self._matching(asked))
        return Choice(label, url, count, is_current, is_mixture=len(asked) > 1)

    def _named(self, facet: Facet) -> set[str]:
        """Returns the values that records with the other filters have themselves."""
        others = {name: code for name, code in self.chosen.items() if name != facet.name}
        matching = self._matching(others)
        return {path_code(code) for record in matching for code in facet.values_of(record)}

    def _is_chosen(self, group: ChoiceGroup) -> bool:
        return any(choice.is_current and choice.label for choice in group.choices)

    def _labels_of(self, facet: Facet) -> dict[str, Any]:
        found = {
            c: label for record in self.records for c, label in facet.values_of(record).items()
        }
        labels = {**facet.all_values, **labels_in_order(found)}
        return {path_code(code): str(label) for code, label in labels.items()}

    def _matching(self, chosen: Mapping[str, str]) -> list[Any]:
        by_name = {facet.name: facet for facet in self.facets}
        return [
            record
            for record in self.records
            if all(_fits(by_name[name], record, value) for name, value in chosen.items())
        ]

    def _chosen_in(self, path: str) -> dict[str, str]:
        parts = [part for part in path.split("/") if part]
        names, values = parts[::2], parts[1::2]
        chosen = dict(zip(names, values, strict=True))
        unknown = [n for n, value in chosen.items() if value not in self.labels.get(n, {})]
        if unknown or len(chosen) < len(names):
            raise Http404
        return chosen

    def _ordered(self, chosen: Mapping[str, str]) -> list[tuple[str, str]]:
        return [(facet.name, chosen[facet.name]) for facet in self.facets if facet.name in chosen]

    def _path(self, chosen: Mapping[str, str]) -> str:
        return "".join(f"{name}/{value}/" for name, value in self._ordered(chosen))


def _fits(facet: Facet, record: Any, value: str) -> bool:
    values = facet.values_of(record)
    return value in map(path_code, values) or (facet.is_open and not values)
