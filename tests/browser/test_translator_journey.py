"""The kick-off article in Croatian: typed, sent as a file, edited by hand, resumed; all stays."""

import os
from pathlib import Path

import polib
import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect
from wagtail.models import Locale
from wagtail_localize.models import Translation

from cms.demo.pages import find_page
from cms.services.roles import PARTNER_EDITOR
from tests.cms.editing.people import somebody_of
from v2v_pages.selectors import untranslated_strings

pytestmark = pytest.mark.browser

expect.set_options(timeout=30_000)  # a busy machine is no fault of the page

PASSWORD = "a very long password"
TITLE = "Sastanak na početku"
BY_HAND = "Rečenica pisana rukom."
NEW = "A sentence that is new in the original."


def show(page: Page, name: str) -> None:
    """Keeps a picture for whoever asks for it with PICTURES=folder."""
    if folder := os.environ.get("PICTURES"):
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


def sign_in(page: Page) -> None:
    """Signs a partner's editor in."""
    user = somebody_of(PARTNER_EDITOR, PASSWORD)
    page.goto("/admin/")
    page.get_by_label("Username").fill(user.username)
    page.locator("[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("button", name="Pages", exact=True)).to_be_visible()


def begin_translation(page: Page) -> None:
    """Sends the article to its Croatian translator, who is the same person."""
    article = find_page("kick-off")
    page.goto(reverse("wagtail_localize:submit_page_translation", args=[article.pk]))
    page.get_by_label("Croatian").check()
    page.get_by_role("button", name="Submit").click()
    expect(page.get_by_text("Before readers see it")).to_be_visible()


def type_title(page: Page) -> None:
    """Translates the first sentence where translators do."""
    page.get_by_role("button", name="Translate", exact=True).first.click()
    page.locator("textarea").first.fill(TITLE)
    page.get_by_role("button", name="Save", exact=True).first.click()
    expect(page.get_by_text("Translated manually").first).to_be_visible()


def send_catalogue(page: Page, translation: Translation, folder: Path) -> None:
    """Translates everything else in a file, and hands it in."""
    catalogue = polib.pofile(str(translation.export_po()))
    for entry in catalogue:
        entry.msgstr = entry.msgstr or (
            "sastanak" if entry.msgctxt == "slug" else f"{entry.msgid} (hr)"
        )
    path = folder / "hr.po"
    catalogue.save(str(path))
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Upload PO file").first.click()
    chooser.value.set_files(path)
    expect(page.get_by_text("Successfully imported translations")).to_be_visible()


def edit_by_hand(page: Page, translation: Translation) -> None:
    """Stops translating and writes a title, running text and a nested date into the page."""
    page.request.post(
        reverse("wagtail_localize:stop_translation", args=[translation.pk]),
        form={"csrfmiddlewaretoken": token(page)},
        headers={"Referer": page.url},
    )
    page.goto(page.url)
    page.locator("#id_title").fill(f"{TITLE}!")
    page.locator(".public-DraftEditor-content").first.click()
    page.keyboard.press("Control+Home")
    page.keyboard.type(BY_HAND)
    page.locator("[name$='-value-entries-0-value-title']").fill("Datum rukom")
    # the editor hands its text to the form a moment after the last key
    expect(page.locator(f"input[type=hidden][value*='{BY_HAND}']").first).to_be_attached()


def token(page: Page) -> str:
    """Returns what a form of this page sends along."""
    return str(page.locator("[name=csrfmiddlewaretoken]").first.input_value())


def change_original() -> None:
    """Changes a paragraph of the original, adds one, and takes a block away."""
    article = find_page("kick-off")
    draft = article.get_latest_revision_as_object()
    paragraphs = [block for block in draft.body if block.block_type == "paragraph"]
    paragraphs[-1].value.source += f"<p>{NEW}</p>"
    draft.body.append(("paragraph", "<p>A block that is new in the original.</p>"))
    removed = next(n for n, block in enumerate(draft.body) if block.block_type == "twinnings")
    del draft.body[removed]
    draft.save_revision().publish()


def test_nothing_a_translator_typed_is_lost(demo: str, page: Page, tmp_path: Path) -> None:
    sign_in(page)
    begin_translation(page)
    show(page, "1-begun")
    type_title(page)
    croatian = Locale.objects.get(language_code="hr")
    translation = Translation.objects.get(
        target_locale=croatian, source__object_id=find_page("kick-off").translation_key
    )
    send_catalogue(page, translation, tmp_path)
    show(page, "2-complete")
    edit_by_hand(page, translation)
    show(page, "3-by-hand")
    change_original()

    page.get_by_role("button", name="More actions").click()
    page.get_by_role("button", name="Translate sentence by sentence again").click()
    expect(page.get_by_text("You are translating sentence by sentence again.")).to_be_visible()
    show(page, "4-resumed")

    expect(page.get_by_text(f"{TITLE}!").first).to_be_visible()
    expect(page.get_by_text(BY_HAND).first).to_be_visible()
    expect(page.get_by_text("Datum rukom").first).to_be_visible()
    expect(page.get_by_text("2 of").first).to_be_visible()
    translation.refresh_from_db()
    assert {text for _path, text in untranslated_strings(translation)} == {
        NEW,
        "A block that is new in the original.",
    }
    page.goto("about:blank")
