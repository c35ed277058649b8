"""Feeds keep the rules of their standards, and say in RSS what RSS has no word for."""

import pytest
from django.test import Client

from tests.communication.syndication.reading import (
    ATOM,
    LANGUAGE,
    read_json,
    read_rss,
    read_xml,
    titles,
)
from tests.communication.syndication.rich_articles import publish_rich_articles
from tests.communication.syndication.rules import atom_faults, json_feed_faults, rss_faults
from tests.factories import ImageFactory, NewsPageFactory, PartnerFactory
from tests.glossary import ConceptFactory, GlossaryIndexPageFactory
from tests.sites import SiteTree, translate

pytestmark = pytest.mark.django_db

NUMBERS = {"en/news": 2, "it/all": 4, "fi/terms": 1, "sq/events": 0, "sr/news": 2}
"""Feeds, and how much is in each."""

CYRILLIC = [("paragraph", "<h2>Шта следи</h2><p>Школе раде <b>заједно</b>.</p>")]


@pytest.fixture
def full_feeds(site: SiteTree) -> SiteTree:
    """A site whose feeds hold everything that they can: also translated, and other languages."""
    translate(site.news, "it")
    publish_rich_articles(site, 2)
    for page in site.news.get_children().specific():
        translate(page, "it", canonical_address="https://efvet.example/news/1")
    translate(site.home, "sr")
    translate(site.news, "sr")
    translate(page, "sr", title="Пројекат почиње", summary="Партнери & школе", body=CYRILLIC)
    GlossaryIndexPageFactory(parent=site.home)
    ConceptFactory(terms={"en": "school", "it": "scuola", "sr": "школа"})
    return site


@pytest.mark.parametrize("name", NUMBERS)
def test_feeds_keep_the_rules_of_their_standards(full_feeds: SiteTree, name: str) -> None:
    json_feed = Client().get(f"/feeds/{name}.json")

    assert list(atom_faults(read_xml(name))) == []
    assert list(rss_faults(read_xml(name, "rss"))) == []
    assert list(json_feed_faults(json_feed.json())) == []
    assert json_feed["Content-Type"] == "application/feed+json"
    assert len(titles(name)) == NUMBERS[name]


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
