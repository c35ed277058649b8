"""Pictures of every page type, to be looked at, and each of them as it is printed."""

import itertools
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from playwright.sync_api import Browser, Page

from tests.browser.looks import SCHEMES, WIDTHS
from tests.browser.page_types import PAGES, everywhere

OPENED: Final[Mapping[str, tuple[str, str]]] = {
    "languages": (PAGES["article"], ".lang summary"),
    "menu": (PAGES["article"], ".menu > summary"),
    "filters": (PAGES["repository"], ".filters > summary"),
    "term": (PAGES["mobility module"], "button.term"),
}
"""What opens by a touch: the page, and what is touched there; menus of desks are always open."""

ALL_IMAGES: Final = "document.querySelectorAll('img').forEach(each => { each.loading = 'eager'; })"
"""Below what a screen shows, they would wait until somebody scrolls."""


def take_pictures(browser: Browser, base: str, folder: Path, pages: Mapping[str, str]) -> None:
    """Takes pictures of page types on phone and desk, in light and dark, and prints them."""
    places = everywhere(pages)
    for width, scheme in itertools.product(WIDTHS, SCHEMES):
        page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
        for name, addresses in places.items():
            for address in addresses:
                page.goto(base + address)
                page.evaluate(ALL_IMAGES)
                page.wait_for_load_state("networkidle")
                file = f"{file_name(name)}-{address[1:].partition('/')[0]}-{width}-{scheme}.png"
                page.screenshot(path=folder / file, full_page=True)
        take_opened(page, base, folder, f"{width}-{scheme}")
        page.close()
    page = browser.new_page()
    for name, path in pages.items():
        page.goto(base + path)
        page.pdf(path=folder / f"{file_name(name)}.pdf", format="A4")
    page.close()


def take_opened(page: Page, base: str, folder: Path, look: str) -> None:
    """Takes pictures of what opens, each opened."""
    for name, (path, selector) in OPENED.items():
        page.goto(base + path, wait_until="networkidle")
        if page.locator(selector).first.is_visible():
            page.locator(selector).first.click()
            page.screenshot(path=folder / f"opened-{name}-{look}.png")


def file_name(name: str) -> str:
    """Returns the name of a page type as part of the name of a file."""
    return name.replace(", ", "-").replace(" ", "-")
