"""The form on the first page, and the way from it to what happens to the address."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from communication.newsletters.models import SignUp
from tests.factories import ProjectSettingsFactory, StandardPageFactory
from tests.facts import content_has_changed
from tests.issues import NewsletterIndexPageFactory
from tests.newsletters import ADDRESS, FORM, MailingListFactory, stamp_of
from tests.sites import translate
from tests.v2v_pages.documents import links, one, read, text_of
from v2v_pages.models import HomePage

SECTION = "section#newsletter"
QUESTION = "How we use your address"


@pytest.fixture
def home(news: Any) -> Any:
    """The English first page of a site with an open list."""
    return HomePage.objects.get(locale__language_code="en")


@pytest.fixture
def privacy(home: Any) -> Any:
    """The page about privacy, which the settings name, in English and Albanian."""
    page = StandardPageFactory(parent=home, title="Privacy", slug="privacy")
    translate(page, "sq", title="Privatësia", slug="privatesia")
    ProjectSettingsFactory(privacy_page=page)
    return page


def test_a_reader_subscribes_on_the_first_page(client: Client, home: Any) -> None:
    form = one(read("/en/"), f"{SECTION} form")
    sent = {"email": ADDRESS, "language": "sq", "stamp": stamp_of(client, "/en/")}

    answer = client.post(str(form["action"]), sent)

    assert (answer.status_code, answer["Location"]) == (303, "/en/subscriptions/sent/")
    assert SignUp.objects.get().locale == "sq"


def test_the_section_says_what_is_subscribed_to_once(home: Any) -> None:
    section = one(read("/en/"), SECTION)

    assert text_of(one(section, "h2")) == "Subscribe to our newsletters"
    assert text_of(section).count("News: Once a month.") == 1


def test_the_first_page_stays_without_cookie_and_script(client: Client, home: Any) -> None:
    answer = client.get("/en/")

    assert not answer.cookies
    assert answer["Cache-Control"] == "public, max-age=60"
    assert [script["type"] for script in read("/en/").select("script")] == ["application/ld+json"]


def test_each_reader_gets_the_form_of_their_language(home: Any) -> None:
    shown = one(read("/sq/"), SECTION)
    fallback = one(read("/fi/"), SECTION)

    assert "Lajme" in text_of(shown)
    assert one(shown, "form")["action"] == "/sq/subscriptions/"
    assert one(fallback, "form")["action"] == "/fi/subscriptions/"


def test_without_an_open_list_the_first_page_has_no_such_section(site: None) -> None:
    MailingListFactory(slug="closed", is_open=False)

    assert read("/en/").select(SECTION) == []


def test_a_site_that_names_no_section_shows_none(home: Any, settings: Any) -> None:
    del settings.V2V_HOME_EXTRA_TEMPLATES

    assert read("/en/").select(SECTION) == []


def test_the_section_leads_to_the_issues_that_can_be_read(home: Any) -> None:
    archive = NewsletterIndexPageFactory(parent=home, slug="letters", draft=True)
    assert "All issues" not in links(one(read("/en/"), SECTION))

    archive.save_revision().publish()
    assert links(one(read("/en/"), SECTION))["All issues"] == "/en/letters/"

    translate(archive, "sq", title="Buletine", slug="buletine")
    assert "/sq/buletine/" in links(one(read("/sq/"), SECTION)).values()


@pytest.mark.usefixtures("kept_facts")
def test_a_second_reader_of_the_first_page_costs_the_same_with_many_lists(
    client: Client, home: Any
) -> None:
    costs = []
    for number in (0, 5):
        for each in range(number):
            MailingListFactory(slug=f"more-{each}")
            NewsletterIndexPageFactory(parent=home, slug=f"letters-{each}")
        content_has_changed()
        client.get("/en/")
        with CaptureQueriesContext(connection) as captured:
            client.get("/en/")
        costs.append(len(captured))

    assert costs[0] == costs[1]


@pytest.mark.parametrize("path", ["/en/", FORM])
def test_forms_lead_to_what_happens_to_the_address(privacy: Any, path: str) -> None:
    assert links(one(read(path), "form.subscribe"))[QUESTION] == "/en/privacy/"


def test_readers_get_the_page_about_privacy_in_their_language(privacy: Any) -> None:
    assert "/sq/privatesia/" in links(one(read("/sq/"), SECTION)).values()
    assert "/fi/privacy/" in links(one(read("/fi/subscriptions/"), "form.subscribe")).values()


def test_a_page_about_privacy_that_nobody_may_read_is_not_linked(privacy: Any) -> None:
    for version in privacy.get_translations(inclusive=True):
        version.unpublish()

    assert QUESTION not in links(one(read(FORM), "form.subscribe"))


def test_a_site_that_names_no_page_about_privacy_has_no_link(home: Any) -> None:
    assert QUESTION not in links(one(read(FORM), "form.subscribe"))


def test_newsletters_alone_know_of_no_page_about_privacy(privacy: Any, settings: Any) -> None:
    del settings.V2V_PRIVACY_URL

    assert QUESTION not in links(one(read(FORM), "form.subscribe"))
