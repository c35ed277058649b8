"""From a school's desk to the readers: written, reviewed, published, and there in the next request.

Wagtail saves a draft half a second after each change; the steps below wait for what an editor
sees, never for a time.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

import feedparser
import pytest
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, expect

from cms.demo.pages import find_page
from cms.services.roles import COMMUNICATION_TEAM, PARTNER_EDITOR
from tests.browser.editing import click_until_it_listens, insert_block, wait_for_the_end_of
from tests.cms.editing.people import somebody_of

pytestmark = pytest.mark.browser

PASSWORD = "a very long password"
TITLE = "Two workshops, one bench"
QUOTATION = "We are looking forward to shaping the future of the project!"

SignIn = Callable[[str], Page]

expect.set_options(timeout=30_000)  # a busy machine is no fault of the page


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    """A picture on the editor's own computer."""
    path = tmp_path / "bench.png"
    Image.new("RGB", (1200, 800), "#7a5a3a").save(path)
    return path


@pytest.fixture
def reader(chromium: Browser, site_url: str) -> Iterator[BrowserContext]:
    """The browser of somebody who has never been here."""
    context = chromium.new_context(base_url=site_url, locale="en-GB")
    yield context
    context.close()


@pytest.fixture
def sign_in(page: Page) -> SignIn:
    """Signs somebody of a role in, in place of whoever was signed in before."""

    def as_role(role: str) -> Page:
        user = somebody_of(role, PASSWORD)
        page.context.clear_cookies()
        page.goto("/admin/")
        page.get_by_label("Username").fill(user.username)
        page.locator("[name=password]").fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        expect(page.get_by_role("button", name="Pages", exact=True)).to_be_visible()
        return page

    return as_role


def upload(page: Page, picture: Path) -> None:
    """Puts a new picture into the image block that was just inserted."""
    dialog = page.get_by_role("dialog")
    click_until_it_listens(page.get_by_role("button", name="Choose an image").last, dialog)
    page.get_by_role("tab", name="Upload").click()
    dialog.get_by_label("File").set_input_files(picture)
    dialog.get_by_label("Title").fill("A workbench")
    dialog.get_by_label("Description").fill("A workbench with two vices")
    dialog.get_by_label("Credit").fill("Photo: the school")
    dialog.get_by_role("button", name="Upload").click()
    wait_for_the_end_of(dialog)


def choose_twinning(page: Page, school: str) -> None:
    """Puts a pair into the twinnings block that was just inserted."""
    heading = page.get_by_role("textbox", name="Heading")
    block = page.locator("[data-streamfield-child]").filter(has=heading)
    add = block.get_by_role("button", name="Add", exact=True)
    choose = block.get_by_role("button", name="Choose twinning")
    dialog = page.get_by_role("dialog")
    click_until_it_listens(add, choose)
    click_until_it_listens(choose, dialog)
    dialog.get_by_role("link", name=school).click()
    wait_for_the_end_of(dialog)


def write_article(page: Page, picture: Path) -> None:
    """Fills a new article: text, quotation, picture, pair."""
    page.goto(f"/admin/pages/{find_page('news').pk}/")
    page.get_by_role("link", name="Add child page").first.click()
    page.locator("#id_title").fill(TITLE)
    page.get_by_role("textbox", name="Summary").fill("What the two schools have in common.")
    insert_block(page, "Text")
    page.locator(".public-DraftEditor-content").click()
    page.keyboard.type("Both schools have the same bench.")
    insert_block(page, "Quotation")
    page.get_by_role("textbox", name="Quotation").fill(QUOTATION)
    page.get_by_role("textbox", name="Source").fill("Kick-off article")
    insert_block(page, "Image")
    upload(page, picture)
    insert_block(page, "Twinnings")
    choose_twinning(page, "SEDU")
    expect(page.get_by_text("Saved", exact=True)).to_be_visible()


def check_preview(page: Page) -> None:
    """Opens the preview beside the form and finds the whole article in it."""
    page.get_by_role("button", name="Toggle preview").click()
    preview = page.frame_locator("#w-preview-iframe")
    expect(preview.get_by_role("heading", name=TITLE)).to_be_visible()
    expect(preview.get_by_text(QUOTATION)).to_be_visible()
    expect(preview.get_by_role("img", name="A workbench with two vices")).to_be_visible()
    expect(preview.get_by_text("Centre of Competence").first).to_be_visible()


def submit(page: Page) -> None:
    """Hands the draft in."""
    page.get_by_role("button", name="More actions").click()
    page.get_by_role("button", name="Submit to Review by the communication team").click()
    expect(page.get_by_text("has been submitted for moderation")).to_be_visible()


def approve(page: Page) -> None:
    """Takes the article from "Awaiting your review" and publishes it."""
    page.get_by_role("link", name=TITLE).click()
    page.get_by_role("button", name="More actions").click()
    page.get_by_role("button", name="Approve and Publish").click()
    row = page.get_by_role("row", name=TITLE)
    expect(row.get_by_role("link", name="Current page status: live")).to_be_visible()


def check_article(page: Page) -> None:
    """Reads the article as its readers get it."""
    page.goto("/en/news/")
    page.get_by_role("link", name=TITLE).first.click()
    expect(page.get_by_role("heading", name=TITLE)).to_be_visible()
    expect(page.get_by_text("Both schools have the same bench.")).to_be_visible()
    expect(page.get_by_role("blockquote")).to_contain_text(QUOTATION)
    expect(page.get_by_text("Centre of Competence").first).to_be_visible()
    image = page.get_by_role("img", name="A workbench with two vices")
    image.scroll_into_view_if_needed()
    expect(image).to_have_js_property("complete", value=True)
    assert image.evaluate("picture => picture.naturalWidth") > 0


def test_an_article_goes_from_a_school_through_the_review_to_its_readers(
    demo: str, sign_in: SignIn, picture: Path, reader: BrowserContext
) -> None:
    desk = sign_in(PARTNER_EDITOR)
    write_article(desk, picture)
    check_preview(desk)
    submit(desk)
    assert TITLE not in reader.request.get("/en/news/").text()
    approve(sign_in(COMMUNICATION_TEAM))

    assert TITLE in reader.request.get("/en/").text()
    assert TITLE in reader.request.get("/en/news/").text()
    feed = feedparser.parse(reader.request.get("/feeds/en/news.atom").text())
    assert feed.entries[0].title == TITLE
    newest = reader.request.get("/api/v1/news/").json()["items"][0]
    assert newest["title"] == TITLE
    check_article(reader.new_page())
    assert reader.cookies() == []
