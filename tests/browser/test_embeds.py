"""On a partner's page, under its strict policy: the web component and the frame."""

import itertools
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Literal

import pytest
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import Axe
from tests.factories import CountryFactory, NewsIndexPageFactory, NewsPageFactory
from tests.partners.double import Pages, answers_of, served
from v2v_pages.models import HomePage, NewsPage

pytestmark = pytest.mark.browser

expect.set_options(timeout=30_000)  # a busy machine is no fault of the page

EXAMPLES = Path(__file__).parents[2] / "docs/partners"
EXAMPLE_SITE = "https://v2v.example"
PAGE = '<!doctype html><html lang="en"><title>Partner</title><h1>News</h1>{}'
POLICY = "default-src 'none'; script-src {site}; connect-src {site}; style-src 'self'"
SCHEMES: list[Literal["light", "dark"]] = ["light", "dark"]
FRAME_POLICY = "default-src 'none'; frame-src {site}"


@dataclass
class Visit:
    """A visitor of a partner's page, and all that their browser complained of."""

    context: BrowserContext
    page: Page
    complaints: list[str] = field(default_factory=list)


@pytest.fixture
def visit(chromium: Browser) -> Iterator[Visit]:
    """A visitor who has been nowhere before."""
    context = chromium.new_context(locale="sq-AL", viewport={"width": 390, "height": 844})
    visit = Visit(context, context.new_page())
    visit.page.add_init_script(
        "addEventListener('securitypolicyviolation', e => console.error('policy: ' + e.blockedURI))"
    )

    def note(message: Any) -> None:
        if message.type == "error":
            visit.complaints.append(message.text)

    visit.page.on("console", note)
    visit.page.on("pageerror", lambda error: visit.complaints.append(str(error)))
    yield visit
    context.close()


@pytest.fixture
def news(site_url: str) -> None:
    """Four articles in English."""
    CountryFactory(kosovo=True)
    home = HomePage.objects.get(locale__language_code="en")
    index = NewsIndexPageFactory(parent=home, slug="news")
    for day in range(1, 5):
        summary = "Ten schools <b>met</b> online."
        NewsPageFactory(
            parent=index, title=f"Day {day}", summary=summary, published_on=date(2021, 3, day)
        )


def partner_page(example: str, policy: str, site: str) -> dict[str, Any]:
    """A page with what the documentation says to write, under a policy of its own."""
    example = (EXAMPLES / example).read_text(encoding="utf-8").replace(EXAMPLE_SITE, site)
    headers = {"Content-Type": "text/html", "Content-Security-Policy": policy.format(site=site)}
    return {"/": (headers, PAGE.format(example).encode())}


def test_the_component_lists_news_under_a_strict_policy_without_a_cookie(
    visit: Visit, site_url: str, news: None
) -> None:
    with served(partner_page("component.html", POLICY, site_url)) as partner:
        visit.page.goto(partner.address)

        items = visit.page.locator("v2v-feed").get_by_role("listitem")
        expect(items).to_have_count(4)
        expect(items.first).to_contain_text("Day 4")
        expect(items.first).to_contain_text("Ten schools <b>met</b> online.")
        expect(items.first).to_contain_text("4 mars 2021")
        title = items.first.get_by_role("link")
        expect(title).to_have_attribute("lang", "en")
        expect(title).to_have_attribute("href", f"{site_url}/sq/news/day-4/")
        foot = visit.page.locator("v2v-feed footer")
        expect(foot).to_contain_text("without prejudice")
        expect(foot).to_contain_text("CC BY 4.0")
        # what stood inside gives way
        expect(visit.page.locator("v2v-feed > a")).to_be_hidden()
        expect(visit.page.locator("v2v-feed ul")).to_have_css("list-style-type", "none")

        visit.page.evaluate("document.querySelector('v2v-feed').setAttribute('limit', '1')")
        expect(items).to_have_count(1)

    assert visit.complaints == []
    assert visit.context.cookies() == []
    assert visit.page.evaluate("localStorage.length + sessionStorage.length") == 0


