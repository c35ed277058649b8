"""From a sign-up in Albanian to an issue in each reader's language, and out with one click."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Any, ClassVar

import polib
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect
from pytest_django import Settings
from wagtail_localize.models import Translation

from cms.demo.pages import find_page
from cms.services.roles import COMMUNICATION_TEAM
from communication.newsletters.jobs import DispatchSending, SignUpAnswering
from communication.newsletters.models import Dispatch, MailingList, NewsletterPage, Subscription
from communication.newsletters.transports.files import FileTransport
from communication.newsletters.wire.mails import Mail
from tests.browser.editing import click_until_it_listens, insert_block, wait_for_the_end_of
from tests.cms.editing.people import somebody_of
from tests.newsletters import LINK, subscribed, words_of
from v2v_snippets.models import ProjectSettings

pytestmark = pytest.mark.browser

expect.set_options(timeout=30_000)  # a busy machine is no fault of the page

PASSWORD = "a very long password"
TITLE = "What the schools will do"
LEAD = "Five schools here, five schools there."
READERS = {
    "jelena@school.example": ("cnr", "sr-latn"),
    "pau@school.example": ("ca", "es"),
    "aino@school.example": ("fi", "en"),
}
"""Who reads what: their language, and that of the mail, after the fallback chains."""
LANGUAGES = {"Albanian": "sq", "Serbian (Latin)": "sr-latn", "Spanish": "es"}


class CountedFiles(FileTransport):
    """Counts what is handed over: a mail that comes again replaces its file, and shows no more."""

    handed_over: ClassVar[Counter[str]] = Counter()
    """How often, by recipient."""

    def deliver(self, mail: Mail) -> None:
        """Counts it and writes it."""
        self.handed_over[mail.recipient] += 1
        super().deliver(mail)


@pytest.fixture
def files(settings: Settings, tmp_path: Path) -> CountedFiles:
    """Where mails are written instead of sent, as in the demo."""
    settings.V2V_MAIL_TRANSPORT = f"{__name__}.CountedFiles"
    settings.V2V_MAIL_FOLDER = tmp_path / "mails"
    return CountedFiles()


@pytest.fixture
def reader(chromium: Browser, demo: str) -> Iterator[Page]:
    """The browser of somebody who lets no script run."""
    context = chromium.new_context(base_url=demo, java_script_enabled=False)
    yield context.new_page()
    context.close()


def subscribe_in_albanian(reader: Page, files: CountedFiles) -> None:
    """Fills the form and presses the button behind the link in the letter."""
    reader.goto("/sq/subscriptions/")
    reader.locator("main input[name=email]").fill("ana@school.example")
    reader.locator("main button").click()
    SignUpAnswering().run_due(timezone.now())
    [letter] = files.stored()
    link = LINK.search(words_of(letter.message))
    assert link
    reader.goto(link[1])
    reader.locator("main button").click()
    assert Subscription.objects.confirmed().count() == 1
    files.forget("ana@school.example")


def name_controller() -> None:
    """Fills in what the demo does not know; without it, no issue goes out."""
    record = ProjectSettings.objects.get()
    record.controller_name = "APRO Formazione"
    record.controller_address = "Strada Castelgherlone 2/A\n12051 Alba"
    record.save()


def sign_in(page: Page) -> None:
    """Signs somebody of the communication team in."""
    user = somebody_of(COMMUNICATION_TEAM, PASSWORD)
    page.goto("/admin/")
    page.get_by_label("Username").fill(user.username)
    page.locator("[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("button", name="Pages", exact=True)).to_be_visible()


def compose(page: Page) -> None:
    """Writes an issue: lead text, the kick-off article by a tick, a term of the glossary."""
    page.goto(f"/admin/pages/{find_page('newsletters').pk}/")
    page.get_by_role("link", name="Add child page").first.click()
    page.locator("#id_title").fill(TITLE)
    page.locator("#id_mailing_list").select_option(index=1)
    page.locator("#id_subject").fill(TITLE)
    page.locator(".public-DraftEditor-content").first.click()
    page.keyboard.type(LEAD)
    expect(page.locator(f"input[type=hidden][value*='{LEAD}']").first).to_be_attached()
    page.get_by_role("button", name="Save draft").click()
    page.wait_for_url(re.compile(r"/admin/pages/\d+/edit/"))
    page.get_by_role("link", name="Choose items").click()
    page.get_by_role("checkbox", name=re.compile("^Pilot project")).check()
    page.get_by_role("button", name="Add to the draft").click()
    insert_block(page, "Term of the month")
    choose = page.get_by_role("button", name=re.compile("^Choose .*concept", re.IGNORECASE)).last
    dialog = page.get_by_role("dialog")
    click_until_it_listens(choose, dialog)
    dialog.get_by_role("link", name="apprenticeship").first.click()
    wait_for_the_end_of(dialog)
    page.get_by_role("button", name="More actions").click()
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_text("has been published").first).to_be_visible()


def translate(page: Page, issue: NewsletterPage) -> None:
    """Translates it sentence by sentence: one language where translators do, others in files."""
    page.goto(reverse("wagtail_localize:submit_page_translation", args=[issue.pk]))
    for name in LANGUAGES:
        page.get_by_label(name, exact=True).check()
    page.get_by_role("button", name="Submit").click()
    for code in LANGUAGES.values():
        translation = Translation.objects.get(
            source__object_id=issue.translation_key, target_locale__language_code=code
        )
        translation.import_po(in_other_words(translation, code), delete=True)
        translation.save_target(publish=True)


def in_other_words(translation: Translation, code: str) -> polib.POFile:
    """Returns a catalogue whose every text says in which language it is."""
    catalogue = translation.export_po()
    for entry in catalogue:
        entry.msgstr = "numri" if entry.msgctxt == "slug" else f"{entry.msgid} ({code})"
    return catalogue


def send(page: Page, issue: NewsletterPage, files: CountedFiles) -> None:
    """Sends a test twice, which is one mail, and then the issue, after the minutes to undo."""
    page.goto(f"/admin/pages/{issue.pk}/edit/")
    page.goto(reverse("communication_newsletters_dispatch:send", args=[issue.pk]))
    for _time in range(2):
        page.locator("[name$=addresses]").fill("office@school.example")
        page.get_by_role("button", name="Send the test").click()
        expect(page.get_by_role("cell", name="office@school.example")).to_be_visible()
    [test] = files.stored()
    assert test.subject == f"[Test] {TITLE}"
    files.forget("office@school.example")
    files.handed_over.clear()
    page.locator("[name$=lists]").first.check()
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_role("progressbar").or_(page.get_by_text("undo")).first).to_be_visible()
    drain(Dispatch.objects.get())
    page.reload()
    expect(page.get_by_text("accepted").first).to_be_visible()


def drain(dispatch: Dispatch) -> None:
    """Lets the worker do its work, beginning when nothing can be undone any more."""
    job, now = DispatchSending(), timezone.now() + timedelta(minutes=11)
    for step in range(60):
        job.run_due(now + timedelta(seconds=step))
    dispatch.refresh_from_db()
    assert dispatch.state == "sent"


def test_an_issue_goes_to_each_reader_in_their_language(
    demo: str, reader: Page, page: Page, files: CountedFiles
) -> None:
    name_controller()
    subscribe_in_albanian(reader, files)
    news = MailingList.objects.get()
    for address, (language, _served) in READERS.items():
        subscribed(address, news, subscriber__locale=language)
    for example in NewsletterPage.objects.all():  # readers have got nothing yet
        example.delete()
    sign_in(page)
    compose(page)
    issue = NewsletterPage.objects.get(title=TITLE)
    translate(page, issue)

    send(page, issue, files)

    stored = files.stored()
    mails = {mail.recipient: mail for mail in stored}
    assert len(stored) == len(mails) == 1 + len(READERS)
    assert files.handed_over == dict.fromkeys(mails, 1), "One mail a reader."
    languages = {address: mail.language for address, mail in mails.items()}
    assert languages == {
        "ana@school.example": "sq",
        **{address: served for address, (_own, served) in READERS.items()},
    }
    for mail in mails.values():
        assert defects_of(mail.message) == []
    assert f"{LEAD} (es)" in words_of(mails["pau@school.example"].message)
    leave(mails["ana@school.example"].message)
    assert not Subscription.objects.confirmed().filter(subscriber__locale="sq").exists()
    answer = Client().get(f"/api/v1/newsletters/{issue.translation_key}/?locale=sq").json()
    assert answer["title"] == f"{TITLE} (sq)"
    reader.goto(issue.get_url())
    expect(reader.locator("main")).to_contain_text(LEAD)
    expect(reader.locator("main")).to_contain_text("Pilot project V2V")


def defects_of(message: EmailMessage) -> list[Any]:
    """Returns what a parser of mails has to say against a mail and its parts."""
    return [defect for part in message.walk() for defect in part.defects]


def leave(message: EmailMessage) -> None:
    """Does what mail programs do at one click (RFC 8058)."""
    address = re.search(r"<https?://[^/]+(/[^>]+)>", str(message["List-Unsubscribe"]))
    assert address
    answer = Client().post(address[1], {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
