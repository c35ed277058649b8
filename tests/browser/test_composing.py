"""An editor fills an issue with what was published, looks at the mail, and readers find it."""

from collections.abc import Callable, Mapping
from typing import Any, Literal

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from playwright.sync_api import Page, expect
from wagtail.models import Page as WagtailPage

from communication.newsletters.models import NewsletterPage
from tests.browser.conftest import Axe
from tests.factories import ImageFactory, NewsIndexPageFactory, NewsPageFactory
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
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")


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


def test_the_mail_keeps_nobody_out(signed_in: Page, issue: Any, axe: Axe) -> None:
    page = signed_in
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        for width in (390, 640):
            page.set_viewport_size({"width": width, "height": 900})
            page.goto(f"/admin/pages/{issue.pk}/view_draft/?mode=mail")
            assert axe("html", "wcag2a", "wcag2aa", "wcag21aa", "wcag22aa") == []
            assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_mail_is_valid_where_mail_programs_allow_it(
    issue: Any, mail_html_errors: Callable[[Mapping[str, str]], str]
) -> None:
    article = WagtailPage.objects.get(title="Visit in Budva").specific
    issue.body.append(feature(article))
    issue.save()
    documents = {"issue": letter_of(issue).html}
    twice = {"issue": documents["issue"].replace("<title>", '<p id="a" id="a"><title>', 1)}

    assert mail_html_errors(documents) == ""
    assert "no-dup-attr" in mail_html_errors(twice), "It is looked at."


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
