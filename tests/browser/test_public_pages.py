"""The public site as browsers show it: to everybody, on every screen, and light to load."""

import itertools
from collections.abc import Callable, Mapping
from typing import Literal

import pytest
from django.test import Client
from playwright.sync_api import Page, expect

from tests.browser.conftest import Axe
from tests.browser.site_report import PAGES, REPORTED, in_languages
from tests.factories import NewsPageFactory
from tests.stories import every_block
from v2v_pages.models import NewsIndexPage

pytestmark = pytest.mark.browser

PATHS = [*PAGES.values(), "/sq/", "/it/notizie/kick-off/", "/en/news/everything/"]
"""Each type of page, some in other languages, and an article of all kinds of block."""

EVERYWHERE = [*dict.fromkeys(each for path in REPORTED.values() for each in in_languages(path))]
"""Each type of page for readers of four languages."""

WIDTHS = (390, 1280)
"""A phone's and a desk's, in CSS pixels."""

SHORT_AND_LONG = [
    pytest.param([*dict.fromkeys((*PATHS, *REPORTED.values()))], id="some"),
    pytest.param(EVERYWHERE, id="all", marks=pytest.mark.slow),
]

SCHEMES: list[Literal["light", "dark"]] = ["light", "dark"]


@pytest.fixture(autouse=True)
def everything(demo: str) -> None:
    """An article of all kinds of block."""
    news = NewsIndexPage.objects.get(locale__language_code="en")
    NewsPageFactory(parent=news, slug="everything", body=every_block())


def unfold(page: Page, selector: str) -> None:
    """Opens what a selector names, and nothing else, whether or not all would fit at once."""
    page.evaluate(
        "selector => { for (const each of document.querySelectorAll('details'))"
        " { each.removeAttribute('name'); each.open = each.matches(selector); } }",
        selector,
    )


@pytest.mark.parametrize(
    "sizes",
    [
        pytest.param([*zip(PATHS, itertools.cycle(WIDTHS), strict=False)], id="one width each"),
        pytest.param(
            [
                *itertools.product(PATHS, WIDTHS),
                *zip(EVERYWHERE, itertools.cycle(WIDTHS), strict=False),
            ],
            id="all",
            marks=pytest.mark.slow,
        ),
    ],
)
def test_nobody_is_kept_out(page: Page, axe: Axe, sizes: list[tuple[str, int]]) -> None:
    problems = {}
    for path, width in sizes:
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(path)
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            # in another light, nothing but the colours is another
            rules = () if scheme == "light" else ("color-contrast",)
            unfold(page, "main details")
            problems[path, width, scheme, "menus closed"] = axe("html", *rules)
            unfold(page, "header details")
            # what they cover was measured before, and cannot be touched now
            problems[path, width, scheme, "menus opened"] = axe("header details", *rules)

    assert {place: found for place, found in problems.items() if found} == {}


@pytest.mark.parametrize("paths", SHORT_AND_LONG)
def test_no_page_scrolls_sideways_on_a_phone_or_with_large_letters(
    demo: str, page: Page, paths: list[str]
) -> None:
    overflowing = []
    for width, letters in ((320, "100%"), (1280, "200%")):
        page.set_viewport_size({"width": width, "height": 900})
        for path in paths:
            page.goto(path)
            page.evaluate(f"document.documentElement.style.fontSize = '{letters}'")
            if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
                overflowing.append((path, width, letters))

    assert overflowing == []


@pytest.mark.parametrize("paths", SHORT_AND_LONG)
def test_every_page_is_valid_html(
    demo: str, html_errors: Callable[[Mapping[str, str]], str], paths: list[str]
) -> None:
    documents = {}
    for path in paths:
        # in other languages, a page may have an address of its own; those named here have none
        is_named = path in (*PATHS, *REPORTED.values())
        response = Client().get(path, follow=not is_named)
        is_missing = path in in_languages(PAGES["not found"])
        assert response.status_code == (404 if is_missing else 200), path
        documents[path] = response.content.decode()

    assert html_errors(documents) == ""


def test_the_keyboard_leads_past_the_menu_first(demo: str, page: Page) -> None:
    page.goto("/en/news/kick-off/")

    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to main content")).to_be_focused()
    page.keyboard.press("Enter")

    expect(page.locator("main")).to_be_focused()


def test_the_language_can_be_changed_without_a_script(demo: str, page: Page) -> None:
    page.goto("/en/news/kick-off/")

    page.locator(".lang summary").click()
    page.locator(".lang").get_by_role("link", name="italiano").click()

    expect(page).to_have_url(f"{demo}/it/notizie/kick-off/")
    expect(page.locator("html")).to_have_attribute("lang", "it")


def test_an_article_prints_with_its_funding_and_without_menus(demo: str, page: Page) -> None:
    page.goto("/en/news/kick-off/")

    page.emulate_media(media="print")

    expect(page.locator(".fund img")).to_be_visible()
    expect(page.locator(".foot__note")).to_be_visible()
    expect(page.locator("nav.nav")).to_be_hidden()
    expect(page.locator(".lang")).to_be_hidden()


def test_nothing_moves_while_a_page_loads(demo: str, page: Page) -> None:
    page.add_init_script(
        "window.shift = 0; new PerformanceObserver(list => {"
        " for (const entry of list.getEntries()) window.shift += entry.value;"
        "}).observe({type: 'layout-shift', buffered: true});"
    )
    page.set_viewport_size({"width": 390, "height": 900})
    for path in ("/en/", "/en/news/kick-off/"):
        page.goto(path, wait_until="networkidle")

        assert page.evaluate("window.shift") <= 0.01, path
