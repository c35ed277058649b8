"""Rules of how concepts relate: no circle, and nobody related to whom they stand above or below.

The rules are those of SKOS (S27: related is disjoint from the transitive closure of broader), with
the circles forbidden that SKOS leaves to its users. Concepts are named by their identifiers.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from graphlib import CycleError, TopologicalSorter
from typing import Final, NamedTuple

from django.utils.translation import gettext as _

from ..enums import ConceptStatus, RelationKind
from .breaches import Breach

MOST_CIRCLES: Final = 100
"""How many circles are named at once; whoever has more knows enough."""

ARROW: Final = " → "


class Edge(NamedTuple):
    """A relation as it is stored: ``target`` stands above ``concept``, or both are related."""

    concept: str
    kind: str
    target: str


def relation_breaches(
    concept: str, rows: Sequence[tuple[str, str]], others: Iterable[Edge]
) -> list[Breach]:
    """Returns what the relations of one concept would break.

    Args:
        concept: its identifier; "" while it has none.
        rows: kind and target of each of its relations; an empty target is not chosen yet.
        others: the relations of all other concepts. What is wrong among them alone is not told.
    """
    elsewhere = [edge for edge in others if edge.concept != concept]
    own = [Edge(concept, *row) for row in rows]
    web = _Web([*elsewhere, *own])
    known = _Web(elsewhere)
    found = []
    for number, edge in enumerate(own):
        if edge.target:
            repeated = edge.target in {earlier.target for earlier in own[:number]}
            found += [
                Breach(message, "relations", number, "target", concept, edge.target)
                for message in _messages(edge, web, known, repeated=repeated)
            ]
    return found


def termbase_breaches(edges: Iterable[Edge]) -> list[Breach]:
    """Returns what is wrong in the web of all concepts: each circle and each pair once."""
    stored = list(edges)
    web = _Web(stored)
    found = [
        Breach(_circle(path), "relations", field="target", concept=path[0], target=path[1])
        for path in _circles(web.broader)
    ]
    seen: set[frozenset[str]] = set()
    for edge in stored:
        if edge.kind == RelationKind.RELATED:
            pair = frozenset((edge.concept, edge.target))
            message = _related_message(edge, web, repeated=pair in seen)
            if message:
                found.append(
                    Breach(message, "relations", None, "target", edge.concept, edge.target)
                )
            seen.add(pair)
    return found


def replacement_breaches(
    concept: str, status: str, replaced_by: str, replacements: Mapping[str, str]
) -> list[Breach]:
    """Holds that only what is retired is replaced, and that following replacements ends.

    Args:
        concept: the identifier; "" while it has none.
        status: of the concept.
        replaced_by: the identifier of what replaces it; "" for nothing.
        replacements: what replaces each of the other concepts that are replaced.
    """
    if not replaced_by:
        return []
    if status != ConceptStatus.RETIRED:
        return [Breach(_("Only a retired concept is replaced by another one."), "", None, "status")]
    path = [concept, replaced_by]
    while concept not in path[1:] and path[-1] in replacements:
        following = replacements[path[-1]]
        if following in path[1:]:
            break  # a circle of others
        path.append(following)
    if not concept or path[-1] != concept:
        return []
    return [Breach(_circle(path), field="replaced_by", concept=concept, target=replaced_by)]


class _Web:
    """All relations, to be walked upwards."""

    def __init__(self, edges: Iterable[Edge]) -> None:
        self.broader: dict[str, list[str]] = defaultdict(list)
        self.related: list[tuple[str, str]] = []
        self._above: dict[str, set[str]] = {}
        for concept, kind, target in edges:
            if not target:
                continue
            if kind == RelationKind.BROADER:
                self.broader[concept].append(target)
            else:
                self.related.append((concept, target))

    def above(self, concept: str) -> set[str]:
        """Returns all concepts above one, near and far."""
        if concept not in self._above:
            found: set[str] = set()
            waiting = list(self.broader.get(concept, ()))
            while waiting:
                upper = waiting.pop()
                if upper not in found:
                    found.add(upper)
                    waiting.extend(self.broader.get(upper, ()))
            self._above[concept] = found
        return self._above[concept]

    def way_up(self, start: str, goal: str) -> list[str]:
        """Returns the shortest way up from ``start`` to ``goal``, both included; [] for none."""
        ways = [[start]]
        seen = {start}
        for way in ways:
            if way[-1] == goal:
                return way
            fresh = [upper for upper in self.broader.get(way[-1], ()) if upper not in seen]
            seen.update(fresh)
            ways.extend([*way, upper] for upper in fresh)
        return []


def _messages(edge: Edge, web: _Web, known: _Web, *, repeated: bool) -> Iterator[str]:
    if repeated:
        yield _("There is a relation to this concept already.")
    if edge.kind == RelationKind.RELATED:
        other_side = (edge.target, edge.concept) in known.related
        message = _related_message(edge, web, repeated=other_side)
        if message:
            yield message
    elif edge.concept:
        way = web.way_up(edge.target, edge.concept)
        if way:
            yield _circle([edge.concept, *way])
        else:
            yield from _pairs_parted(edge, web, known)


def _pairs_parted(edge: Edge, web: _Web, known: _Web) -> Iterator[str]:
    """Names the related concepts of which one would now stand above the other."""
    lifted = {edge.target, *web.above(edge.target)}
    for pair in known.related:
        for lower, upper in (pair, pair[::-1]):
            is_below = lower == edge.concept or edge.concept in web.above(lower)
            if is_below and upper in lifted and upper not in known.above(lower):
                yield stands_above(lower, upper)


def _related_message(edge: Edge, web: _Web, *, repeated: bool) -> str:
    concept, _kind, target = edge
    if concept == target:
        return _("A concept has no relation to itself.")
    if target in web.above(concept):
        return stands_above(concept, target)
    if concept in web.above(target):
        return stands_above(target, concept)
    return _("The other concept has this relation already.") if repeated else ""


def stands_above(lower: str, upper: str) -> str:
    """Says why two concepts cannot be related."""
    message = _("%(upper)s stands above %(lower)s, so the two cannot be related concepts.")
    return message % {"upper": upper, "lower": lower or _("this concept")}


def _circle(path: Sequence[str]) -> str:
    return _("This closes a circle: %(path)s") % {"path": ARROW.join(path)}


def _circles(broader: Mapping[str, Sequence[str]]) -> Iterator[list[str]]:
    """Takes a relation out of each circle until none is left; each begins with its source."""
    remaining = {concept: sorted(upper) for concept, upper in sorted(broader.items())}
    for _number in range(MOST_CIRCLES):
        try:
            TopologicalSorter(remaining).prepare()
        except CycleError as error:
            path = _beginning_with_the_smallest(error.args[1][::-1])
            remaining[path[0]].remove(path[1])
            yield path
        else:
            return


def _beginning_with_the_smallest(path: list[str]) -> list[str]:
    """Turns a circle, whose first member is also its last, so that it always reads the same."""
    members = path[:-1]
    start = members.index(min(members))
    turned = members[start:] + members[:start]
    return [*turned, turned[0]]
