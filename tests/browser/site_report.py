"""Measures every page type of a site that is served, as Lighthouse's mobile readers get it.

``make site-report`` starts the demo site and writes a table and pictures, also of its newsletter as
mails; tests hold the numbers.
"""

import itertools
import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from playwright.sync_api import Browser

from tests.browser.chromium import chromium, find_chromium
from tests.browser.loads import KILOBYTE, Load, costs_of, excesses, load
from tests.browser.mail_pictures import SCHEMES, mails_of, take_mail_screenshots

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

REPORTED: Final[Mapping[str, str]] = {
    **PAGES,
    "newsletter archive": "/en/newsletters/",
    "newsletter issue": "/en/newsletters/kick-off/",
    "subscribe form": "/en/subscriptions/",
    "accessibility statement": "/en/accessibility/",
}
"""The same with the pages that tests of their own look at."""

SHOWN_IN: Final = ("en", "sq", "sr", "fi")
"""The languages of the pictures: one of each script, and the longest words."""


@dataclass(frozen=True)
class Measurement:
    """What one run, or the median of several, says: scores of 100, seconds, layout shift."""

    scores: Mapping[str, float]
    largest_paint: float
    layout_shift: float
    failed: frozenset[str]


def measure(url: str, folder: Path, *, runs: int) -> Measurement:
    """Returns the median of some runs of Lighthouse."""
    return median([run_lighthouse(url, folder) for _number in range(runs)])


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


def in_language(path: str, language: str) -> str:
    """Returns where readers of a language have the page of an English address."""
    return f"/{language}/{path.removeprefix('/en/')}" if path.startswith("/en/") else path


def in_languages(path: str, languages: Iterable[str] = SHOWN_IN) -> list[str]:
    """Returns where readers of each language have the page of an English address."""
    return list(dict.fromkeys(in_language(path, language) for language in languages))


def take_screenshots(browser: Browser, base: str, folder: Path) -> None:
    """Takes pictures of every page type on phone and desk, in light and dark, and prints it."""
    for width, scheme in itertools.product((390, 1280), SCHEMES):
        page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
        for name, path in REPORTED.items():
            for address in in_languages(path):
                page.goto(base + address, wait_until="networkidle")
                file = f"{file_name(name)}-{address[1:3]}-{width}-{scheme}"
                page.screenshot(path=folder / f"{file}.png", full_page=True)
        page.close()
    page = browser.new_page()
    for name, path in REPORTED.items():
        page.goto(base + path)
        page.pdf(path=folder / f"{file_name(name)}.pdf", format="A4")
    page.close()


def file_name(name: str) -> str:
    """Returns the name of a page type as part of the name of a file."""
    return name.replace(", ", "-").replace(" ", "-")


def weigh(browser: Browser, base: str) -> dict[str, Load]:
    """Loads every page type with an empty cache; pictures of the content do not count."""
    return {name: load(browser, base + path).without_images() for name, path in REPORTED.items()}


def main() -> None:
    """Writes tables and pictures into the folder named, and prints the tables.

    ``python -m tests.browser.site_report FOLDER``
    """
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch, served_demo(Path(scratch)) as base:
        with chromium() as browser:
            weights = table_of_weights(weigh(browser, base))
            sys.stdout.write(f"{weights}\n\n")
            sys.stdout.flush()
            take_screenshots(browser, base, folder)
            mails = mails_of(base, site_environment(Path(scratch) / "data"))
            take_mail_screenshots(browser, mails, folder)
        measured = [
            (name, measure(base + path, Path(scratch), runs=3)) for name, path in REPORTED.items()
        ]
    scores = table(measured)
    sys.stdout.write(f"{scores}\n")
    (folder / "report.md").write_text(f"{weights}\n\n{scores}\n", encoding="utf-8")


def table_of_weights(loads: Mapping[str, Load]) -> str:
    """Writes what each page type costs as a table of Markdown, with what is more than it may."""
    lines = [
        "| page | all | style | fonts | requests | scripts | hosts | cookies | reports | over |",
        "|---|---|---|---|---|---|---|---|---|---|",
    ]
    for name, found in loads.items():
        costs = costs_of(found, is_cyrillic="Cyrillic" in name)
        numbers = [
            f"{spent / KILOBYTE:.1f} KB" if most > KILOBYTE else str(spent)
            for spent, most in costs.values()
        ]
        too_much = ", ".join(excesses(found, is_cyrillic="Cyrillic" in name))
        lines.append(f"| {name} | {' | '.join(numbers)} | {too_much} |")
    return "\n".join(lines)


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
