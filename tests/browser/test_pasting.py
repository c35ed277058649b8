"""Editors paste into the body: the page keeps what it can show, and stays editable."""

import json
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from playwright.sync_api import Locator, Page, expect
from pytest_django.fixtures import Settings

from tests.factories import NewsIndexPageFactory, NewsPageFactory
from v2v_pages.models import HomePage, NewsPage

pytestmark = pytest.mark.browser

SAMPLES = Path(__file__).with_name("clipboard")
expect.set_options(timeout=30_000)  # a busy machine is no fault of the page

EDITOR = ".public-DraftEditor-content"
PASTE = """(element, [html, text]) => {
  const data = new DataTransfer();
  data.setData("text/html", html);
  data.setData("text/plain", text);
  const options = {clipboardData: data, bubbles: true, cancelable: true};
  element.dispatchEvent(new ClipboardEvent("paste", options));
}"""


@pytest.fixture
def article(site_url: str) -> NewsPage:
    """An article whose body is one text of one sentence."""
    home = HomePage.objects.get(locale__language_code="en")
    news = NewsIndexPageFactory(parent=home, slug="news")
    body = [{"type": "paragraph", "value": "<p>Before. After.</p>"}]
    page: NewsPage = NewsPageFactory(parent=news, slug="pasted", body=json.dumps(body))
    return page


@pytest.fixture(autouse=True)
def _no_drafts_meanwhile(settings: Settings) -> None:
    """Wagtail refuses, and the console notes, a draft on its way while its page is published."""
    settings.WAGTAIL_AUTOSAVE_INTERVAL = 0


@pytest.fixture
def desk(page: Page, article: NewsPage) -> Iterator[Page]:
    """The editor of the article, opened by somebody who may publish."""
    get_user_model().objects.create_superuser("ada", password="a very long password")
    page.goto("/admin/")
    page.get_by_label("Username").fill("ada")
    page.locator("[name=password]").fill("a very long password")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("button", name="Pages", exact=True)).to_be_visible()
    open_editor(page, article)
    yield page
    page.goto("about:blank")  # ends the editing session before its page goes


def open_editor(page: Page, article: NewsPage) -> Locator:
    page.goto(f"/admin/pages/{article.pk}/edit/")
    editor = page.locator(EDITOR).first
    expect(editor).to_contain_text("Before.")
    return editor


def paste(editor: Locator, html: str, text: str = "") -> None:
    """Pastes what another program put on the clipboard, where the caret is."""
    editor.evaluate(PASTE, [html, text])


def put_caret_between(page: Page) -> Locator:
    """Puts the caret after "Before."."""
    editor = page.locator(EDITOR).first
    editor.click()
    page.keyboard.press("Control+Home")
    for _letter in "Before.":
        page.keyboard.press("ArrowRight")
    return editor


def publish(page: Page, words: str) -> None:
    """Publishes as soon as the form holds these words: rich text reaches it a moment late."""
    page.wait_for_function(
        "words => [...document.querySelectorAll('form input')].some(i => i.value.includes(words))",
        arg=words,
    )
    page.get_by_role("button", name="More actions").click()
    page.get_by_role("button", name="Publish", exact=True).click()
    expect(page.get_by_text("has been published")).to_be_visible()


def stored(article: NewsPage) -> list[tuple[str, Any]]:
    """Returns the body as it was saved: types and values."""
    article = NewsPage.objects.get(pk=article.pk)
    return [(block["type"], block["value"]) for block in article.body.raw_data]


def shown(article: NewsPage) -> str:
    """Returns the body that readers get, without the keys that Wagtail adds."""
    html = Client().get(f"/en/news/{article.slug}/").content.decode()
    body = re.search(r'<div class="prose flow">(.*?)<aside', html, re.DOTALL)
    assert body
    return re.sub(r'\s+data-block-key="\w+"', "", body[1])


def test_a_paste_from_word_becomes_texts_and_a_table(desk: Page, article: NewsPage) -> None:
    editor = put_caret_between(desk)

    paste(editor, (SAMPLES / "word-desktop.html").read_text(encoding="utf-8"))
    expect(desk.locator(EDITOR)).to_have_count(5)  # two of them are cells of the table
    expect(desk.locator(EDITOR).last).to_be_focused()
    desk.keyboard.type("Later:")
    publish(desk, "Later:")

    types = [kind for kind, _value in stored(article)]
    assert types == ["paragraph", "table", "paragraph", "paragraph"]
    html = shown(article)
    assert "<p>Before.</p><h2>Kick-off</h2><h2>First day</h2><p>The <b>common glossary</b>" in html
    assert "<ul><li>Schools<ul><li>in Italy</li></ul></li><li>Workshops</li></ul>" in html
    assert '<a href="mailto:office@example.org">write</a> or open. new</p>' in html
    assert '<th scope="col">Session</th>' in html
    assert '<p>Twinnings, <a href="https://example.org/">online</a></p>' in html
    assert "<p>The end.</p>" in html
    assert "<p>Later: After.</p>" in html
    assert "Later: After." in open_editor(desk, article).page.locator(EDITOR).last.inner_text()


def test_what_was_pasted_is_undone_and_pasted_again(desk: Page, article: NewsPage) -> None:
    editor = put_caret_between(desk)
    html = (SAMPLES / "libreoffice.html").read_text(encoding="utf-8")

    paste(editor, html)
    expect(editor.locator("h2")).to_have_text("Visits")
    desk.keyboard.press("Control+z")
    desk.keyboard.press("Control+z")
    expect(editor).to_have_text("Before. After.")
    paste(editor, html)
    desk.keyboard.type("!")
    publish(desk, "by train!")

    ((kind, _value),) = stored(article)
    assert kind == "paragraph"
    assert "<li>by train! After.</li>" in shown(article)


def test_a_table_alone_takes_the_place_of_an_empty_text(desk: Page, article: NewsPage) -> None:
    editor = put_caret_between(desk)
    desk.keyboard.press("Control+a")
    desk.keyboard.press("Delete")

    paste(editor, "<table><tr><td>A<td>B<tr><td>first<td>2</table>")
    expect(desk.locator(".typed-table-block")).to_be_visible()
    expect(editor).to_be_hidden()
    publish(desk, "first")

    ((kind, value),) = stored(article)
    assert kind == "table"
    assert value["rows"] == [{"values": ["first", "2"]}]


def test_a_huge_paste_is_quick_and_one_too_long_is_refused(desk: Page, article: NewsPage) -> None:
    editor = put_caret_between(desk)
    styled = "<p class=MsoNormal style='font-family:Calibri;color:red;margin:0cm 0cm 8pt'>"
    words = "<span lang=EN-GB style='font-size:11.0pt;line-height:107%'>Some words </span>" * 8
    paragraph = f"{styled}{words}</p>"

    started = time.monotonic()
    paste(editor, paragraph * (500_000 // len(paragraph)))
    seconds = time.monotonic() - started
    paste(editor, f"<p>{'too long ' * 20_000}</p>")
    expect(desk.get_by_text("This is too long to be pasted at once")).to_be_visible()
    publish(desk, "Some words")

    assert seconds < 10
    html = shown(article)
    assert html.count("Some words") > 5_000
    assert "too long" not in html
