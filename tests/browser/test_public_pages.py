"""The public site as browsers show it: to everybody, on every screen, and light to load."""

import itertools
from collections.abc import Callable, Mapping

import pytest
from django.test import Client
from playwright.sync_api import Page, expect

from tests.browser.looks import SCHEMES, WIDTHS, Place, Scheme, barriers, sideways
from tests.browser.page_types import PAGES, REPORTED, everywhere, in_languages
from tests.factories import NewsPageFactory
from tests.stories import every_block
from v2v_pages.models import NewsIndexPage

pytestmark = pytest.mark.browser

PATHS = [*PAGES.values(), "/sq/", "/it/notizie/kick-off/", "/en/news/everything/"]
"""Each type of page, some in other languages, and an article of all kinds of block."""

EVERYWHERE = [address for addresses in everywhere().values() for address in addresses]
"""Each type of page for readers of four languages."""

Look = tuple[int, tuple[Scheme, ...]]
EVERY_LOOK: list[Look] = [(width, SCHEMES) for width in WIDTHS]
ONE_LOOK_EACH: list[Look] = [
    (390, ("light",)),
    (1280, ("dark",)),
    (1280, ("light",)),
    (390, ("dark",)),
]
"""Width, and whether it is light or dark."""

SHORT_AND_LONG = [
    pytest.param([*dict.fromkeys((*PATHS, *REPORTED.values()))], id="some"),
    pytest.param(EVERYWHERE, id="all", marks=pytest.mark.slow),
]


@pytest.fixture(autouse=True)
def everything(demo: str) -> None:
    """An article of all kinds of block."""
    news = NewsIndexPage.objects.get(locale__language_code="en")
    NewsPageFactory(parent=news, slug="everything", body=every_block())


@pytest.mark.parametrize(
    "looks",
    [
        pytest.param(
            [
                *zip(PATHS, itertools.cycle(ONE_LOOK_EACH), strict=False),
                *((PAGES["mobility module"], each) for each in EVERY_LOOK),  # explains terms
            ],
            id="one look each",
        ),
        pytest.param(
            [*itertools.product(dict.fromkeys((*PATHS, *EVERYWHERE)), EVERY_LOOK)],
            id="all",
            marks=pytest.mark.slow,
        ),
    ],
)
def test_nobody_is_kept_out(page: Page, looks: list[tuple[str, Look]]) -> None:
    problems: dict[Place, object] = {}
    for path, (width, schemes) in looks:
        problems |= barriers(page, path, width, schemes)

    assert problems == {}


@pytest.mark.parametrize("paths", SHORT_AND_LONG)
def test_no_page_scrolls_sideways_on_a_phone_or_with_large_letters(
    demo: str, page: Page, paths: list[str]
) -> None:
    overflowing = [each for path in paths for each in sideways(page, path)]

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
