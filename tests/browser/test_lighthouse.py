"""Lighthouse's mobile reader is content with every page type, served as in production.

Scores of speed depend on the machine: the slow test takes the median of three runs.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.site_report import (
    CATEGORIES,
    REPORTED,
    Measurement,
    median,
    run_lighthouse,
    served_demo,
    table,
)

FALLBACKS = ("fallback", "home, Cyrillic", "article, Cyrillic", "partner index, Cyrillic")
NOT_LISTED = (
    "glossary, two languages",
    "mobility process, dated",
    "search",
    "search, nothing found",
)
DELIBERATE = dict.fromkeys((*FALLBACKS, *NOT_LISTED), frozenset({"is-crawlable"}))
"""Search engines list no page in another language than its address says, and no cut of a page."""

NO_PAGE = {
    "not found": frozenset(
        {"http-status-code", "is-crawlable", "errors-in-console", "meta-description"}
    )
}
"""What is not there has the status 404, which browsers log as an error, and nothing to find."""


@pytest.fixture(scope="module")
def demo_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The demo site in processes of its own: granian, packed files, all headers."""
    with served_demo(tmp_path_factory.mktemp("lighthouse")) as url:
        yield url


def complaints(name: str, found: Measurement) -> list[str]:
    """Returns what Lighthouse finds wrong, but for what is meant to be as it is."""
    meant = DELIBERATE.get(name, NO_PAGE.get(name, frozenset()))
    wrong = sorted(found.failed - meant)
    if not meant:
        wrong += [
            f"{key}: {found.scores[key]}" for key in CATEGORIES[1:] if found.scores[key] < 100
        ]
    return wrong


def slowness(found: Measurement) -> list[str]:
    """Returns which budgets of speed are exceeded."""
    budgets = {
        f"performance {found.scores['performance']} < 98": found.scores["performance"] < 98,
        f"largest paint {found.largest_paint:.2f} s > 1.8 s": found.largest_paint > 1.8,
        f"layout shift {found.layout_shift:.3f} > 0.01": found.layout_shift > 0.01,
    }
    return [sentence for sentence, is_exceeded in budgets.items() if is_exceeded]


def faults(name: str, found: Measurement) -> list[str]:
    """Returns all that is wrong."""
    return complaints(name, found) + slowness(found)


def typical(name: str, url: str, folder: Path) -> Measurement:
    """Returns the median of three runs, or of two: without a fault, no third can outvote them."""
    results = [run_lighthouse(url, folder), run_lighthouse(url, folder)]
    if any(faults(name, result) for result in results):
        results.append(run_lighthouse(url, folder))
    return median(results)


@pytest.mark.slow
def test_every_page_type_is_faultless_and_fast(demo_url: str, tmp_path: Path) -> None:
    measured = {name: typical(name, demo_url + path, tmp_path) for name, path in REPORTED.items()}

    wrong = {name: faults(name, found) for name, found in measured.items()}
    assert not any(wrong.values()), f"{wrong}\n{table(measured.items())}"
