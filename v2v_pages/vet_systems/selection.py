"""Which systems are compared: two to four countries, in a path such as ``compare/ba/hr/``."""

from collections.abc import Iterable, Sequence
from itertools import combinations
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

if TYPE_CHECKING:
    from ..models.vet_systems import VETSystemPage

FEWEST: Final = 2
MOST: Final = 4


class SelectionError(ValueError):
    """These countries cannot be compared; the message tells a reader why."""


class TooFewOrManyError(SelectionError):
    """All of them have profiles, but they are not two to four."""


def chosen_systems(
    codes: Iterable[str], systems: Sequence["VETSystemPage"]
) -> list["VETSystemPage"]:
    """Returns the systems of these countries, each once, in the order of their codes.

    Args:
        codes: Of countries, in any case and order.
        systems: That there are.

    Raises:
        TooFewOrManyError: when they are not two to four.
        SelectionError: when a country has no profile.
    """
    by_code = {system.country_code: system for system in reversed(systems)}
    wanted = sorted({code.lower() for code in codes if code})
    unknown = [code for code in wanted if code not in by_code]
    if unknown:
        raise SelectionError(
            ngettext(
                "There is no profile of “%(codes)s”.",
                "There are no profiles of “%(codes)s”.",
                len(unknown),
            )
            % {"codes": ", ".join(code[:20] for code in unknown[:MOST])}
        )
    if not FEWEST <= len(wanted) <= MOST:
        raise TooFewOrManyError(_("Choose two to four countries."))
    return [by_code[code] for code in wanted]


def comparison_path(systems: Iterable["VETSystemPage"]) -> str:
    """Returns the one path, below the list, at which these systems are compared."""
    codes = sorted(system.country_code for system in systems)
    return f"compare/{'/'.join(codes)}/"


def pairs(systems: Sequence["VETSystemPage"]) -> list[str]:
    """Returns the paths of all comparisons of two, for the site map."""
    return [comparison_path(pair) for pair in combinations(systems, 2)]
