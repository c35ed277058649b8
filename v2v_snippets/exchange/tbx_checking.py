"""Holds a tree of TBX against the 37 rules of TBX-Basic, each with a name of its own.

Most of them follow from the tables of ``tbx_rules``: which categories there are, at which levels
they stand, and from which list their values come. The others concern targets, the dialect's name
and the codes of inline markup that TBX has from XLIFF.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext as _

from .tbx_rules import CATEGORIES, DIALECT, GROUPS, NAMESPACE, PICKLISTS, STYLE, TERM

ANY: Final = "*"
LEVELLED: Final = frozenset(GROUPS) - {"termNote"}
"""Elements whose categories have levels of their own; a termNote only stands with a term."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule, asked about elements with the name ``element``; ``says`` tells what is wrong."""

    name: str
    element: str
    is_broken: Callable[[Any, Collection[str]], bool]
    says: Callable[[], str]


@dataclass(frozen=True, slots=True)
class Breach:
    """An element that breaks a rule."""

    rule: str
    element: Any
    message: str

    @property
    def concerns_category(self) -> bool:
        """Tells whether there is no such category, or none at this level."""
        return self.rule.startswith(("categories of ", "levels of "))


class UnknownCategories:
    """Counts what is left out of a file, since TBX-Basic has no such category, or not there."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, str], list[str]] = {}

    def add(self, breach: Breach, place: str) -> None:
        """Notes an element that is left out."""
        self._found.setdefault((breach.element.get("type"), breach.message), []).append(place)

    def notices(self) -> list[str]:
        """Returns a sentence for each category and reason, with the first place and how many."""
        message = _("Left out: “%(type)s”, %(count)d times, first in %(place)s. %(reason)s")
        return [
            message % {"type": kind, "count": len(places), "place": places[0], "reason": reason}
            for (kind, reason), places in self._found.items()
        ]


def breaches(elements: Iterable[Any], identifiers: Collection[str]) -> Iterator[Breach]:
    """Gives what is wrong with the elements; ``identifiers`` are those of the whole file."""
    for element in elements:
        if isinstance(element.tag, str):
            for rule in (*RULES_OF.get(_local(element), ()), *RULES_OF[ANY]):
                if rule.is_broken(element, identifiers):
                    yield Breach(rule.name, element, rule.says())


def _local(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]


def _level(element: Any) -> str:
    """Returns where an element stands; a group that may hold it counts as what it stands in."""
    parent = element.getparent()
    if parent is not None and _local(parent) in GROUPS[_local(element)]:
        parent = parent.getparent()
    return "" if parent is None else _local(parent)


def _category_rule(element: str) -> Rule:
    kinds = sorted(kind for name, kind in CATEGORIES if name == element)
    return Rule(
        f"categories of {element}",
        element,
        lambda found, _ids: found.get("type") is not None and found.get("type") not in kinds,
        lambda: (
            _("This %(element)s has a type that TBX-Basic does not have; there are: %(types)s.")
            % {"element": element, "types": ", ".join(kinds)}
        ),
    )


def _level_rule(element: str, kind: str) -> Rule:
    levels = CATEGORIES[element, kind]
    return Rule(
        f"levels of {kind}",
        element,
        lambda found, _ids: found.get("type") == kind and _level(found) not in levels,
        lambda: (
            _("%(type)s may not stand here, only in: %(levels)s.")
            % {"type": kind, "levels": ", ".join(sorted(levels))}
        ),
    )


def _picklist_rule(element: str, kind: str) -> Rule:
    values = PICKLISTS[kind]
    return Rule(
        f"values of {kind}",
        element,
        lambda found, _ids: found.get("type") == kind and "".join(found.itertext()) not in values,
        lambda: (
            _("This is no value of %(type)s; there are: %(values)s.")
            % {"type": kind, "values": ", ".join(sorted(values))}
        ),
    )


def _leads_nowhere(element: Any, identifiers: Collection[str]) -> bool:
    target = element.get("target")
    if target is None or target in identifiers:
        return False
    scheme, _slashes, address = target.partition("://")
    return not (scheme in {"http", "https"} and address)


def _is_paired(element: Any) -> bool:
    """Tells whether an opening code has a closing one after it, or a closing one the opposite."""
    is_opening = _local(element) == "sc"
    other = f"{{{NAMESPACE}}}{'ec' if is_opening else 'sc'}"
    return next(element.itersiblings(other, preceding=not is_opening), None) is not None


def _inline_rule(name: str, element: str, is_broken: Callable[[Any], bool]) -> Rule:
    return Rule(
        name,
        element,
        lambda found, _ids: is_broken(found),
        lambda: _("The inline codes sc and ec do not fit together: %s.") % name,
    )


_INLINE: Final = (
    _inline_rule(
        "paired sc is not isolated",
        "sc",
        lambda found: _is_paired(found) and found.get("isolated", "no") != "no",
    ),
    _inline_rule(
        "paired ec is not isolated",
        "ec",
        lambda found: _is_paired(found) and found.get("isolated", "no") != "no",
    ),
    _inline_rule(
        "paired ec has startRef",
        "ec",
        lambda found: _is_paired(found) and found.get("startRef") is None,
    ),
    _inline_rule(
        "single sc is isolated",
        "sc",
        lambda found: not _is_paired(found) and found.get("isolated", "yes") != "yes",
    ),
    _inline_rule(
        "single ec is isolated",
        "ec",
        lambda found: not _is_paired(found) and found.get("isolated", "yes") != "yes",
    ),
    _inline_rule(
        "single ec has id",
        "ec",
        lambda found: not _is_paired(found) and found.get("id") is None,
    ),
    _inline_rule(
        "isolated ec has id",
        "ec",
        lambda found: found.get("isolated") == "yes" and not found.get("id"),
    ),
)

_GENERAL: Final = (
    Rule(
        "level of termNote",
        "termNote",
        lambda found, _ids: _level(found) != TERM,
        lambda: _("A termNote may only stand with a term."),
    ),
    Rule(
        "type is said",
        ANY,
        lambda found, _ids: found.get("type") == "",
        lambda: _("The type is empty."),
    ),
    Rule(
        "target is there",
        ANY,
        _leads_nowhere,
        lambda: _("The target is neither an identifier in this file nor a web address."),
    ),
    Rule(
        "dialect",
        "tbx",
        lambda found, _ids: found.get("type") != DIALECT,
        lambda: _("The dialect is not %s.") % DIALECT,
    ),
    Rule(
        "style",
        "tbx",
        lambda found, _ids: found.get("style") != STYLE,
        lambda: _("Only TBX in DCA style is read."),
    ),
    Rule(
        "namespace",
        ANY,
        lambda found, _ids: not found.tag.startswith(f"{{{NAMESPACE}}}"),
        lambda: _("Elements of other namespaces may not stand in TBX in DCA style."),
    ),
)

RULES: Final = (
    *_GENERAL,
    *_INLINE,
    *(_category_rule(element) for element in GROUPS),
    *(_level_rule(element, kind) for element, kind in CATEGORIES if element in LEVELLED),
    *(_picklist_rule(element, kind) for element, kind in CATEGORIES if kind in PICKLISTS),
)
RULES_OF: Final = {
    name: tuple(rule for rule in RULES if rule.element == name)
    for name in {rule.element for rule in RULES}
}
