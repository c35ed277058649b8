"""An editor fills an issue with what was published, looks at the mail, and readers find it."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from playwright.sync_api import Browser, Page, expect
from wagtail.models import Page as WagtailPage

from communication.newsletters.models import NewsletterPage
from tests.browser.conftest import Axe
from tests.browser.mail_pictures import SCHEMES, WIDTHS, take_mail_screenshots
from tests.factories import ImageFactory, NewsIndexPageFactory, NewsPageFactory
from tests.glossary import ConceptFactory, GlossaryIndexPageFactory
from tests.issues import (
    NewsletterIndexPageFactory,
    NewsletterPageFactory,
    event,
    feature,
    figure,
    letter_of,
)
from tests.newsletters import MailingListFactory, SubscriptionFactory

pytestmark = pytest.mark.browser

SIZES = (390, 1280)


@pytest.fixture
def issue(site_url: str) -> Any:
    """A draft for a list with a reader, on a site with two articles."""
    home = WagtailPage.objects.get(depth=2).specific
    articles = NewsIndexPageFactory(parent=home)
    for title in ("Visit in Budva", "A glossary for all"):
        NewsPageFactory(parent=articles, title=title, listing_image=ImageFactory())
    news = MailingListFactory(slug="news", name="News")
    SubscriptionFactory(mailing_list=news, subscriber__locale="sq")
    archive = NewsletterIndexPageFactory(parent=home)
    body = [("heading", "Dates"), event(), ("text", "<p>See <b>you</b> there.</p>"), figure()]
    return NewsletterPageFactory(parent=archive, mailing_list=news, body=body, draft=True)


@pytest.fixture
def full_issue(issue: Any) -> Any:
    """The same with a card of a page and a term: a block of each kind."""
    article = WagtailPage.objects.get(title="Visit in Budva").specific
    GlossaryIndexPageFactory(parent=WagtailPage.objects.get(depth=2).specific)
    concept = ConceptFactory(terms={"en": "work placement"}, definitions={"en": "In a company."})
    issue.body.append(feature(article))
    issue.body.append(("term", {"concept": concept}))
    issue.save_revision()
    html = letter_of(issue).html
    assert all(
        words in html for words in ("Visit in Budva", "work placement", "Meeting", "A lathe")
    )
    return issue


@pytest.fixture
def signed_in(page: Page, site_url: str) -> Page:
    """The browser of somebody who may do everything."""
    user = get_user_model().objects.create_superuser("editor", "editor@school.example", "pw")
    client = Client()
    client.force_login(user)
    cookie = client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": site_url}])
    return page


def test_an_editor_composes_an_issue(signed_in: Page, issue: Any, axe: Axe) -> None:
    page = signed_in
    page.goto(f"/admin/pages/{issue.pk}/edit/")
    page.get_by_role("link", name="Choose items").click()
    assert axe("main") == []
    page.get_by_label("Place of “Visit in Budva”").fill("1")
    page.get_by_label("Place of “A glossary for all”").fill("2")
    for title in ("A glossary for all", "Visit in Budva"):
        page.get_by_label(title, exact=True).check()
    page.get_by_role("button", name="Add to the draft").click()

    expect(page.get_by_text("2 items were added to the draft.")).to_be_visible()
    expect(page.get_by_role("cell", name="shqip")).to_be_visible()
    expect(page.get_by_text("It is not published")).to_be_visible()
    draft = NewsletterPage.objects.get(pk=issue.pk).get_latest_revision_as_object()
    pages = [block.value["page"].title for block in draft.body if block.block_type == "feature"]
    assert pages == ["Visit in Budva", "A glossary for all"]


def test_the_mail_keeps_nobody_out(signed_in: Page, full_issue: Any, axe: Axe) -> None:
    page = signed_in
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            page.goto(f"/admin/pages/{full_issue.pk}/view_draft/?mode=mail")
            expect(page.get_by_role("heading", name="work placement")).to_be_visible()
            assert axe("html", "wcag2a", "wcag2aa", "wcag21aa", "wcag22aa") == []
            assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_mail_is_valid_where_mail_programs_allow_it(
    full_issue: Any, mail_html_errors: Callable[[Mapping[str, str]], str]
) -> None:
    documents = {"issue": letter_of(full_issue).html}
    twice = {"issue": documents["issue"].replace("<title>", '<p id="a" id="a"><title>', 1)}

    assert mail_html_errors(documents) == ""
    assert "no-dup-attr" in mail_html_errors(twice), "It is looked at."


def test_the_report_has_pictures_of_the_mail(
    chromium: Browser, full_issue: Any, tmp_path: Path
) -> None:
    take_mail_screenshots(chromium, {"en": letter_of(full_issue).html}, tmp_path)

    names = {f"mail-en-{width}-{scheme}.png" for width in (390, 640) for scheme in SCHEMES}
    pictures = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert pictures.keys() == names
    assert len(set(pictures.values())) == 4, "Each width and scheme looks its own way."


def test_the_archive_keeps_nobody_out(
    page: Page,
    issue: Any,
    axe: Axe,
    html_errors: Callable[[Mapping[str, str]], str],
) -> None:
    issue.get_latest_revision().publish()
    addresses = ["/en/newsletters/", "/en/newsletters/first-issue/"]

    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        for width in SIZES:
            page.set_viewport_size({"width": width, "height": 900})
            for address in addresses:
                page.goto(address)
                assert axe() == []
                assert page.evaluate("document.documentElement.scrollWidth") <= width
    documents = {address: Client().get(address).content.decode() for address in addresses}
    assert html_errors(documents) == ""
