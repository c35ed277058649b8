"""Which pages a feed holds, in which order, and what it says of itself."""

from datetime import date, timedelta
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page, Site

from tests.communication.syndication.reading import (
    ATOM,
    LANGUAGE,
    read_atom,
    read_json,
    read_xml,
    titles,
)
from tests.communication.syndication.rich_articles import publish_rich_articles
from tests.factories import (
    HomePageFactory,
    NewsIndexPageFactory,
    NewsPageFactory,
    TwinningFactory,
    TwinningStoryPageFactory,
)
from tests.sites import SiteTree, translate

pytestmark = pytest.mark.django_db


def test_a_feed_holds_its_type_alone_newest_first(site: SiteTree) -> None:
    NewsPageFactory(parent=site.news, title="Older", published_on=date(2021, 1, 1))
    NewsPageFactory(parent=site.news, title="Newer", published_on=date(2021, 2, 1))
    TwinningStoryPageFactory(parent=site.twinnings, title="Story")

    assert titles("en/news") == ["Newer", "Older"]
    assert titles("en/stories") == ["Story"]


def test_all_types_stand_together_in_one_feed_by_date(site: SiteTree) -> None:
    NewsPageFactory(parent=site.news, title="First", published_on=date(2021, 1, 1))
    story = {"title": "Second", "published_on": date(2021, 2, 1)}
    TwinningStoryPageFactory(parent=site.twinnings, **story)
    NewsPageFactory(parent=site.news, title="Third", published_on=date(2021, 3, 1))

    assert titles("en/all") == ["Third", "Second", "First"]


def test_each_page_is_there_once_in_the_best_language(site: SiteTree) -> None:
    translate(site.news, "it")
    translate(site.home, "sq")
    page = NewsPageFactory(parent=site.news, title="Translated", published_on=date(2021, 1, 2))
    translate(page, "it", title="Tradotta")
    NewsPageFactory(parent=site.news, title="English", published_on=date(2021, 1, 1))
    albanian = translate(site.news, "sq")
    NewsPageFactory(parent=albanian, title="Tregim", published_on=date(2020, 1, 1))

    assert titles("it/news") == ["Tradotta", "English", "Tregim"]
    assert titles("fi/news") == ["Translated", "English", "Tregim"]


def test_a_feed_ends_with_the_twentieth_item(site: SiteTree) -> None:
    first = date(2021, 1, 1)
    for day in range(21):
        NewsPageFactory(parent=site.news, published_on=first + timedelta(days=day))

    items = read_json()["items"]

    assert len(items) == 20
    assert items[-1]["date_published"].startswith("2021-01-02")


def test_a_tag_has_a_feed_of_its_own(site: SiteTree) -> None:
    NewsPageFactory(parent=site.news, title="Visit", tags=["Study visits"])
    NewsPageFactory(parent=site.news, title="Other", tags=["Glossary"])

    feed = read_json("en/news/tag/study-visits")

    assert titles("en/news/tag/study-visits") == ["Visit"]
    assert feed["title"] == "V2V – News articles – Study visits"


def test_the_tag_of_a_translation_is_that_of_its_text(site: SiteTree) -> None:
    translate(site.news, "it")
    page = NewsPageFactory(parent=site.news, tags=["visits"])
    translate(page, "it", title="Visita")

    assert titles("it/news/tag/visits") == ["Visita"]


def test_a_feed_introduces_itself(site: SiteTree) -> None:
    feed, atom, xml = read_json("it/news"), read_atom("it/news"), read_xml("it/news")

    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["title"].startswith("V2V – ")
    assert feed["home_page_url"] == atom.feed.link == "http://localhost/it/"
    assert feed["feed_url"] == "http://localhost/feeds/it/news.json"
    assert feed["language"] == xml.get(LANGUAGE) == "it"
    assert feed["authors"] == [{"name": "V2V", "url": "http://localhost/it/"}]
    assert xml.findtext(f"{ATOM}id") == "http://localhost/feeds/it/news.atom"
    assert atom.feed.author == "V2V"


def test_an_empty_feed_is_a_feed_and_does_not_change(site: SiteTree) -> None:
    first = Client().get("/feeds/en/news.atom")
    second = Client().get("/feeds/en/news.atom")

    assert titles("en/news") == []
    assert first["ETag"] == second["ETag"]


def test_pages_of_another_site_are_in_its_own_feed(site: SiteTree) -> None:
    NewsPageFactory(parent=site.news, title="Ours")
    root = Page.get_first_root_node()
    other = HomePageFactory(parent=root, title="Other", slug="other")
    news = NewsIndexPageFactory(parent=other)
    NewsPageFactory(parent=news, title="Theirs")
    Site.objects.create(hostname="127.0.0.1", root_page=other)
    Site.clear_site_root_paths_cache()

    theirs = Client().get("/feeds/en/news.json", headers={"host": "127.0.0.1"}).json()

    assert titles("en/news") == ["Ours"]
    assert [item["title"] for item in theirs["items"]] == ["Theirs"]
    assert theirs["feed_url"] == "http://127.0.0.1/feeds/en/news.json"
    assert theirs["items"][0]["url"].startswith("http://127.0.0.1/")


def queries_of(name: str) -> int:
    """How many queries a feed costs once the versions of its pictures are made."""
    Client().get(f"/feeds/{name}")
    with CaptureQueriesContext(connection) as queries:
        assert Client().get(f"/feeds/{name}").status_code == 200
    return len(queries)


def test_a_feed_costs_the_same_queries_however_many_items_it_has(site: SiteTree) -> None:
    names = [
        "en/news.rss",
        "en/news/tag/visits.json",
        "it/all.atom",
        "it/all/twinning/1.json",
    ]
    TwinningFactory(number=1)
    publish_rich_articles(site, 1)
    for_one = [queries_of(name) for name in names]
    publish_rich_articles(site, 4)
    for_many = [queries_of(name) for name in names]

    assert Client().get("/feeds/en/news.atom").content.count(b"<entry") == 5
    assert for_many == for_one
    assert max(for_one) <= 35


def test_all_addresses_in_a_feed_are_absolute(site: SiteTree) -> None:
    publish_rich_articles(site, 2)
    feed, xml = read_json(), read_xml()

    addresses = [link.get("href", "") for link in xml.iter(f"{ATOM}link")]
    addresses += [feed["feed_url"], feed["home_page_url"], *(i["url"] for i in feed["items"])]

    assert addresses
    assert all(urlsplit(address).scheme and urlsplit(address).netloc for address in addresses)
