"""A bar chart of usage as an SVG that the server draws; a table below it says the same."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from .periods import Period

WIDTH: Final = 720
HEIGHT: Final = 200
LEFT: Final = 56
"""For the numbers beside the lines."""
TOP: Final = 12
FOOT: Final = 24
"""For the dates below."""
GAP: Final = 0.25
"""Of the room that a bar has, how much stays empty."""
LABELS: Final = 5
"""How many dates stand below, at most one more."""
ROUND: Final = (10, 12, 16, 20, 30, 40, 50, 60, 80)


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a bar: what became of some of the requests."""

    kind: str
    """"answered", "refused" or "limited"."""
    y: float
    height: float


@dataclass(frozen=True, slots=True)
class Bar:
    """One period."""

    period: Period
    x: float
    middle: float
    """Where its date stands."""
    parts: tuple[Part, ...]
    is_labelled: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A number of requests, and how high it is."""

    number: int
    y: float


@dataclass(frozen=True, slots=True)
class UsageChart:
    """The whole drawing, in a box of ``width`` × ``height``."""

    bars: tuple[Bar, ...]
    lines: tuple[Line, ...]
    bar_width: float
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT

    @property
    def used(self) -> list[Period]:
        """The periods in which somebody asked, the latest first."""
        return [bar.period for bar in reversed(self.bars) if bar.period.requests]

    @property
    def total(self) -> int:
        """All requests."""
        return sum(bar.period.requests for bar in self.bars)

    @property
    def label_y(self) -> int:
        """On which line the dates stand."""
        return self.height - 6


def draw_usage(periods: Sequence[Period]) -> UsageChart:
    """Draws the requests of some periods, from left to right."""
    top = round_up(max((period.requests for period in periods), default=0))
    room = (WIDTH - LEFT) / max(1, len(periods))
    every = max(1, len(periods) // LABELS)
    bars = (
        Bar(
            period,
            x=round(LEFT + room * (place + GAP / 2), 1),
            middle=round(LEFT + room * (place + 0.5), 1),
            parts=_parts(period, top),
            is_labelled=(len(periods) - 1 - place) % every == 0,
        )
        for place, period in enumerate(periods)
    )
    lines = (Line(number, _y(number, top)) for number in {0, top // 2, top})
    return UsageChart(
        tuple(bars),
        tuple(sorted(lines, key=lambda line: line.number)),
        bar_width=round(room * (1 - GAP), 1),
    )


def round_up(number: int) -> int:
    """Returns the next round number that a scale can end with and be halved: 10, 12, …, 80, 100."""
    scale = 1
    while number > ROUND[-1] * scale:
        scale *= 10
    return min(end * scale for end in ROUND if end * scale >= number)


def _parts(period: Period, top: int) -> tuple[Part, ...]:
    """Stacks what became of the requests, what was answered at the bottom."""
    parts, below = [], 0
    for kind in ("answered", "refused", "limited"):
        if count := getattr(period, kind):
            y = _y(below + count, top)
            parts.append(Part(kind, y, round(_y(below, top) - y, 1)))
            below += count
    return tuple(parts)


def _y(number: int, top: int) -> float:
    """Returns how far below the upper edge a number of requests lies."""
    bottom = HEIGHT - FOOT
    return round(bottom - (bottom - TOP) * number / top, 1)
