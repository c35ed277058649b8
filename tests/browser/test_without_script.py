"""What visitors do on the site, in a browser that runs no script, and with the keyboard alone."""

import re
from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.site_report import REPORTED

pytestmark = pytest.mark.browser

BUSY = ("glossary", "repository", "VET systems", "mobility process", "search", "subscribe form")
"""Pages with more to touch than others."""
MOST_STOPS = 250


@pytest.fixture
def plain(chromium: Browser, demo: str) -> Iterator[Page]:
    """A visitor's browser without scripts; nothing glides, so that it clicks what it aims at."""
    context = chromium.new_context(
        base_url=demo, java_script_enabled=False, locale="en-GB", reduced_motion="reduce"
    )
    context.set_default_timeout(30_000)
    yield context.new_page()
    context.close()


def test_a_visitor_finds_reads_and_changes_the_language(plain: Page) -> None:
    plain.goto("/")
    expect(plain).to_have_url(re.compile("/en/$"))
    plain.locator(".seek input").fill("kick-off")
    plain.locator(".seek").get_by_role("button", name="Search").click()
    expect(plain).to_have_url(re.compile("/en/search/[?]q=kick-off$"))
    plain.locator('main a[href="/en/news/kick-off/"]').first.click()
    expect(plain).to_have_url(re.compile("/en/news/kick-off/$"))

    plain.locator(".lang summary").click()
    plain.locator(".lang").get_by_role("link", name="italiano").click()

    expect(plain).to_have_url(re.compile("/it/notizie/kick-off/$"))
    plain.get_by_role("link", name="Glossario").first.click()
    expect(plain.locator("html")).to_have_attribute("lang", "it")


def test_a_visitor_filters_the_repository_by_links(plain: Page) -> None:
    plain.goto("/en/repository/")
    choice = plain.locator(".filters a:has(.count)").first
    label = choice.inner_text()
    choice.press("Enter")

    expect(plain).to_have_url(re.compile("/en/repository/.+/$"))
    expect(plain.locator(".filters a[aria-current]", has_text=label)).to_be_visible()


def test_a_visitor_reads_a_concept_beside_another_language(plain: Page) -> None:
    plain.goto("/en/glossary/with/sq/")
    plain.locator("main").get_by_role("link", name=re.compile(r"\w")).first.click()
    plain.goto("/en/glossary/?q=shkolla")

    expect(plain.locator("main")).to_contain_text("hkoll")


def test_a_learner_plans_from_a_day_of_departure(plain: Page) -> None:
    plain.goto("/en/mobility-process/")
    plain.locator("main input[type=date]").fill("2027-03-15")
    plain.locator("main form").filter(has=plain.locator("input[type=date]")).get_by_role(
        "button"
    ).first.click()

    expect(plain).to_have_url(re.compile("/dates/2027-03-15/"))
    expect(plain.locator("main")).to_contain_text("2027")


# the button inside a field for dates has a ring of the browser's own
LOOK = """() => {
  const at = document.activeElement;
  if (!at || at === document.body) return null;
  const style = getComputedStyle(at), box = at.getBoundingClientRect();
  return {
    what: at.outerHTML.slice(0, 120),
    seen: (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0)
      || style.boxShadow !== 'none' || (at.type === 'date' && !at.matches(':focus-visible')),
    inView: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
  };
}"""


def stops(page: Page) -> Iterator[dict[str, Any]]:
    """Yields what the Tab key reaches, one after the other, until it leaves the page."""
    for _number in range(MOST_STOPS):
        page.keyboard.press("Tab")
        # what scrolls and what fades in take their time
        page.evaluate(
            "() => { document.getAnimations().forEach(each => each.finish());"
            " return new Promise(done => requestAnimationFrame(() => done(null))); }"
        )
        stop = page.evaluate(LOOK)
        if stop is None:
            return
        yield stop
    raise AssertionError("the keyboard does not come out of the page")


@pytest.mark.parametrize(
    ("name", "width"),
    [
        ("article", 390),
        ("home", 1280),
        *(pytest.param(*pair, marks=pytest.mark.slow) for pair in product(BUSY, (390, 1280))),
    ],
)
def test_the_keyboard_goes_through_a_page_and_always_shows_where_it_is(
    demo: str, page: Page, name: str, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(reduced_motion="reduce")
    page.goto(REPORTED[name])

    found = list(stops(page))

    assert len(found) > 10
    assert [stop["what"] for stop in found if not stop["seen"]] == []
    assert [stop["what"] for stop in found if not stop["inView"]] == []


def test_menus_open_and_close_by_keys(demo: str, page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 900})
    page.goto("/en/news/kick-off/")
    for selector in (".lang", "nav details"):
        menu = page.locator(selector).first
        menu.locator("summary").focus()
        page.keyboard.press("Enter")
        link = menu.get_by_role("link").first
        expect(link).to_be_visible()
        page.keyboard.press("Tab")
        expect(link).to_be_focused()
        menu.locator("summary").focus()
        page.keyboard.press("Space")
        expect(link).to_be_hidden()
