"""The public site as browsers show it: to everybody, on every screen, and light to load."""

import gzip
from collections.abc import Callable
from typing import Any, Literal

import pytest
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, Request, expect

from cms.demo.loading import load_demo
from tests.factories import NewsPageFactory
from tests.stories import every_block
from v2v_pages.models import NewsIndexPage

pytestmark = pytest.mark.browser

PATHS = [
    "/en/",
    "/sq/",
    "/en/news/",
    "/en/news/tag/kick-off/",
    "/en/news/kick-off/",
    "/fi/news/kick-off/",
    "/it/notizie/kick-off/",
    "/en/twinnings/",
    "/en/twinnings/3/",
    "/sq/binjakezime/shembull-takimi-i-pare/",
    "/en/partners/",
    "/en/partners/sedu/",
    "/en/about/",
    "/en/news/everything/",
]
"""At least one page of each type, one untranslated and some in other languages."""

SCHEMES: list[Literal["light", "dark"]] = ["light", "dark"]
KILOBYTE = 1024


@pytest.fixture
def demo(site_url: str) -> str:
    """The address of the site with its demo content, and an article of all kinds of block."""
    load_demo()
    news = NewsIndexPage.objects.get(locale__language_code="en")
    NewsPageFactory(parent=news, slug="everything", body=every_block())
    return site_url


def open_all_menus(page: Page) -> None:
    """Opens language list and menu, whether or not both would fit at once."""
    page.evaluate(
        "for (const menu of document.querySelectorAll('details'))"
        " { menu.removeAttribute('name'); menu.open = true; }"
    )


def test_nobody_is_kept_out(demo: str, page: Page, axe: Callable[[], list[dict[str, Any]]]) -> None:
    problems = {}
    for width in (390, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            for path in PATHS:
                page.goto(path)
                problems[path, width, scheme, "closed"] = axe()
                open_all_menus(page)
                problems[path, width, scheme, "opened"] = axe()

    assert {place: found for place, found in problems.items() if found} == {}


def test_no_page_scrolls_sideways_on_a_phone_or_with_large_letters(demo: str, page: Page) -> None:
    overflowing = []
    for width, letters in ((320, "100%"), (1280, "200%")):
        page.set_viewport_size({"width": width, "height": 900})
        for path in PATHS:
            page.goto(path)
            page.evaluate(f"document.documentElement.style.fontSize = '{letters}'")
            if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
                overflowing.append((path, width, letters))

    assert overflowing == []


def test_every_page_is_valid_html(demo: str, html_errors: Callable[[str], str]) -> None:
    statuses = {**dict.fromkeys(PATHS, 200), "/en/nothing/": 404}
    problems = {}
    for path, status in statuses.items():
        response = Client().get(path)
        assert response.status_code == status
        problems[path] = html_errors(response.content.decode())

    assert {path: errors for path, errors in problems.items() if errors} == {}


def test_pages_are_light_and_set_no_cookie(demo: str, chromium: Browser) -> None:
    for path in PATHS:
        context = chromium.new_context(base_url=demo)
        page = context.new_page()
        asked: dict[str, str] = {}
        page.on("request", recorder(asked))
        page.goto(path, wait_until="networkidle")
        sizes = {url: weight(context, url) for url in asked if "/media/" not in url}

        assert sum(sizes.values()) <= 60 * KILOBYTE, (path, sizes)
        assert sum(size for url, size in sizes.items() if "font" in url) <= 34 * KILOBYTE
        assert sum(size for url, size in sizes.items() if url.endswith(".css")) <= 8 * KILOBYTE
        assert len(sizes) <= 6, (path, sizes)
        assert "script" not in asked.values()
        assert context.cookies() == []
        context.close()


def recorder(asked: dict[str, str]) -> Callable[[Request], None]:
    """Returns what writes down the kind of each request by its address."""

    def record(request: Request) -> None:
        asked[request.url] = request.resource_type

    return record


def weight(context: BrowserContext, url: str) -> int:
    """Returns how many bytes of an answer travel; text is compressed as on a real server."""
    response = context.request.get(url)
    assert response.ok, url
    body = response.body()
    is_packed = response.headers["content-type"].startswith("font/")
    return len(body if is_packed else gzip.compress(body))


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
