"""Measures every page type of a site that is served, as Lighthouse's mobile readers get it.

``make site-report`` starts the demo site and writes a table and pictures; tests hold the numbers.
"""

import itertools
import json
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal

from playwright.sync_api import sync_playwright

ROOT: Final = Path(__file__).resolve().parents[2]
LIGHTHOUSE: Final = ROOT / "node_modules" / "lighthouse" / "cli" / "index.js"
CATEGORIES: Final = ("performance", "accessibility", "best-practices", "seo")
FLAGS: Final = "--headless=new --disable-gpu --no-sandbox"
PATIENCE_SECONDS: Final = 180

PAGES: Final[Mapping[str, str]] = {
    "home": "/en/",
    "news index": "/en/news/",
    "tag": "/en/news/tag/kick-off/",
    "article": "/en/news/kick-off/",
    "story": "/sq/binjakezime/shembull-takimi-i-pare/",
    "twinning index": "/en/twinnings/",
    "twinning": "/en/twinnings/3/",
    "partner index": "/en/partners/",
    "partner index, filtered": "/en/partners/side/wb/",
    "partner": "/en/partners/sedu/",
    "standard page": "/en/about/",
    "events": "/en/events/",
    "event": "/en/events/kick-off-meeting/",
    "glossary": "/en/glossary/",
    "glossary, two languages": "/en/glossary/with/sq/",
    "concept": "/en/glossary/C-0001/",
    "repository": "/en/repository/",
    "repository, filtered": "/en/repository/state/due/",
    "repository article": "/en/repository/how-to-find-entry-rules/",
    "mobility process": "/en/mobility-process/",
    "mobility process, dated": "/en/mobility-process/role/learner/dates/2027-03-15/",
    "mobility checklist": "/en/mobility-process/checklist/",
    "mobility module": "/en/mobility-process/agreement/",
    "VET systems": "/en/vet-systems/",
    "VET system": "/en/vet-systems/croatia/",
    "VET comparison": "/en/vet-systems/compare/ba/hr/",
    "search": "/en/search/?q=school",
    "search, nothing found": "/en/search/?q=xyzzy",
    "not found": "/en/nothing/",
    "fallback": "/fi/news/kick-off/",
    "home, Cyrillic": "/sr/",
    "article, Cyrillic": "/sr/news/kick-off/",
    "partner index, Cyrillic": "/sr/partners/",
}
"""At least one page of each type by its name, in English where the demo has it."""


@dataclass(frozen=True)
class Measurement:
    """What one run, or the median of several, says: scores of 100, seconds, layout shift."""

    scores: Mapping[str, float]
    largest_paint: float
    layout_shift: float
    failed: frozenset[str]


def measure(url: str, folder: Path, *, runs: int) -> Measurement:
    """Returns the median of some runs; ``failed`` names the audits that failed in the last."""
    results = [run_lighthouse(url, folder) for _number in range(runs)]
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
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or ""
    run = subprocess.run(
        command,
        env={**os.environ, "CHROME_PATH": chromium},
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


@contextmanager
def served_demo(folder: Path) -> Iterator[str]:
    """Serves the demo site from a new folder as ``make run`` does, and yields its address.

    Raises:
        RuntimeError: with what it printed, when it does not start.
    """
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    log = folder / "site.log"
    with log.open("wb") as output:
        site = subprocess.Popen(
            [sys.executable, "-m", "cms.runsite", f"--port={port}"],
            cwd=ROOT,
            env=site_environment(folder / "data"),
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        deadline = time.monotonic() + PATIENCE_SECONDS
        while "is running" not in log.read_text():
            if site.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"The demo site does not start: {log.read_text()[-500:]}")
            time.sleep(0.2)
        yield f"http://localhost:{port}"
    finally:
        site.terminate()
        site.wait()


def site_environment(data: Path) -> dict[str, str]:
    """Returns an environment without settings of the tests: the site chooses its own."""
    chosen = {"DJANGO_SETTINGS_MODULE", "DATABASE_URL", "CACHE_URL"}
    kept = {name: value for name, value in os.environ.items() if name not in chosen}
    return {**kept, "V2V_DATA_DIR": str(data), "PYTHONUNBUFFERED": "1"}


def take_screenshots(base: str, folder: Path) -> None:
    """Takes pictures of every page type: on a phone and a desk, in light and dark."""
    schemes: tuple[Literal["light", "dark"], ...] = ("light", "dark")
    executable = shutil.which("chromium") or shutil.which("chromium-browser")
    options = [] if os.geteuid() else ["--no-sandbox"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=options)
        for width, scheme in itertools.product((390, 1280), schemes):
            page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
            for name, path in PAGES.items():
                page.goto(base + path, wait_until="networkidle")
                file = f"{name.replace(', ', '-').replace(' ', '-')}-{width}-{scheme}.png"
                page.screenshot(path=folder / file, full_page=True)
            page.close()
        browser.close()


def main() -> None:
    """Writes table and pictures into the folder named: ``python -m tests.browser.site_report``."""
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch, served_demo(Path(scratch)) as base:
        take_screenshots(base, folder)
        measured = [
            (name, measure(base + path, Path(scratch), runs=3)) for name, path in PAGES.items()
        ]
    (folder / "lighthouse.md").write_text(f"{table(measured)}\n", encoding="utf-8")


def table(measured: Iterable[tuple[str, Measurement]]) -> str:
    """Writes measurements as a table of Markdown, a line each."""
    lines = [
        "| page | performance | accessibility | best practices | SEO | LCP | CLS | failed |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for name, found in measured:
        scores = " | ".join(f"{found.scores[category]:.0f}" for category in CATEGORIES)
        failed = ", ".join(sorted(found.failed))
        lines.append(
            f"| {name} | {scores} | {found.largest_paint:.2f} s"
            f" | {found.layout_shift:.3f} | {failed} |"
        )
    return "\n".join(lines)


if __name__ == "__main__":
    main()
