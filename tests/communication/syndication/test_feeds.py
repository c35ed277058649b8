"""Which pages a feed holds, in which order, and what it says of itself."""

from datetime import date, timedelta
from urllib.parse import urlsplit

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page, Site

from tests.communication.syndication.reading import (
    ATOM,
    LANGUAGE,
    read_atom,
    read_json,
    read_rss,
    read_xml,
    titles,
)
from tests.communication.syndication.rules import atom_faults, json_feed_faults, rss_faults
from tests.events import EventIndexPageFactory, EventPageFactory
from tests.factories import (
    DocumentFactory,
    HomePageFactory,
    ImageFactory,
    NewsIndexPageFactory,
    NewsPageFactory,
    PartnerFactory,
    PersonConsentFactory,
    TwinningFactory,
    TwinningStoryPageFactory,
)
from tests.glossary import ConceptFactory, GlossaryIndexPageFactory
from tests.repository import (
    MobilityTopicFactory,
    RepositoryArticlePageFactory,
    RepositoryIndexPageFactory,
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


def publish_rich_articles(site: SiteTree, number: int) -> None:
    """Articles with everything that could cost a query: people, pictures, files, links, pairs."""
    for index in range(number):
        linked = TwinningStoryPageFactory(parent=site.twinnings)
        links = (
            f'<p><a linktype="page" id="{linked.pk}">story</a> '
            f'<a linktype="document" id="{DocumentFactory().pk}">file</a></p>'
        )
        image = ImageFactory(file__width=32, file__height=20)
        picture = {"image": image, "caption": "", "consents": [PersonConsentFactory()]}
        quote = {"quote": "We met", "consent": PersonConsentFactory(), "source": ""}
        person = {"consent": PersonConsentFactory(), "image": image, "text": ""}
        NewsPageFactory(
            parent=site.news,
            authors=[PartnerFactory()],
            tags=["visits", f"tag {index}"],
            listing_image=image,
            body=[
                ("paragraph", links),
                ("paragraph", links),
                ("image", picture),
                ("gallery", [picture, picture]),
                ("quote", quote),
                ("people", [person]),
                ("documents", {"heading": "", "documents": [DocumentFactory()]}),
                ("twinnings", {"heading": "", "twinnings": []}),
                ("callout", {"tone": "tip", "heading": "", "text": links}),
            ],
        )


def queries_of(name: str) -> int:
    """How many queries a feed costs once the versions of its pictures are made."""
    Client().get(f"/feeds/{name}")
    with CaptureQueriesContext(connection) as queries:
        assert Client().get(f"/feeds/{name}").status_code == 200
    return len(queries)


def test_a_feed_costs_the_same_queries_however_many_items_it_has(site: SiteTree) -> None:
    names = [
        "en/news.atom",
        "en/news.rss",
        "en/news.json",
        "en/news/tag/visits.json",
        "it/all.json",
        "it/all/twinning/1.rss",
    ]
    TwinningFactory(number=1)
    publish_rich_articles(site, 1)
    for_one = [queries_of(name) for name in names]
    publish_rich_articles(site, 14)
    for_many = [queries_of(name) for name in names]

    assert Client().get("/feeds/en/news.atom").content.count(b"<entry") == 15
    assert for_many == for_one
    assert max(for_one) <= 33


def test_all_addresses_in_a_feed_are_absolute(site: SiteTree) -> None:
    publish_rich_articles(site, 2)
    feed, xml = read_json(), read_xml()

    addresses = [link.get("href", "") for link in xml.iter(f"{ATOM}link")]
    addresses += [feed["feed_url"], feed["home_page_url"], *(i["url"] for i in feed["items"])]

    assert addresses
    assert all(urlsplit(address).scheme and urlsplit(address).netloc for address in addresses)


@pytest.fixture
def full_feeds(site: SiteTree) -> SiteTree:
    """A site whose feeds hold everything that they can: also translated, and other languages."""
    translate(site.news, "it")
    publish_rich_articles(site, 2)
    for page in site.news.get_children().specific():
        translate(page, "it", canonical_address="https://efvet.example/news/1")
    GlossaryIndexPageFactory(parent=site.home)
    ConceptFactory(terms={"en": "school", "it": "scuola", "sr": "школа"})
    return site


@pytest.mark.parametrize("name", ["en/news", "it/all", "fi/terms", "sq/events"])
def test_feeds_keep_the_rules_of_their_standards(full_feeds: SiteTree, name: str) -> None:
    json_feed = Client().get(f"/feeds/{name}.json")

    assert list(atom_faults(read_xml(name))) == []
    assert list(rss_faults(read_xml(name, "rss"))) == []
    assert list(json_feed_faults(json_feed.json())) == []
    assert json_feed["Content-Type"] == "application/feed+json"
    assert len(titles(name)) == {"en/news": 2, "it/all": 4, "fi/terms": 1, "sq/events": 0}[name]


def test_the_rules_find_what_is_wrong_with_a_feed(full_feeds: SiteTree) -> None:
    atom, rss, feed = read_xml(), read_xml(extension="rss"), read_json()
    atom[0].tag = "{http://www.w3.org/2005/Atom}subject"
    for element in atom.iter(f"{ATOM}updated"):
        element.text = "yesterday"
    for guid in rss.iter("guid"):
        guid.text = "1"
    for item in feed["items"]:
        item["date"] = item.pop("content_html")

    assert len(list(atom_faults(atom))) >= 4
    assert len(list(rss_faults(rss))) >= 1
    assert len(list(json_feed_faults(feed))) >= 4


def test_a_twinning_has_a_feed_of_each_type_and_of_all(site: SiteTree) -> None:
    other, pair = TwinningFactory(number=1), TwinningFactory(number=2)
    events = EventIndexPageFactory(parent=site.home)
    days = [date(2021, 1, day) for day in (1, 2, 3)]
    NewsPageFactory(parent=site.news, title="News", twinnings=[pair], published_on=days[0])
    TwinningStoryPageFactory(
        parent=site.twinnings, title="Story", twinning=pair, published_on=days[1]
    )
    EventPageFactory(parent=events, title="Visit", twinnings=[pair, other], published_on=days[2])
    NewsPageFactory(parent=site.news, title="Other news", twinnings=[other])
    NewsPageFactory(parent=site.news, title="No pair's news")

    assert titles("en/all/twinning/2") == ["Visit", "Story", "News"]
    assert titles("en/news/twinning/2") == ["News"]
    assert titles("it/stories/twinning/2") == ["Story"]
    assert titles("en/events/twinning/1") == ["Visit"]
    assert titles("en/stories/twinning/1") == []
    title = read_json("en/all/twinning/2")["title"]
    assert title == f"V2V – Twinning 2: {pair.name}"
    page = Client().get("/en/twinnings/2/").content.decode()
    assert 'href="/feeds/en/all/twinning/2.rss"' in page


def test_a_topic_has_a_feed(site: SiteTree) -> None:
    texts = {"en": {"name": "Insurance"}, "it": {"name": "Assicurazione"}}
    insurance = MobilityTopicFactory(slug="insurance", texts=texts)
    repository = RepositoryIndexPageFactory(parent=site.home)
    RepositoryArticlePageFactory(parent=repository, title="Insured", topics=[insurance])
    RepositoryArticlePageFactory(parent=repository, title="Other")

    assert titles("it/repository/topic/insurance") == ["Insured"]
    feed = read_json("it/repository/topic/insurance")
    assert feed["title"].endswith(" – Assicurazione")
    page = Client().get("/en/repository/topic/insurance/").content.decode()
    assert 'href="/feeds/en/repository/topic/insurance.atom"' in page


def test_terms_have_a_feed_in_the_readers_language(site: SiteTree) -> None:
    with time_machine.travel("2021-04-02T10:30:00+00:00", tick=False):
        ConceptFactory(terms={"en": "bench"})
    school = ConceptFactory(
        terms={"en": "school", "sq": "shkollë"}, definitions={"en": "Where people learn."}
    )
    ConceptFactory(terms={"en": "secret"}, draft=True)
    assert titles("en/terms") == [], "no page of the site shows them"
    GlossaryIndexPageFactory(parent=site.home)

    assert titles("en/terms") == ["school", "bench"]
    feed = read_json("sq/terms")
    item = feed["items"][0]
    assert (item["title"], item["language"]) == ("shkollë", "sq")
    assert item["id"] == f"http://localhost/id/glossary/{school.identifier}"
    assert item["url"] == f"http://localhost/sq/glossary/{school.identifier}/"
    assert '<p lang="en">Where people learn.</p>' in item["content_html"]
    assert "Funded by the European Union." in item["content_html"]
    assert item["_v2v"]["licence"]["name"] == "CC BY 4.0"


def test_an_item_of_an_rss_feed_says_what_rss_has_no_word_for(site: SiteTree) -> None:
    author = PartnerFactory(short_name="SEDU", website="https://sedu.example/")
    NewsPageFactory(
        parent=site.news,
        title="Kick-off",
        summary="Tea & talks",
        authors=[author],
        tags=["visits"],
        listing_image=ImageFactory(),
        body=[("paragraph", "<p>We met.</p>")],
        canonical_address="https://efvet.example/news/1",
    )

    entry, feed = read_rss("fi/news").entries[0], read_xml("fi/news", "rss")

    assert feed.findtext("channel/language") == "fi"
    item = feed.find("channel/item")
    assert item is not None
    assert item.get(LANGUAGE) == item.findtext("{http://purl.org/dc/elements/1.1/}language") == "en"
    assert entry.title == "Kick-off"
    assert item.findtext("description") == "Tea &amp; talks"
    assert entry.content[0].value.startswith("<p>We met.</p>")
    assert "Funded by the European Union." in entry.content[0].value
    assert "without prejudice" in entry.content[0].value
    assert entry.author == "SEDU"
    assert entry.tags[0].term == "visits"
    assert entry.enclosures[0].type == "image/jpeg"
    assert entry.link == "http://localhost/en/news/kick-off/"
    links = {link.rel: link.href for link in entry.links}
    assert links["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert links["canonical"] == "https://efvet.example/news/1"
