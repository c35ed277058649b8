"""What an editor sees: the form with its panels, and the issue as readers will get it."""

import html
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from communication.newsletters.models import NewsletterPage
from tests.factories import ImageFactory, NewsPageFactory
from tests.issues import NewsletterPageFactory, feature, tags
from tests.newsletters import SubscriptionFactory
from tests.sites import translate
from v2v_pages.models import StandardPage


@pytest.fixture
def issue(archive: Any, articles: Any, news: Any) -> Any:
    SubscriptionFactory(mailing_list=news, subscriber__locale="sq")
    article = NewsPageFactory(parent=articles, title="We met", listing_image=ImageFactory())
    return NewsletterPageFactory(parent=archive, mailing_list=news, body=[feature(article)])


def form_of(editor: Client, issue: Any) -> str:
    answer = editor.get(reverse("wagtailadmin_pages:edit", args=[issue.pk]))
    assert answer.status_code == 200
    return str(answer.content.decode())


def preview(editor: Client, issue: Any, mode: str) -> str:
    """Looks at what is saved, as the preview of the admin does."""
    address = reverse("wagtailadmin_pages:view_draft", args=[issue.pk])
    answer = editor.get(address, {"mode": mode})
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_a_new_issue_can_be_written(editor: Client, archive: Any) -> None:
    address = reverse(
        "wagtailadmin_pages:add",
        args=["communication_newsletters", "newsletterpage", archive.pk],
    )

    answer = editor.get(address)

    assert answer.status_code == 200
    assert "Once the draft is saved" in answer.content.decode()


def test_the_form_says_who_gets_it_in_which_language(editor: Client, issue: Any) -> None:
    form = form_of(editor, issue)

    assert "shqip" in form
    assert "no: not translated" in form


def test_the_form_says_what_is_to_be_mended(editor: Client, issue: Any) -> None:
    assert "All is well." in form_of(editor, issue)

    issue.mailing_list = None
    issue.save_revision()

    assert "No mailing list is chosen." in form_of(editor, issue)


def test_the_form_leads_to_what_can_be_ticked(editor: Client, issue: Any) -> None:
    address = reverse("communication_newsletters_files:pick", args=[issue.pk])

    assert address in {link.get("href") for link in tags(form_of(editor, issue), "a")}


def test_an_editor_sees_the_mail_itself(editor: Client, issue: Any) -> None:
    shown = preview(editor, issue, "mail")

    assert "We met" in shown
    assert "https://recipient.invalid/unsubscribe" in shown
    assert tags(shown, "html")[0]["lang"] == "en"


def test_an_editor_sees_the_mail_on_a_phone(editor: Client, issue: Any) -> None:
    frame = tags(preview(editor, issue, "phone"), "iframe")[0]

    assert frame["width"] == "390"
    assert "sandbox" in frame
    assert "We met" in frame["srcdoc"]


def test_an_editor_sees_the_plain_text(editor: Client, issue: Any) -> None:
    shown = html.unescape(preview(editor, issue, "text"))

    assert "* We met" in shown


def test_an_editor_sees_the_page_of_the_archive(editor: Client, issue: Any) -> None:
    assert "v2v_pages/site" in preview(editor, issue, "")


def test_an_editor_sees_the_mail_in_each_language(editor: Client, issue: Any, archive: Any) -> None:
    translate(archive, "it")
    translate(issue, "it", subject="Primavera", lead="<p>Ciao.</p>")
    fresh = NewsletterPage.objects.get(pk=issue.pk)

    modes = [name for name, _label in fresh.preview_modes]

    assert modes == ["mail", "phone", "text", "", "mail it", "phone it", "text it"]
    assert "Primavera" in preview(editor, issue, "mail it")
    assert "Primavera" in preview(editor, issue, "text it")


def test_a_draft_that_is_not_saved_can_be_looked_at(archive: Any) -> None:
    page = NewsletterPage(title="New", slug="new", subject="Fresh", lead="<p>Text.</p>")
    page.locale = archive.locale
    page.set_url_path(archive)

    answer = page.make_preview_request(preview_mode="mail")

    assert answer.status_code == 200
    assert b"Fresh" in answer.content


def test_a_page_that_does_not_go_out_is_refused(archive: Any, site: None) -> None:
    block = NewsletterPage.body.field.stream_block.child_blocks["feature"]
    value = block.to_python({"page": archive.pk, "has_image": True})

    with pytest.raises(Exception, match="Validation error"):
        block.clean(value)
    assert not hasattr(StandardPage, "listing_type")


def test_an_event_ends_after_it_begins() -> None:
    block = NewsletterPage.body.field.stream_block.child_blocks["event"]
    value = block.to_python(
        {"title": "Visit", "starts_on": "2030-05-14", "ends_on": "2030-05-13", "url": ""}
    )

    with pytest.raises(Exception, match="Validation error"):
        block.clean(value)


def test_the_picture_of_a_page_is_copied_unless_none_is_wanted(articles: Any) -> None:
    page = NewsPageFactory(parent=articles, listing_image=ImageFactory())

    with_picture, without = feature(page)[1], feature(page, has_image=False)[1]

    assert with_picture["image"].pk == page.listing_image.pk
    assert without["image"] is None
