"""Measures every page type of the demo site as it is served, and says what is over its budget.

``make site-report`` writes tables and pictures, also of the demo's newsletter as mails; tests hold
the numbers.
"""

import sys
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from playwright.sync_api import Browser, Page

from tests.browser.chromium import chromium
from tests.browser.lighthouse import faults, table, typical
from tests.browser.loads import HOME_BUDGET, KILOBYTE, Load, costs_of, excesses, load
from tests.browser.looks import WIDTHS, barriers, sideways, validate
from tests.browser.mail_pictures import mails_of, take_mail_screenshots
from tests.browser.page_types import PAGES, REPORTED, everywhere
from tests.browser.pictures import take_pictures
from tests.browser.serving import served_demo, site_environment

HOME: Final = "home, with pictures"


@dataclass(frozen=True)
class Look:
    """How often something is wrong with a page type, in four languages, and what it is."""

    barriers: int
    html: int
    sideways: int
    details: str


def main() -> None:
    """Writes tables and pictures into the folder named, and prints the tables.

    ``python -m tests.browser.site_report FOLDER [PAGE TYPE]…``; without names, all types. The
    status is 1 when something is over its budget.
    """
    folder, names = Path(sys.argv[1]), sys.argv[2:] or [*REPORTED]
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch, served_demo(Path(scratch)) as base:
        pages = {name: REPORTED[name] for name in names}
        parts, over = zip(*_parts(pages, base, folder, Path(scratch)), strict=True)
    verdict = "\n".join(f"* {each}" for some in over for each in some)
    verdict = f"Over budget:\n\n{verdict}" if verdict else "Everything is within its budget."
    sys.stdout.write(f"{verdict}\n")
    (folder / "report.md").write_text("\n\n".join((*parts, verdict, "")), encoding="utf-8")
    sys.exit(verdict.startswith("Over"))


def _parts(
    pages: Mapping[str, str], base: str, folder: Path, scratch: Path
) -> Iterable[tuple[str, list[str]]]:
    """Yields each table once it is printed, with what is over a budget."""
    with chromium() as browser:
        loads = weigh(browser, base, pages)
        yield _printed(table_of_weights(loads)), over_weight(loads)
        looks = look_at(browser, base, pages, scratch)
        yield _printed(table_of_looks(looks)), over_looks(looks)
        take_pictures(browser, base, folder, pages)
        mails = mails_of(base, site_environment(scratch / "data"))
        take_mail_screenshots(browser, mails, folder)
    measured = {name: typical(name, base + path, scratch) for name, path in pages.items()}
    slow = [f"{name}: {each}" for name, found in measured.items() for each in faults(name, found)]
    yield _printed(table(measured.items())), slow


def _printed(text: str) -> str:
    sys.stdout.write(f"{text}\n\n")
    sys.stdout.flush()
    return text


def weigh(browser: Browser, base: str, pages: Mapping[str, str]) -> dict[str, Load]:
    """Loads page types with an empty cache: without pictures of the content, and home with them."""
    loads = {name: load(browser, base + path).without_images() for name, path in pages.items()}
    return loads | {HOME: load(browser, base + PAGES["home"], width=390, density=3)}


def over_weight(loads: Mapping[str, Load]) -> list[str]:
    """Returns which page types cost more than they may, and of what."""
    return [f"{name}: {each}" for name, found in loads.items() for each in _too_much(name, found)]


def _too_much(name: str, found: Load) -> list[str]:
    if name == HOME:
        return ["bytes"] if found.total() > HOME_BUDGET else []
    return [*excesses(found, is_cyrillic="Cyrillic" in name)]


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
        lines.append(f"| {name} | {' | '.join(numbers)} | {', '.join(_too_much(name, found))} |")
    return "\n".join(lines)


def look_at(
    browser: Browser, base: str, pages: Mapping[str, str], scratch: Path
) -> dict[str, Look]:
    """Looks at page types in four languages, on phone and desk, in light and dark."""
    page = browser.new_page()
    looks = {}
    for name, addresses in everywhere(pages).items():
        if not addresses:
            continue  # a type of its own in one language alone
        urls = [base + address for address in addresses]
        wrong = {k: v for url in urls for w in WIDTHS for k, v in barriers(page, url, w).items()}
        wide = [each for url in urls for each in sideways(page, url)]
        documents = {address: _source(page, base + address) for address in addresses}
        html = validate(scratch, "htmlvalidate.json", documents)
        details = f"{wrong or ''}{html}{wide or ''}"
        looks[name] = Look(sum(map(len, wrong.values())), html.count(" error "), len(wide), details)
    page.close()
    return looks


def _source(page: Page, url: str) -> str:
    response = page.goto(url)
    assert response, url
    return response.text()


def over_looks(looks: Mapping[str, Look]) -> list[str]:
    """Returns at which page types something is wrong, and what."""
    return [f"{name}: {look.details}" for name, look in looks.items() if look.details]


def table_of_looks(looks: Mapping[str, Look]) -> str:
    """Writes how often something is wrong with each page type as a table of Markdown."""
    lines = ["| page | axe | HTML | scrolls sideways |", "|---|---|---|---|"]
    lines += [
        f"| {name} | {look.barriers} | {look.html} | {look.sideways} |"
        for name, look in looks.items()
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    main()
