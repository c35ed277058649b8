"""Measures, prints the table and the goals, and draws the picture."""

import argparse
import gc
import os
import sys
import tempfile
from pathlib import Path

from benchmarks.databases import empty_database, run_on_each

from . import __doc__ as about
from .asking import CONNECTIONS, NAME
from .goals import LIMIT, goals_of
from .picture import draw
from .rows import Row, measure
from .servers import PROCESSORS
from .systems import ROOT, all_systems

ARTICLES = 1_000
ROUNDS = 5
TURNS = 4
"""Of each row in one round."""
QUICK = {"articles": 100, "rounds": 2, "turns": 1}
"""While working on something; goals are judged by the full measurement."""


def main() -> None:
    """Measures on each database there is."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.serving", description=about)
    parser.add_argument("--articles", type=int, default=ARTICLES)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--turns", type=int, default=TURNS, help="of each row in one round")
    parser.add_argument("--quick", action="store_true", help="few articles, two rounds of one turn")
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    numbers = {name: getattr(options, name) for name in ("articles", "rounds", "turns")}
    if options.quick:
        numbers = QUICK
    if options.here:
        run(**numbers)
        return
    run_on_each("benchmarks.serving", *(f"--{name}={value}" for name, value in numbers.items()))


def run(*, articles: int, rounds: int, turns: int) -> None:
    """Fills a database of its own, measures, and removes the database."""
    with empty_database() as vendor, tempfile.TemporaryDirectory(prefix="v2v-serving-") as folder:
        with all_systems(Path(folder), articles) as rows:
            gc.collect()
            measure(rows, rounds, turns)
        is_met = report(rows, f"{vendor}, {articles} articles", f"{rounds} rounds of {turns} turns")
    sys.exit(not is_met)


def report(rows: list[Row], setting: str, rounds: str) -> bool:
    """Prints what was measured, draws it, and tells whether all goals are met."""
    note = (
        f"{machine()}; one worker on one processor, asked by {NAME}, {CONNECTIONS} connections; "
        f"{rounds}"
    )
    print(f"\n{setting}; {note}")
    print_table(rows)
    print()
    goals = list(goals_of(rows))
    print(*goals, sep="\n")
    picture = ROOT / "var" / f"serving-{setting.partition(',')[0]}.svg"
    picture.parent.mkdir(exist_ok=True)
    picture.write_text(draw(rows, f"What an answer costs ({setting})", note), encoding="utf-8")
    print(f"\nDrawn: {picture.relative_to(ROOT)}")
    return all(goal.is_met for goal in goals)


def print_table(rows: list[Row]) -> None:
    """Prints the rows; what others took of the machine stands beside each."""
    limit = next(row for row in rows if row.system == LIMIT)
    names = ("CPU ms", "per s", "busy", "p50 ms", "p99 ms", "CPU", "per s", "others")
    print(f"{'':34}{'':50}{'beside the limit':>20}")
    print(f"{'':34}" + "".join(f"{name:>10}" for name in names))
    for row in rows:
        print(
            f"{row.label:34}{row.cpu * 1000:>10.4f}{row.per_second:>10,.0f}{row.busy:>10.0%}"
            f"{row.p50 * 1000:>10.2f}{row.p99 * 1000:>10.2f}"
            f"{limit.cpu / row.cpu:>10.1%}{row.per_second / limit.per_second:>10.1%}"
            f"{row.others:>10.0%}"
        )


def machine() -> str:
    """Names the processor, and how many of them there are."""
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    names = {line.partition(":")[2].strip() for line in lines if line.startswith("model name")}
    load = f"load {os.getloadavg()[0]:.1f}"
    return f"{len(PROCESSORS)} × {', '.join(sorted(names)) or 'processor'}, {load}"


if __name__ == "__main__":
    main()
