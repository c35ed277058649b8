"""Where everybody reads issues: the page, the list, feeds, the search, the site map."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from communication.newsletters.models import NewsletterIndexPage, NewsletterPage
from tests.communication.syndication.reading import read_atom, read_json, titles
from tests.factories import ImageFactory, NewsPageFactory
from tests.issues import NewsletterPageFactory, event, feature, figure, letter_of, tags
from tests.search import SearchIndexPageFactory
from tests.sites import translate
from tests.texts import visible_text
from v2v_pages.models import HomePage

LIST = "/en/newsletters/"
ISSUE = "/en/newsletters/first-issue/"


@pytest.fixture
def issue(archive: Any, articles: Any) -> Any:
    article = NewsPageFactory(parent=articles, title="We met", listing_image=ImageFactory())
    return NewsletterPageFactory(
        parent=archive, body=[feature(article), ("heading", "Dates"), event(), figure()]
    )


def html_of(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_the_archive_shows_what_was_sent(client: Client, issue: Any) -> None:
    html = html_of(client, ISSUE)
    shown = visible_text(html)

    for words in ("First issue", "spring", "We met", "Dates", "14–16 May 2030", "Podgorica"):
        assert words in shown
        assert words in letter_of(issue).text or words == "First issue"


def test_the_page_stands_in_the_frame_of_the_site(client: Client, issue: Any) -> None:
    html = html_of(client, ISSUE)

    assert "v2v_pages/site" in html
    assert f'<link rel="canonical" href="http://localhost{ISSUE}">' in html
    assert len(tags(html, "h1")) == 1
    assert html.count("<main") == 1
    assert "recipient.invalid" not in html


def test_a_site_without_our_pages_gives_it_a_plain_frame(
    client: Client, issue: Any, settings: Any
) -> None:
    del settings.V2V_NEWSLETTERS_BASE_TEMPLATE
    del settings.V2V_NEWSLETTERS_CONTEXT

    for path in (LIST, ISSUE):
        html = html_of(client, path)
        assert "communication_newsletters/pages" in html
        assert "First issue" in html


@pytest.mark.parametrize("base", ["the site's", "our own"])
def test_search_engines_are_told_what_an_issue_says(
    client: Client, issue: Any, settings: Any, base: str
) -> None:
    if base == "our own":
        del settings.V2V_NEWSLETTERS_BASE_TEMPLATE
        del settings.V2V_NEWSLETTERS_CONTEXT

    described = [
        tag["content"]
        for tag in tags(html_of(client, ISSUE), "meta")
        if tag.get("name") == "description"
    ]
    assert described == [issue.listing_summary]


def test_readers_of_another_language_are_told_that_it_is_english(
    client: Client, issue: Any
) -> None:
    answer = client.get("/it/newsletters/first-issue/")
    html = answer.content.decode()

    assert answer.status_code == 200
    assert answer["X-Robots-Tag"] == "noindex"
    assert re.search(r'<main[^>]*lang="en"', html)
    assert "14–16 May 2030" in html
    assert "/it/news/we-met/" in html


def test_versions_of_an_issue_name_each_other(client: Client, issue: Any, archive: Any) -> None:
    translate(archive, "it", title="Notiziari", slug="notiziari")
    translate(issue, "it", title="Primo numero", lead="<p>Ciao.</p>", slug="primo")

    for path in (ISSUE, "/it/notiziari/primo/"):
        alternates = {
            link["hreflang"]: link["href"]
            for link in tags(html_of(client, path), "link")
            if link.get("hreflang")
        }
        assert alternates == {
            "en": f"http://localhost{ISSUE}",
            "it": "http://localhost/it/notiziari/primo/",
            "x-default": f"http://localhost{ISSUE}",
        }


def test_a_draft_is_not_in_the_archive(client: Client, archive: Any) -> None:
    NewsletterPageFactory(parent=archive, title="Secret", draft=True)

    assert "Secret" not in html_of(client, LIST)
    assert client.get("/en/newsletters/secret/").status_code == 404


def test_the_list_is_in_pages_the_latest_first(client: Client, archive: Any) -> None:
    for number in range(NewsletterIndexPage.PER_PAGE + 2):
        issue = NewsletterPageFactory(parent=archive, title=f"Issue {number:02}")
        moment = timezone.now() - timedelta(days=100 - number)
        Page.objects.filter(pk=issue.pk).update(first_published_at=moment)

    older = html_of(client, f"{LIST}page/2/")
    assert not [link for link in tags(older, "link") if link.get("hreflang")]
    assert [tag["content"] for tag in tags(older, "meta") if tag.get("property") == "og:url"] == [
        f"http://localhost{LIST}page/2/"
    ]
    first, second = (
        re.findall(r"Issue \d\d", visible_text(html_of(client, path)))
        for path in (LIST, f"{LIST}page/2/")
    )

    assert first[0] == "Issue 21"
    assert second == ["Issue 01", "Issue 00"]
    for path in (f"{LIST}page/1/", f"{LIST}page/3/"):
        assert client.get(path).status_code == 404


def test_the_list_shows_each_issue_once_in_the_best_language(
    client: Client, issue: Any, archive: Any
) -> None:
    translate(archive, "it", title="Notiziari", slug="newsletters")
    translate(issue, "it", title="Primo numero", lead="<p>Ciao.</p>")
    NewsletterPageFactory(parent=archive, title="Second issue")

    shown = visible_text(html_of(client, "/it/newsletters/"))

    assert "Primo numero" in shown
    assert "Second issue" in shown
    assert "First issue" not in shown


def test_an_empty_archive_says_so(client: Client, archive: Any) -> None:
    assert "No issue has come out yet." in html_of(client, LIST)


def test_issues_have_feeds_which_the_list_names(client: Client, issue: Any) -> None:
    assert titles("en/newsletters") == ["First issue"]
    assert set(titles("en/all")) == {"First issue", "We met"}

    feeds = {link["href"] for link in tags(html_of(client, LIST), "a")}
    assert {f"/feeds/en/newsletters.{kind}" for kind in ("atom", "rss", "json")} <= feeds


def test_a_feed_carries_the_whole_issue_with_terms_and_funding(issue: Any) -> None:
    item = read_json("en/newsletters")["items"][0]

    for words in ("spring", "We met", "http://localhost/en/news/we-met/", "Dates", "Podgorica"):
        assert words in item["content_html"]
    assert "Funded by the European Union." in item["content_html"]
    assert "CC BY 4.0" in item["content_html"]
    assert item["image"].startswith("http://localhost/")
    assert item["summary"] == issue.preheader
    assert read_atom("en/newsletters").entries[0].link == f"http://localhost{ISSUE}"


def test_an_issue_can_be_found(client: Client, issue: Any) -> None:
    SearchIndexPageFactory(parent=HomePage.objects.get(locale__language_code="en"))

    shown = visible_text(html_of(client, "/en/search/?q=Podgorica&type=newsletters"))

    assert "First issue" in shown


def test_issues_are_in_the_site_map(client: Client, issue: Any) -> None:
    site_map = html_of(client, "/sitemap.xml")

    assert f"http://localhost{ISSUE}" in site_map
    assert f"http://localhost{LIST}" in site_map


@pytest.mark.parametrize("path", [LIST, ISSUE])
def test_pages_set_no_cookie_and_have_no_script(client: Client, issue: Any, path: str) -> None:
    answer = client.get(path)

    assert not answer.cookies
    scripts = tags(answer.content.decode(), "script")
    assert scripts == [{"type": "application/ld+json"}], "Data, and nothing that runs."


def test_what_is_withdrawn_disappears_from_the_page_but_not_its_picture(
    client: Client, issue: Any, articles: Any
) -> None:
    src = tags(letter_of(issue).html, "img")[0]["src"].removeprefix("http://localhost")
    assert status(client, src) == 200

    articles.get_children().first().specific.unpublish()

    assert "We met" not in visible_text(html_of(client, ISSUE))
    assert status(client, src) == 200


def test_a_restricted_issue_keeps_its_pictures_to_itself(client: Client, issue: Any) -> None:
    src = tags(letter_of(issue).html, "img")[1]["src"].removeprefix("http://localhost")
    assert status(client, src) == 200

    PageViewRestriction.objects.create(page=issue, restriction_type="login")

    assert status(client, src) == 404


def status(client: Client, path: str) -> int:
    answer = client.get(path)
    answer.getvalue()
    return int(answer.status_code)


def test_the_list_costs_the_same_queries_whatever_its_length(
    client: Client, archive: Any, written: Callable[[int], Any]
) -> None:
    costs = []
    for number in (1, 4):
        written(number)
        client.get(LIST)
        with CaptureQueriesContext(connection) as captured:
            html_of(client, LIST)
        costs.append(len(captured))

    assert costs[0] == costs[1]


def test_an_issue_costs_the_same_queries_whatever_is_in_it(
    client: Client, archive: Any, articles: Any
) -> None:
    costs = []
    for number in (1, 3):
        images = [ImageFactory() for _each in range(number)]
        pages = [NewsPageFactory(parent=articles, listing_image=image) for image in images]
        links = [("text", f'<p><a linktype="page" id="{page.pk}">x</a></p>') for page in pages]
        body = [*map(feature, pages), *links, *(figure() for _each in pages)]
        path = NewsletterPageFactory(parent=archive, title=f"Of {number}", body=body).url
        shown = tags(html_of(client, path), "img")
        assert len([image for image in shown if "/media/" in image["src"]]) == 2 * number
        with CaptureQueriesContext(connection) as captured:
            html_of(client, path)
        costs.append(len(captured))

    assert costs[0] == costs[1]


def test_feeds_cost_the_same_queries_whatever_their_length(
    client: Client, archive: Any, written: Callable[[int], Any]
) -> None:
    costs = []
    for number in (1, 4):
        written(number)
        client.get("/feeds/en/newsletters.json")
        with CaptureQueriesContext(connection) as captured:
            client.get("/feeds/en/newsletters.json")
        costs.append(len(captured))

    assert costs[0] == costs[1]


@pytest.fixture
def written(archive: Any, articles: Any) -> Callable[[int], list[NewsletterPage]]:
    """Publishes issues that name an article of their own each, and show its picture."""

    def issues(number: int) -> list[NewsletterPage]:
        images = [ImageFactory() for _each in range(number)]
        pages = [NewsPageFactory(parent=articles, listing_image=image) for image in images]
        return [
            NewsletterPageFactory(parent=archive, title=f"On {page.title}", body=[feature(page)])
            for page in pages
        ]

    return issues
