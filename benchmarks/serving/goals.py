"""The goals, as ratios within one run: the load of the machine cancels out.

What is cached is judged by answers a second, too, as the limit is known by them: that says little
where the limit's server was not busy, and the processor's time for an answer is the stricter one.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .rows import Row

LIMIT = "hello, world"
BARE = "the same bytes, bare"
CACHED, UNCHANGED, UNCACHED = "ours, cached", "ours, 304", "ours, uncached"
V2, V3, STOCK = "Wagtail API v2", "Wagtail API v3", "stock Wagtail"
LIST, ITEM, PAGE = "list of 20", "item", "article page"

OF_THE_LIMIT = 0.8
OF_STOCK = {LIST: (V2, 1 / 8), ITEM: (V2, 1 / 3), PAGE: (STOCK, 1 / 2)}


@dataclass(frozen=True)
class Goal:
    """A ratio, and where it is to lie."""

    text: str
    ratio: float
    bound: float
    at_least: bool

    @property
    def is_met(self) -> bool:
        """Whether it is there."""
        return self.ratio >= self.bound if self.at_least else self.ratio <= self.bound

    def __str__(self) -> str:
        sign = "≥" if self.at_least else "≤"
        verdict = "met" if self.is_met else "MISSED"
        return f"{self.text:76}{self.ratio:>8.3f}  {sign} {self.bound:.3f}  {verdict}"


def goals_of(rows: Sequence[Row]) -> Iterator[Goal]:
    """Yields the goals with what these rows show."""
    by_name = {(row.system, row.name): row for row in rows}
    limit = by_name[LIMIT, ""]
    for row in rows:
        if row.system in {CACHED, UNCHANGED}:
            text = f"{row.label}: answers a second beside {LIMIT}"
            yield Goal(text, row.per_second / limit.per_second, OF_THE_LIMIT, at_least=True)
            text = f"{row.label}: answers for the same CPU as {LIMIT}"
            yield Goal(text, limit.cpu / row.cpu, OF_THE_LIMIT, at_least=True)
    for name in OF_STOCK:
        # what the server itself needs for so many bytes and headers is no work of ours
        text = f"{CACHED}: {name}: answers for the same CPU as {BARE}"
        ratio = by_name[BARE, name].cpu / by_name[CACHED, name].cpu
        yield Goal(text, ratio, OF_THE_LIMIT, at_least=True)
    for name, (peer, bound) in OF_STOCK.items():
        ratio = by_name[UNCACHED, name].cpu / by_name[peer, name].cpu
        text = f"{UNCACHED}: {name}: CPU beside {peer}"
        yield Goal(text, ratio, bound, at_least=False)