@pytest.fixture
def double(site_url: str, news: None) -> Iterator[Pages]:
    """A double of the site, with its own bytes, that can go down; nothing may be kept unasked."""
    pages = answers_of("/embed.js", "/embed/sq/news.json")
    for headers, _content in pages.values():
        headers["Cache-Control"] = "max-age=0"
    with served(pages) as double:
        yield double


def test_a_list_that_was_there_once_stays_when_the_site_is_down(
    visit: Visit, double: Pages
) -> None:
    items = visit.page.locator("v2v-feed").get_by_role("listitem")
    with served(partner_page("component.html", POLICY, double.address)) as partner:
        visit.page.goto(partner.address)
        expect(items).to_have_count(4)
        assert double.asked.count("/embed/sq/news.json") == 1, "once for all attributes"
        double.down_below = "/embed/"
        visit.page.goto("about:blank")
        visit.page.goto(partner.address)

        expect(items).to_have_count(4)

    assert double.asked.count("/embed/sq/news.json") >= 2


@pytest.mark.parametrize("silent", ["/embed/", "/embed.js"])
def test_a_link_stands_where_the_site_does_not_answer_and_no_page_waits(
    visit: Visit, double: Pages, silent: str
) -> None:
    double.silent_below = silent
    with served(partner_page("component.html", POLICY, double.address)) as partner:
        visit.page.goto(partner.address, wait_until="domcontentloaded")
        expect(visit.page.get_by_role("link", name="V2V")).to_be_visible()
        if silent == "/embed/":
            expect(visit.page.locator("v2v-feed slot")).to_have_count(1)
            waited = visit.page.evaluate("performance.now()")
            assert waited < 8_000, "two seconds, and what a busy machine adds"
        expect(visit.page.get_by_role("link", name="V2V")).to_be_visible()
        visit.page.goto("about:blank")


def test_a_frame_on_a_partners_page_shows_the_list_and_opens_links_beside_it(
    visit: Visit, site_url: str, news: None
) -> None:
    with served(partner_page("frame.html", FRAME_POLICY, site_url)) as partner:
        visit.page.goto(partner.address)
        frame = visit.page.frame_locator("iframe")

        expect(frame.get_by_role("listitem")).to_have_count(4)
        expect(frame.get_by_text("without prejudice")).to_be_visible()
        expect(frame.locator("h1")).to_have_css("font-weight", "700")
        # the stylesheet is allowed, though the sandbox takes the frame its origin
        expect(frame.locator("ul")).to_have_css("list-style-type", "none")
        with visit.context.expect_page() as opened:
            frame.get_by_role("link", name="Day 4").click()
        opened.value.wait_for_load_state()
        assert opened.value.url == f"{site_url}/sq/news/day-4/"

    assert visit.complaints == []
    assert visit.context.cookies() == []


def test_frames_keep_nobody_out(
    page: Page, demo: str, axe: Axe, html_errors: Callable[[Mapping[str, str]], str]
) -> None:
    article = NewsPage.objects.get(locale__language_code="en")
    paths = [
        "/embed/en/all/newest/10/",
        "/embed/sq/terms/",
        f"/embed/sr/item/{article.translation_key}/",
    ]
    problems = {}
    for path, width in itertools.product(paths, (320, 1280)):
        page.set_viewport_size({"width": width, "height": 600})
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            problems[path, width, scheme] = axe()

    assert {place: found for place, found in problems.items() if found} == {}
    assert html_errors({path: Client().get(path).content.decode() for path in paths}) == ""


def test_a_page_says_its_language_itself_and_where_that_is_from(
    visit: Visit, site_url: str, news: None
) -> None:
    html = f'<v2v-feed></v2v-feed><script async src="{site_url}/embed.js"></script>'
    page = PAGE.replace('lang="en"', 'lang="sq-AL"').format(html)
    with served({"/": ({"Content-Type": "text/html"}, page.encode())}) as partner:
        visit.page.goto(partner.address)

        items = visit.page.locator("v2v-feed").get_by_role("listitem")
        expect(items).to_have_count(4)
        expect(items.first).to_contain_text("4 mars 2021")

    assert visit.complaints == []
