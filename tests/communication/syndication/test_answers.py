"""Feeds answer alike to everybody, so that caches can keep them and other sites fetch them."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.factories import NewsPageFactory, PersonConsentFactory
from tests.sites import SiteTree
from v2v_snippets.models import PersonConsent

pytestmark = pytest.mark.django_db

FEEDS = ["/feeds/en/news.atom", "/feeds/en/news.rss", "/feeds/en/news.json"]
each_feed = pytest.mark.parametrize("url", FEEDS)


@each_feed
def test_any_cache_may_keep_a_feed_and_any_site_fetch_it(site: SiteTree, url: str) -> None:
    response = Client().get(url, headers={"accept-language": "it", "origin": "https://x.example"})

    assert response["Cache-Control"] == "public, max-age=60"
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert response["Content-Language"] == "en"
    assert "Vary" not in response
    assert "Set-Cookie" not in response
    assert not response.cookies


@each_feed
def test_who_is_signed_in_gets_what_everybody_gets(site: SiteTree, url: str) -> None:
    NewsPageFactory(parent=site.news, restriction="login")
    user = get_user_model().objects.create_superuser("root", "root@v2v.example", "secret")
    client = Client()
    client.force_login(user)

    answers = [client.get(url), Client().get(url)]

    assert answers[0].content == answers[1].content
    assert answers[0].headers == answers[1].headers


@each_feed
def test_who_has_a_feed_already_is_told_so(site: SiteTree, url: str) -> None:
    NewsPageFactory(parent=site.news)
    full = Client().get(url)
    tags = [full["ETag"], f"W/{full['ETag']}", f'"old", {full["ETag"]}', "*"]

    answers = [Client().get(url, headers={"if-none-match": tag}) for tag in tags]

    assert not full["ETag"].startswith("W/")
    for answer in answers:
        assert (answer.status_code, answer.content) == (304, b"")
        assert "Content-Type" not in answer
        for name in ("ETag", "Cache-Control", "Last-Modified", "Access-Control-Allow-Origin"):
            assert answer[name] == full[name]
        assert "Vary" not in answer


@each_feed
def test_a_change_is_seen_in_the_next_request(site: SiteTree, url: str) -> None:
    page = NewsPageFactory(parent=site.news, title="Old title")
    tag = Client().get(url)["ETag"]
    page.title = "New title"
    page.save_revision().publish()

    answer = Client().get(url, headers={"if-none-match": tag})

    assert answer.status_code == 200
    assert "New title" in answer.content.decode()


@each_feed
def test_what_no_date_of_publication_knows_of_is_seen_too(site: SiteTree, url: str) -> None:
    consent = PersonConsentFactory()
    quote = {"quote": "I agree", "consent": consent, "source": ""}
    NewsPageFactory(parent=site.news, body=[("quote", quote)])
    full = Client().get(url)
    PersonConsent.objects.filter(pk=consent.pk).update(withdrawn_on=timezone.localdate())
    conditions = [
        {"if-none-match": full["ETag"]},
        {"if-modified-since": full["Last-Modified"]},
    ]

    answers = [Client().get(url, headers=headers) for headers in conditions]

    assert all(answer.status_code == 200 for answer in answers)
    assert all("I agree" not in answer.content.decode() for answer in answers)


def test_last_modified_is_when_the_latest_item_was_published(site: SiteTree) -> None:
    with time_machine.travel("2021-04-02T10:30:00+00:00", tick=False):
        NewsPageFactory(parent=site.news)

    assert Client().get(FEEDS[0])["Last-Modified"] == "Fri, 02 Apr 2021 10:30:00 GMT"


def test_caches_keep_no_feed_beyond_the_end_of_an_item(site: SiteTree) -> None:
    end = timezone.now() + timedelta(minutes=10)
    NewsPageFactory(parent=site.news, title="Short-lived", expire_at=end)

    with time_machine.travel(end - timedelta(seconds=20), tick=False):
        before = Client().get(FEEDS[0])
    with time_machine.travel(end, tick=False):
        after = Client().get(FEEDS[0])

    assert before["Cache-Control"] == "public, max-age=20"
    assert b"Short-lived" in before.content
    assert after["Cache-Control"] == "public, max-age=60"
    assert b"Short-lived" not in after.content


@each_feed
def test_head_gives_the_headers_of_get(site: SiteTree, url: str) -> None:
    full, head = Client().get(url), Client().head(url)

    assert (head.status_code, head.content) == (200, b"")
    assert head.headers == full.headers
    assert int(head["Content-Length"]) == len(full.content)


@each_feed
def test_browsers_may_ask_before_they_fetch(site: SiteTree, url: str) -> None:
    asked = {
        "origin": "https://x.example",
        "access-control-request-method": "GET",
        "access-control-request-headers": "if-none-match",
    }

    answer = Client().options(url, headers=asked)

    assert answer.status_code == 204
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert answer["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    assert answer["Access-Control-Allow-Headers"] == "*"


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_a_feed_cannot_be_written(site: SiteTree, method: str) -> None:
    answer = getattr(Client(enforce_csrf_checks=True), method)(FEEDS[0])

    assert answer.status_code == 405
    assert answer["Allow"] == "GET, HEAD, OPTIONS"


@pytest.mark.parametrize("query", ["page=2", "utm_source=x", "%00", "a" * 65536, "%ff"])
def test_a_parameter_is_refused_with_a_reason(site: SiteTree, query: str) -> None:
    answer = Client().get(f"{FEEDS[0]}?{query}")

    assert answer.status_code == 400
    assert "takes no parameters" in answer.content.decode()


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("xx/news.atom", "does not speak this language"),
        ("EN/news.atom", "does not speak this language"),
        ("en/weather.atom", "no list of this type"),
        ("en/news/tag/nothing.json", "There is no such tag."),
        ("en/stories/tag/visits.json", "This list has no such parts."),
        ("en/all/weather/rain.rss", "This list has no such parts."),
        ("en/news/twinning/1.rss", "There is no such twinning."),
        ("en/news/twinning/2x.rss", "There is no such twinning."),
        ("en/news/twinning/02.rss", "There is no such twinning."),
        ("en/news/twinning/99999999999999999999.atom", "There is no such twinning."),
        ("en/repository/topic/visa.atom", "There is no such topic."),
        ("en/news/tag/visits/twinning/1.rss", "There is no such feed"),
        ("en/news.xml", "There is no such feed"),
        ("en/news.atom/", "There is no such feed"),
        ("en/news", "There is no such feed"),
        ("en/%00.atom", "There is no such feed"),
        ("", "There is no such feed"),
    ],
)
def test_what_is_not_there_is_not_found_and_leads_nowhere_else(
    site: SiteTree, path: str, reason: str
) -> None:
    NewsPageFactory(parent=site.news, tags=["visits"])

    answer = Client().get(f"/feeds/{path}")

    assert answer.status_code == 404
    assert reason in answer.content.decode()
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert not answer.cookies


def test_templates_find_feeds_by_name() -> None:
    feed = {"locale": "en", "listing_type": "news", "extension": "atom"}

    urls = [
        reverse("communication_syndication:feed", kwargs=feed),
        reverse(
            "communication_syndication:filtered_feed",
            kwargs={**feed, "filter_name": "tag", "value": "visits"},
        ),
    ]

    assert urls == ["/feeds/en/news.atom", "/feeds/en/news/tag/visits.atom"]


def test_the_news_page_names_its_feeds(site: SiteTree) -> None:
    page = Client().get("/it/news/").content.decode()

    assert 'href="/feeds/it/news.atom"' in page
    assert 'href="/feeds/it/news.rss"' in page
    assert 'href="/feeds/it/news.json"' in page
