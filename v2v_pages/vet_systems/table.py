"""The values of one or more systems side by side: a row for each indicator, whether or not known.

Words are those of the language being written.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import Any

from django.utils.translation import get_language, gettext

from v2v_snippets.enums import IndicatorGroup, IndicatorKind
from v2v_snippets.language.fallback import best_text
from v2v_snippets.language.formats import decimal_number, percentage
from v2v_snippets.models import VETIndicator, VETIndicatorText
from v2v_snippets.publication.listing import ListingText

from .profiles import Profile, ValueRow
from .writing import years


@dataclass(frozen=True, slots=True)
class Cell:
    """One value, ready to be shown."""

    row: ValueRow
    shown: ListingText

    @property
    def facts(self) -> Any:
        """Year, source and whether it is a sample."""
        return self.row.facts


@dataclass(frozen=True, slots=True)
class Line:
    """One indicator with its values, None where nothing is documented."""

    indicator: VETIndicator
    text: VETIndicatorText | None
    cells: tuple[Cell | None, ...]

    @property
    def label(self) -> str:
        """What the indicator is called."""
        return self.text.label if self.text else self.indicator.key

    @property
    def label_language(self) -> str:
        """The language of the label."""
        return self.text.language if self.text else ""


@dataclass(frozen=True, slots=True)
class Group:
    """The lines below one heading."""

    key: str
    name: str
    lines: tuple[Line, ...]


def table_of(catalogue: Iterable[VETIndicator], profiles: Sequence[Profile]) -> list[Group]:
    """Returns the values of these systems, in the order of the catalogue."""
    return [
        Group(
            key,
            str(IndicatorGroup(key).label),
            tuple(_line(indicator, profiles) for indicator in indicators),
        )
        for key, indicators in groupby(catalogue, key=lambda indicator: indicator.group)
    ]


def _line(indicator: VETIndicator, profiles: Sequence[Profile]) -> Line:
    text = best_text(indicator.texts.all(), get_language() or "")
    rows = (profile.values.get(indicator.pk) for profile in profiles)
    cells = (Cell(row, shown_value(indicator, row, text)) if row else None for row in rows)
    return Line(indicator, text, tuple(cells))


def shown_value(
    indicator: VETIndicator, row: ValueRow, text: VETIndicatorText | None = None
) -> ListingText:
    """Writes a value as readers of the language being written do: "42.5%", "3 years", "Yes".

    Only the value of an indicator of the kind text may be in another language.
    """
    code = get_language() or ""
    kind = IndicatorKind(indicator.kind)
    if kind == IndicatorKind.TEXT:
        return row.text or ListingText("", code)
    if kind == IndicatorKind.YES_NO:
        return ListingText(gettext("Yes") if row.facts.yes_no else gettext("No"), code)
    number = row.facts.number if row.facts.number is not None else Decimal()
    if kind == IndicatorKind.PERCENT:
        return ListingText(percentage(number, code), code)
    if kind == IndicatorKind.YEARS:
        return ListingText(years(number), code)
    unit = text.unit if text else ""
    return ListingText(f"{decimal_number(number, code)} {unit}".strip(), code)
