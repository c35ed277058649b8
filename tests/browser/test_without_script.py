"""What visitors do on the site, in a browser that runs no script, and with the keyboard alone."""

import re
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.page_types import REPORTED

pytestmark = pytest.mark.browser

BUSY = (
    *("glossary", "concept", "repository", "VET systems", "VET comparison", "mobility process"),
    *("mobility checklist", "search", "subscribe form", "not found"),
)
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


@pytest.mark.parametrize("name", ["repository", "events"])
def test_a_visitor_filters_a_list_by_links(plain: Page, name: str) -> None:
    plain.goto(REPORTED[name])
    choice = plain.locator(".filters a:has(.count)").first
    label = choice.inner_text()
    choice.press("Enter")

    expect(plain).to_have_url(re.compile(f"{REPORTED[name]}.+/$"))
    expect(plain.locator(".filters a[aria-current]", has_text=label)).to_be_visible()
    expect(plain.locator("main .item").first).to_be_visible()


def test_a_visitor_takes_the_events_into_a_calendar(plain: Page) -> None:
    plain.goto(REPORTED["events"])
    with plain.expect_download() as download:
        plain.locator("main a[href$='.ics']:not([href^=webcal])").first.click()

    content = Path(download.value.path()).read_text(encoding="utf-8")
    assert content.startswith("BEGIN:VCALENDAR")
    assert "SUMMARY;LANGUAGE=en:Kick-off meeting" in content


def test_a_visitor_reads_a_concept_beside_another_language(plain: Page) -> None:
    plain.goto("/en/glossary/with/sq/")
    entry = plain.locator(".entry:has(.eq)").first
    name, albanian = entry.locator("h3").inner_text(), entry.locator("dd").inner_text()
    entry.get_by_role("link").click()

    expect(plain).to_have_url(re.compile("/en/glossary/C-[0-9]{4}/$"))
    expect(plain.get_by_role("heading", level=1)).to_have_text(name)
    expect(plain.locator("main")).to_contain_text(albanian)


def test_a_visitor_finds_a_concept_by_a_word_of_another_language(plain: Page) -> None:
    plain.goto(REPORTED["glossary"])
    plain.locator("main input[type=search]").fill("shkolle")
    plain.locator("main input[type=search]").press("Enter")

    plain.locator("main").get_by_role("link", name="vocational school").click()
    expect(plain.get_by_role("heading", level=1)).to_have_text("vocational school")


def test_a_visitor_has_a_term_explained_where_it_stands(plain: Page) -> None:
    plain.goto(REPORTED["mobility module"])
    button = plain.get_by_role("button", name="host organisation").first
    tip = plain.locator("[popover]", has_text="The organisation that receives").first
    expect(tip).to_be_hidden()

    button.click()
    expect(tip).to_be_visible()
    plain.keyboard.press("Escape")
    expect(tip).to_be_hidden()


def test_a_visitor_who_is_lost_searches_on(plain: Page) -> None:
    plain.goto(REPORTED["not found"])
    plain.locator("main input[type=search]").fill("kick-off")
    plain.locator("main").get_by_role("button", name="Search").click()

    expect(plain).to_have_url(re.compile("/en/search/[?]q=kick-off$"))
    expect(plain.locator('main a[href="/en/news/kick-off/"]').first).to_be_visible()


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
