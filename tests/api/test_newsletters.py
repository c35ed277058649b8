"""Issues of newsletters in the API: what the archive shows, typed."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pydantic import TypeAdapter

from cms.api.schemas.newsletters import IssuePartSchema
from tests.communication.syndication.reading import read_json
from tests.factories import ImageFactory, NewsPageFactory, PersonConsentFactory
from tests.issues import (
    NewsletterIndexPageFactory,
    NewsletterPageFactory,
    event,
    feature,
    figure,
)
from tests.sites import SiteTree, translate
from tests.v2v_pages.documents import graph, one, read
from v2v_snippets.models import PersonConsent

Get = Callable[..., Any]


@pytest.fixture
def archive(tree: SiteTree) -> Any:
    return NewsletterIndexPageFactory(parent=tree.home)


@pytest.fixture
def issue(archive: Any, tree: SiteTree) -> Any:
    article = NewsPageFactory(parent=tree.news, title="We met", listing_image=ImageFactory())
    link = f'<p>See <a linktype="page" id="{tree.news.pk}">all news</a>.</p>'
    body = [feature(article), ("heading", "Dates"), event(), ("text", link), figure(caption="C")]
    return NewsletterPageFactory(parent=archive, body=body)


def test_an_issue_is_a_typed_item(get: Get, issue: Any) -> None:
    item = get(f"newsletters/{issue.translation_key}/").json()

    TypeAdapter(list[IssuePartSchema]).validate_python(item["parts"], extra="forbid")
    assert (item["type"], item["title"]) == ("newsletters", "First issue")
    assert item["subject"] == issue.subject
    assert item["summary"] == item["preheader"] == issue.preheader
    assert item["html"] == "<p>Dear readers, <b>spring</b> is here.</p>"
    assert item["url"] == "http://localhost/en/newsletters/first-issue/"
    assert item["licence"]["code"] == "CC-BY-4.0"
    assert item["image"]["alt"]


def test_its_parts_are_those_of_the_mail(get: Get, issue: Any) -> None:
    parts = get(f"newsletters/{issue.translation_key}/").json()["parts"]

    assert [part["kind"] for part in parts] == ["card", "heading", "card", "words", "figure"]
    card, heading, meeting, words, picture = parts
    assert (card["title"], card["label"]) == ("We met", "News article")
    assert card["url"] == "http://localhost/en/news/we-met/"
    assert card["picture"]["url"].startswith("http://localhost/")
    assert heading["text"] == "Dates"
    assert meeting["when"] == "14–16 May 2030, 10:00 CET"
    assert words["html"] == '<p>See <a href="http://localhost/en/news/">all news</a>.</p>'
    assert (picture["caption"], picture["picture"]["alt"]) == ("C", "A lathe")


def test_its_texts_come_as_markdown(get: Get, issue: Any) -> None:
    item = get(f"newsletters/{issue.translation_key}/", rich_text="markdown").json()

    assert (item["html"], item["markdown"]) == ("", "Dear readers, **spring** is here.")
    assert item["parts"][3]["markdown"] == "See [all news](http://localhost/en/news/)."


def test_readers_of_another_language_get_links_in_theirs(get: Get, issue: Any) -> None:
    item = get(f"newsletters/{issue.translation_key}/", locale="it").json()

    assert item["locale"] == {"requested": "it", "served": "en"}
    assert item["parts"][0]["url"] == "http://localhost/it/news/we-met/"
    assert item["parts"][2]["when"].startswith("14–16 May")


def test_the_list_has_each_public_issue_once_the_latest_first(
    get: Get, issue: Any, archive: Any
) -> None:
    translate(archive, "it")
    translate(issue, "it", title="Primo numero")
    NewsletterPageFactory(parent=archive, title="Second issue")
    NewsletterPageFactory(parent=archive, title="Draft", draft=True)

    titles = [item["title"] for item in get("newsletters/", locale="it").json()["items"]]

    assert titles == ["Second issue", "Primo numero"]


def test_issues_are_content_like_all_other_pages(get: Get, issue: Any) -> None:
    items = get("content/", type="newsletters").json()["items"]

    assert [item["title"] for item in items] == ["First issue"]


def test_what_is_withdrawn_is_not_named(get: Get, issue: Any, tree: SiteTree) -> None:
    tree.news.get_children().first().specific.unpublish()

    parts = get(f"newsletters/{issue.translation_key}/").json()["parts"]

    assert [part["kind"] for part in parts] == ["heading", "card", "words", "figure"]


@pytest.fixture
def shown(archive: Any, tree: SiteTree) -> Any:
    """An issue with the picture of an article that shows somebody who agreed, and then itself."""
    image = ImageFactory()
    picture = {"image": image, "alt_text": "At work", "decorative": False}
    body = [("image", {"image": picture, "caption": "", "consents": [PersonConsentFactory()]})]
    article = NewsPageFactory(parent=tree.news, listing_image=image, body=body)
    issue = NewsletterPageFactory(parent=archive, body=[feature(article)])
    article.unpublish()
    return issue


def shared_picture() -> str | None:
    """Returns the path of the picture with which networks show the issue; None of a drawn card."""
    head = one(read("/en/newsletters/first-issue/"), "head")
    told = str(one(head, "meta[property='og:image']")["content"])
    described = [node.get("image") for node in graph(head)["@graph"]]
    path = urlsplit(told).path
    is_media = path.startswith("/media/")
    assert any(described) is is_media, "What search engines are told agrees with it."
    return path if is_media else None


def fetched(client: Client, url: str) -> int:
    """Returns the status of a file, after reading it to its end."""
    answer: Any = client.get(url)
    answer.getvalue()
    return int(answer.status_code)


def test_the_image_of_an_issue_can_be_fetched(get: Get, shown: Any, client: Client) -> None:
    image = get(f"newsletters/{shown.translation_key}/").json()["image"]

    assert fetched(client, image["url"]) == 200
    assert read_json("en/newsletters")["items"][0]["image"]
    assert get(f"images/{image['id']}/").status_code == 200
    assert [item["id"] for item in get("images/").json()["items"]] == [image["id"]]


def test_a_withdrawn_consent_takes_the_image_of_an_issue_out_of_all_answers(
    get: Get, shown: Any, client: Client
) -> None:
    image = get(f"newsletters/{shown.translation_key}/").json()["image"]
    assert shared_picture() is not None, "Networks are told of it while the consent holds."

    PersonConsent.objects.update(valid_until="2021-03-31")

    assert fetched(client, image["url"]) == 404
    assert get(f"newsletters/{shown.translation_key}/").json()["image"] is None
    assert get("newsletters/").json()["items"][0]["image"] is None
    assert get("content/", type="newsletters").json()["items"][0]["image"] is None
    assert get("images/").json()["items"] == []
    assert get(f"images/{image['id']}/").status_code == 404
    assert not read_json("en/newsletters")["items"][0].get("image")
    page = client.get("/en/newsletters/first-issue/").content.decode()
    assert "/media/" not in page, "Neither on the page nor where it is shared."
    assert shared_picture() is None


def test_another_image_stands_for_an_issue_in_its_place(get: Get, shown: Any, archive: Any) -> None:
    other = ImageFactory()
    shown.body.append(figure(other))
    shown.save_revision().publish()
    PersonConsent.objects.update(valid_until="2021-03-31")

    image = get(f"newsletters/{shown.translation_key}/").json()["image"]

    assert image["id"] == str(other.public_id)


def test_issues_cost_the_same_queries_whatever_their_number(
    get: Get, archive: Any, tree: SiteTree
) -> None:
    costs = []
    for number in (1, 4):
        for _each in range(number):
            article = NewsPageFactory(parent=tree.news, listing_image=ImageFactory())
            body = [feature(article), ("text", "<p>Words</p>")]
            NewsletterPageFactory(parent=archive, title=f"On {article.title}", body=body)
        get("newsletters/")
        with CaptureQueriesContext(connection) as captured:
            assert get("newsletters/").json()["items"]
        costs.append(len(captured))

    assert costs[0] == costs[1]
