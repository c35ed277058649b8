"""The map of the twinnings, drawn on the server from the partners' positions.

It shows no more than the records know: a school whose town is unknown stands at its country's
point, as a ring instead of a dot. Land and borders are Natural Earth's, projected beforehand in
the same projection (docs/visual-identity/).
"""

import json
import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from v2v_snippets.enums import PlacePrecision, Side
from v2v_snippets.models import Partner, Twinning

WIDTH: Final = 420
HEIGHT: Final = 600
BADGE_RADIUS: Final = 10
DOT_RADIUS: Final = 6

# Conic conformal (Snyder, Map Projections: A Working Manual, 1987, chapter 15) on a sphere
_PARALLELS: Final = (42.0, 62.0)
_CENTRAL_MERIDIAN: Final = 14.5
_SCALE: Final = 1390.0590591243267
_TRANSLATE: Final = (210.0, 1741.8675618589773)


@dataclass(frozen=True, slots=True)
class Place:
    """Where one school stands on the drawing, and whether its town is known."""

    x: float
    y: float
    is_exact: bool


@dataclass(frozen=True, slots=True)
class PairOnMap:
    """One pair: the badge with its number, the dot of the other school, the arc between them."""

    number: int
    european: Place
    balkan: Place

    @property
    def arc(self) -> str:
        """The path between the schools: steep ones bulge to the east, flat ones to the south."""
        start, end = self.european, self.balkan
        dx, dy = end.x - start.x, end.y - start.y
        bulge = -0.18 if dy > 1.1 * dx else 0.16 + 0.04 * (self.number % 3)
        control_x = (start.x + end.x) / 2 - dy * bulge
        control_y = (start.y + end.y) / 2 + dx * bulge
        return f"M{start.x:g} {start.y:g}Q{control_x:.0f} {control_y:.0f} {end.x:g} {end.y:g}"


@dataclass(frozen=True, slots=True)
class TwinningMap:
    """Everything that the drawing shows, as SVG path data in a box of WIDTH × HEIGHT."""

    land: str
    borders: str
    european_land: str
    balkan_land: str
    pairs: tuple[PairOnMap, ...]
    width: int = WIDTH
    height: int = HEIGHT
    vague: tuple[Partner, ...] = ()
    """The schools whose town is unknown, in the order of the pairs."""


def draw_map(twinnings: Iterable[Twinning]) -> TwinningMap:
    """Places the pairs; one that reaches out of the drawn part of Europe stays in the list only."""
    twinnings = list(twinnings)
    land = _land()
    places = _place_schools(twinnings)
    pairs = [
        PairOnMap(t.number, places[t.european_school_id], places[t.balkan_school_id])
        for t in twinnings
        if t.european_school_id in places and t.balkan_school_id in places
    ]
    schools = [school for twinning in twinnings for school in twinning.schools]
    return TwinningMap(
        land=land["land"],
        borders=land["borders"],
        european_land=_countries(s for s in schools if s.side == Side.EUROPEAN),
        balkan_land=_countries(s for s in schools if s.side == Side.WESTERN_BALKAN),
        pairs=tuple(pairs),
        vague=tuple(s for s in schools if s.place_precision == PlacePrecision.COUNTRY),
    )


def project(longitude: float, latitude: float) -> tuple[float, float]:
    """Returns the place of a position in degrees on the drawing, from its upper left corner."""
    first, second = (math.radians(parallel) for parallel in _PARALLELS)
    cone = math.log(math.cos(first) / math.cos(second)) / math.log(_half(second) / _half(first))
    radius_at_equator = math.cos(first) * _half(first) ** cone / cone
    radius = radius_at_equator / _half(math.radians(latitude)) ** cone
    angle = cone * math.radians(longitude - _CENTRAL_MERIDIAN)
    x = _TRANSLATE[0] + _SCALE * radius * math.sin(angle)
    y = _TRANSLATE[1] - _SCALE * (radius_at_equator - radius * math.cos(angle))
    return x, y


def _half(latitude: float) -> float:
    return math.tan(math.pi / 4 + latitude / 2)


def _place_schools(twinnings: list[Twinning]) -> dict[int, Place]:
    """Gives each school a place that no other covers: known towns first, since they may not move.

    The same records always give the same drawing.
    """
    schools = [school for twinning in twinnings for school in twinning.schools]
    exact_first = sorted(schools, key=lambda s: s.place_precision == PlacePrecision.COUNTRY)
    placed: dict[int, Place] = {}
    taken: list[tuple[float, float, float]] = []
    for school in exact_first:
        wanted = project(*school.position)
        if not _is_on_map(*wanted):
            continue
        radius = BADGE_RADIUS if school.side == Side.EUROPEAN else DOT_RADIUS
        x, y = _free_place(wanted, radius, taken)
        taken.append((x, y, radius))
        placed[school.pk] = Place(
            round(x), round(y), school.place_precision != PlacePrecision.COUNTRY
        )
    return placed


def _is_on_map(x: float, y: float) -> bool:
    return 0 <= x <= WIDTH and 0 <= y <= HEIGHT


def _free_place(
    wanted: tuple[float, float], radius: float, taken: list[tuple[float, float, float]]
) -> tuple[float, float]:
    """Returns the place nearest to the wanted one that touches no other; the wanted one if none."""
    for x, y in _around(*wanted):
        if all(math.hypot(x - ox, y - oy) > radius + other + 1 for ox, oy, other in taken):
            return x, y
    return wanted


def _around(x: float, y: float) -> Iterator[tuple[float, float]]:
    """Yields the point itself, then points on wider and wider circles around it."""
    yield x, y
    for distance in range(4, 61, 4):
        for step in range(12):
            angle = step * math.pi / 6
            yield x + distance * math.cos(angle), y + distance * math.sin(angle)


def _countries(schools: Iterable[Partner]) -> str:
    shapes: dict[str, str] = _land()["countries"]
    codes = sorted({school.country.code for school in schools})
    return "".join(shapes.get(code, "") for code in codes)


@cache
def _land() -> Any:
    return json.loads(Path(__file__).with_name("map_land.json").read_text())
