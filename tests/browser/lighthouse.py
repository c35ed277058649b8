"""What Lighthouse's mobile reader, on a slow phone, says of a page, and what it may say."""

import json
import os
import statistics
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from tests.browser.chromium import find_chromium

ROOT: Final = Path(__file__).resolve().parents[2]
LIGHTHOUSE: Final = ROOT / "node_modules" / "lighthouse" / "cli" / "index.js"
CATEGORIES: Final = ("performance", "accessibility", "best-practices", "seo")
FLAGS: Final = "--headless=new --disable-gpu --no-sandbox"
PATIENCE_SECONDS: Final = 180

NOT_LISTED: Final = (
    "glossary, two languages",
    "mobility process, dated",
    "search",
    "search, nothing found",
)
DELIBERATE: Final = dict.fromkeys(("fallback", *NOT_LISTED), frozenset({"is-crawlable"}))
"""Search engines list no page in another language than its address says, and no cut of a page."""

NO_PAGE: Final = {
    "not found": frozenset(
        {"http-status-code", "is-crawlable", "errors-in-console", "meta-description"}
    )
}
"""What is not there has the status 404, which browsers log as an error, and nothing to find."""


@dataclass(frozen=True)
class Measurement:
    """What one run, or the median of several, says: scores of 100, seconds, layout shift."""

    scores: Mapping[str, float]
    largest_paint: float
    layout_shift: float
    failed: frozenset[str]


def median(results: Sequence[Measurement]) -> Measurement:
    """Returns the middle of each value; ``failed`` names the audits that failed in the last run."""
    scores = {
        name: statistics.median(result.scores[name] for result in results) for name in CATEGORIES
    }
    return Measurement(
        scores,
        statistics.median(result.largest_paint for result in results),
        statistics.median(result.layout_shift for result in results),
        results[-1].failed,
    )


def run_lighthouse(url: str, folder: Path) -> Measurement:
    """Runs Lighthouse once in a fresh Chromium, as on a slow phone.

    Raises:
        RuntimeError: with its last words, when it cannot measure.
    """
    report = folder / "lighthouse.json"
    report.unlink(missing_ok=True)
    command = ["node", str(LIGHTHOUSE), url, "--quiet", f"--chrome-flags={FLAGS}"]
    command += ["--output=json", f"--output-path={report}", "--ignore-status-code"]
    command += [f"--only-categories={','.join(CATEGORIES)}", "--no-enable-error-reporting"]
    run = subprocess.run(
        command,
        env={**os.environ, "CHROME_PATH": find_chromium()},
        capture_output=True,
        text=True,
        timeout=PATIENCE_SECONDS,
        check=False,
    )
    if not report.exists():
        raise RuntimeError(f"Lighthouse could not measure {url}: {run.stderr[-500:]}")
    return read_report(json.loads(report.read_text(encoding="utf-8")))


def read_report(report: Mapping[str, Any]) -> Measurement:
    """Reads a report of Lighthouse's; an audit that weighs nothing cannot fail."""
    categories, audits = report["categories"], report["audits"]
    weighed = {
        ref["id"]
        for name in CATEGORIES[1:]
        for ref in categories[name]["auditRefs"]
        if ref["weight"]
    }
    return Measurement(
        {name: round(100 * (categories[name]["score"] or 0)) for name in CATEGORIES},
        audits["largest-contentful-paint"].get("numericValue", 0) / 1000,
        audits["cumulative-layout-shift"].get("numericValue", 0),
        frozenset(name for name in weighed if audits[name]["score"] not in {None, 1}),
    )


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


def table(measured: Iterable[tuple[str, Measurement]]) -> str:
    """Writes measurements as a table of Markdown, with what is not as good as it must be."""
    lines = [
        "| page | performance | accessibility | best practices | SEO | LCP | CLS | over |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for name, found in measured:
        scores = " | ".join(f"{found.scores[category]:.0f}" for category in CATEGORIES)
        too_much = ", ".join(faults(name, found))
        lines.append(
            f"| {name} | {scores} | {found.largest_paint:.2f} s"
            f" | {found.layout_shift:.3f} | {too_much} |"
        )
    return "\n".join(lines)
