"""What became of each language's mails, as bars that the server draws; a table says the same."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from .figures import Figures

WIDTH: Final = 720
LEFT: Final = 150
"""For the names of languages."""
RIGHT: Final = 64
"""For the numbers."""
ROW: Final = 36
BAR: Final = 20

KINDS: Final = ("accepted", "waiting", "uncertain", "failed", "skipped")
"""From left to right."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a bar."""

    kind: str
    x: float
    width: float


@dataclass(frozen=True, slots=True)
class Bar:
    """One language."""

    name: str
    figures: Figures
    y: int
    parts: tuple[Part, ...]

    @property
    def middle(self) -> float:
        """On which line its name stands."""
        return self.y + BAR / 2

    @property
    def end(self) -> float:
        """Where its number stands."""
        return (self.parts[-1].x + self.parts[-1].width if self.parts else LEFT) + 8


@dataclass(frozen=True, slots=True)
class OutcomeChart:
    """The whole drawing, in a box of ``width`` × ``height``."""

    bars: tuple[Bar, ...]
    width: int = WIDTH
    name_x: int = LEFT - 10
    """Where names end."""
    bar_height: int = BAR

    @property
    def height(self) -> int:
        """As high as its bars need it."""
        return len(self.bars) * ROW


def draw_outcomes(by_language: Mapping[str, Figures]) -> OutcomeChart:
    """Draws a bar for each language, as long as its recipients are many."""
    most = max((figures.selected for figures in by_language.values()), default=0)
    scale = (WIDTH - LEFT - RIGHT) / max(1, most)
    bars = (
        Bar(name, figures, place * ROW + (ROW - BAR) // 2, tuple(_parts(figures, scale)))
        for place, (name, figures) in enumerate(by_language.items())
    )
    return OutcomeChart(tuple(bars))


def _parts(figures: Figures, scale: float) -> Iterator[Part]:
    x = float(LEFT)
    for kind in KINDS:
        if number := getattr(figures, kind):
            width = number * scale
            yield Part(kind, round(x, 1), round(width, 1))
            x += width
