"""The chart of a system: ages from left to right, EQF levels from bottom to top.

Each programme has a lane of its own below the line of its name, so that no name covers another.
What is not documented is drawn, too: a programme without ages as a name without a bar, one without
a level below all others. The table of programmes says the same in words.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from .profiles import ProgrammeRow

WIDTH: Final = 420
"""As wide as a phone: letters are then nowhere smaller than they should be."""
LEFT: Final = 58
"""Where the ages begin; to the left of it stand the levels."""
RIGHT: Final = 12
LANE: Final = 38
NAME_HEIGHT: Final = 15
"""From the top of a lane to the line on which its name stands."""
BAR: Final = 14
GAP: Final = 8
"""Between two levels."""
FOOT: Final = 26
"""For the ages below."""
LETTER: Final = 7.4
"""How wide a letter is at most, on average, at 13 units of height."""
ELLIPSIS: Final = "…"
FEWEST_AGES: Final = 4


@dataclass(frozen=True, slots=True)
class Bar:
    """One programme: its name, and where it is drawn."""

    row: ProgrammeRow
    label: str
    """The name, shortened to what fits."""
    label_x: float
    label_y: float
    x: float
    y: float
    width: float
    """0 where no ages are documented."""
    height: int = BAR


@dataclass(frozen=True, slots=True)
class Level:
    """The programmes of one EQF level; None stands for those without any."""

    number: int | None
    y: float
    """Of the line above it."""
    label_y: float
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Tick:
    """An age below the chart."""

    age: int
    x: float


@dataclass(frozen=True, slots=True)
class SystemChart:
    """The whole drawing, in a box of ``width`` × ``height``."""

    levels: tuple[Level, ...]
    ticks: tuple[Tick, ...]
    height: float
    width: int = WIDTH
    left: int = LEFT

    @property
    def bottom(self) -> float:
        """Where the lines of the ages end."""
        return self.height - FOOT

    @property
    def age_y(self) -> float:
        """On which line the ages stand."""
        return self.height - 8

    @property
    def right(self) -> int:
        """Where the lines of the levels end."""
        return self.width - RIGHT


def ages_of(rows: Iterable[ProgrammeRow]) -> tuple[int, int] | None:
    """Returns the first and the last age of some programmes; None where none is documented.

    Charts that stand side by side are drawn with the ages of all of them.
    """
    spans = [span for row in rows if (span := _span(row))]
    if not spans:
        return None
    first, last = int(min(start for start, _ in spans)), max(end for _, end in spans)
    return first, max(int(last) + (last > int(last)), first + FEWEST_AGES)


def draw_chart(
    rows: Sequence[ProgrammeRow], ages: tuple[int, int] | None = None
) -> SystemChart | None:
    """Draws the programmes of a system; None where there is no programme.

    Args:
        rows: The programmes.
        ages: The first and the last age of the scale; those of the programmes if not given.
    """
    if not rows:
        return None
    scale = _Scale(ages or ages_of(rows))
    top = 0.0
    levels = []
    for number, group in groupby(sorted(rows, key=_order), key=lambda row: row.facts.eqf_level):
        level = _level(number, list(group), top, scale)
        levels.append(level)
        top += LANE * len(level.bars) + GAP
    return SystemChart(tuple(levels), scale.ticks(), top + FOOT)


class _Scale:
    """Where ages stand from left to right."""

    def __init__(self, ages: tuple[int, int] | None) -> None:
        self.ages = ages
        first, last = ages or (0, 1)
        self.first = first
        self.year = (WIDTH - LEFT - RIGHT) / (last - first)

    def x(self, age: float) -> float:
        return round(LEFT + (age - self.first) * self.year, 1)

    def ticks(self) -> tuple[Tick, ...]:
        if self.ages is None:
            return ()
        first, last = self.ages
        step = -(-(last - first) // 10)
        return tuple(Tick(age, self.x(age)) for age in range(first, last + 1, step))


def _order(row: ProgrammeRow) -> tuple[int, float, str]:
    """Highest level first, then the youngest; those without a level last."""
    span = _span(row)
    return (-(row.facts.eqf_level or 0), span[0] if span else 0, row.facts.name)


def _span(row: ProgrammeRow) -> tuple[float, float] | None:
    """Returns the ages from and to which a programme lasts, as far as they are documented.

    Without a last age, it is as long as its years; without these, one year.
    """
    facts = row.facts
    if facts.age_from is None:
        return None
    if facts.age_to is not None and facts.age_to > facts.age_from:
        return float(facts.age_from), float(facts.age_to)
    return float(facts.age_from), float(facts.age_from + (facts.duration_years or 1))


def _level(number: int | None, rows: Sequence[ProgrammeRow], top: float, scale: _Scale) -> Level:
    bars = tuple(_bar(row, top + lane * LANE, scale) for lane, row in enumerate(rows))
    return Level(number, top, top + NAME_HEIGHT, bars)


def _bar(row: ProgrammeRow, top: float, scale: _Scale) -> Bar:
    start, end = _span(row) or (scale.first, scale.first)
    # a scale that was given may be shorter than the programme
    x, right = (min(max(scale.x(age), LEFT), WIDTH - RIGHT) for age in (start, end))
    label = shortened(row.facts.name)
    label_x = max(LEFT, min(x, WIDTH - RIGHT - len(label) * LETTER))
    return Bar(
        row,
        label,
        round(label_x, 1),
        top + NAME_HEIGHT,
        x,
        top + NAME_HEIGHT + 5,
        round(right - x, 1),
    )


def shortened(name: str) -> str:
    """Returns a name as far as it fits between the levels and the right border."""
    most = int((WIDTH - LEFT - RIGHT) / LETTER)
    return name if len(name) <= most else name[: most - 1].rstrip() + ELLIPSIS
