"""The process over time: weeks from left to right, phases and modules from top to bottom.

Most happens around the departure, so days are drawn wider the nearer they are to it. Each step is a
dot with its number; the list of steps has the same numbers and says the same in words.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from .kinds import MobilityRole
from .steps import Module, Phase, Step

WIDTH: Final = 420
"""As wide as a phone: letters are then nowhere smaller than they should be."""
MARGIN: Final = 14
"""Left and right of the first and last day."""
BAND: Final = 24
"""The height of a phase's name."""
NAME: Final = 19
"""The height of a module's name."""
ROW: Final = 24
"""The height of a row of dots."""
GAP: Final = 6
FOOT: Final = 24
"""For the weeks below."""
RADIUS: Final = 9
LETTER: Final = 7.4
"""How wide a letter is at most, on average, at 13 units of height."""
SHORTEST: Final = 7
"""The fewest days that are drawn on either side."""
TICKS: Final = (0, -1, 1, -4, 4, -12, 12, -26, 26, -52, 52, -104, 104)
"""Weeks that are named below, as far as there is room, the more important first."""
BETWEEN_TICKS: Final = 26
MINUS: Final = "\N{MINUS SIGN}"
SIDES: Final = {MobilityRole.SENDING_SCHOOL: "a", MobilityRole.HOST_SCHOOL: "b"}
"""How dots are coloured; other roles have an empty one."""


@dataclass(frozen=True, slots=True)
class Dot:
    """One step that has a deadline."""

    step: Step
    x: float
    y: float
    text_y: float
    side: str
    """Letter "a" for the sending school, "b" for the host school, "c" for others."""


@dataclass(frozen=True, slots=True)
class Lane:
    """One module: its name, and its dots on their line."""

    label: str
    language: str
    label_y: float
    line_y: float
    start: float
    end: float
    dots: tuple[Dot, ...]


@dataclass(frozen=True, slots=True)
class Band:
    """One phase: its name above its lanes."""

    label: str
    y: float
    label_y: float
    lanes: tuple[Lane, ...]
    height: int = BAND


@dataclass(frozen=True, slots=True)
class Tick:
    """A number of weeks before (less than 0) or after the departure."""

    label: str
    x: float


@dataclass(frozen=True, slots=True)
class Timeline:
    """The whole drawing, in a box of ``width`` × ``height``."""

    bands: tuple[Band, ...]
    ticks: tuple[Tick, ...]
    departure: float
    height: float
    width: int = WIDTH
    radius: int = RADIUS

    @property
    def bottom(self) -> float:
        """Where the lines of the weeks end."""
        return self.height - FOOT

    @property
    def tick_y(self) -> float:
        """On which line the weeks stand."""
        return self.height - 7


def draw_timeline(phases: Sequence[Phase], among: Iterable[Step]) -> Timeline | None:
    """Draws phases; None where no step has a deadline.

    Args:
        phases: Those that are shown.
        among: All steps of the process, so that filters keep the scale.
    """
    if not any(step.deadline for phase in phases for step in phase.steps):
        return None
    scale = _Scale([step.deadline.days for step in among if step.deadline])
    top = 0.0
    bands = []
    for phase in phases:
        band, top = _band(phase, top, scale)
        bands.append(band)
    return Timeline(tuple(bands), scale.ticks(), scale.x(0), top + FOOT)


class _Scale:
    """Where days stand from left to right."""

    def __init__(self, days: Sequence[int]) -> None:
        self.first = _bent(min(-SHORTEST, *days))
        self.last = _bent(max(SHORTEST, *days))
        self.unit = (WIDTH - 2 * MARGIN) / (self.last - self.first)

    def x(self, day: int) -> float:
        return round(MARGIN + (_bent(day) - self.first) * self.unit, 1)

    def ticks(self) -> tuple[Tick, ...]:
        kept: list[Tick] = []
        for weeks in TICKS:
            x = self.x(weeks * 7)
            is_inside = MARGIN <= x <= WIDTH - MARGIN
            if is_inside and all(abs(x - tick.x) >= BETWEEN_TICKS for tick in kept):
                kept.append(Tick(f"{weeks:+d}".replace("-", MINUS) if weeks else "0", x))
        return tuple(sorted(kept, key=lambda tick: tick.x))


def _bent(day: int) -> float:
    return math.copysign(math.sqrt(abs(day)), day)


def _band(phase: Phase, top: float, scale: _Scale) -> tuple[Band, float]:
    y, below = top, top + BAND + GAP
    lanes = []
    for module in phase.modules:
        lane, below = _lane(module, below, scale)
        lanes.append(lane)
    return Band(_shortened(phase.title), y, y + BAND - 7, tuple(lanes)), below + GAP


def _lane(module: Module, top: float, scale: _Scale) -> tuple[Lane, float]:
    steps = [step for step in module.steps if step.deadline]
    line = top + NAME + ROW / 2
    ends: list[float] = []
    dots = []
    for step in sorted(steps, key=lambda step: step.deadline.days if step.deadline else 0):
        x = scale.x(step.deadline.days if step.deadline else 0)
        row = next((n for n, end in enumerate(ends) if x - end > 2 * RADIUS + 1), len(ends))
        ends[row : row + 1] = [x]
        y = line + row * ROW
        side = next((SIDES.get(role, "c") for role in step.roles), "c")
        dots.append(Dot(step, x, y, y + 4, side))
    places = [dot.x for dot in dots] or [0.0]
    height = NAME + ROW * max(1, len(ends)) if dots else NAME
    lane = Lane(
        _shortened(module.title), module.language, top + NAME - 6, line,
        min(places), max(places), tuple(dots),
    )  # fmt: skip
    return lane, top + height + GAP


def _shortened(name: str) -> str:
    most = int((WIDTH - 2 * MARGIN) / LETTER)
    return name if len(name) <= most else f"{name[: most - 1].rstrip()}…"
