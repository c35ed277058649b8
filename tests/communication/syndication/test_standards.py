"""Feeds keep the rules of their standards, and say in RSS what RSS has no word for."""

from collections.abc import Iterator
from copy import deepcopy
from datetime import date, time
from typing import Any

import pytest
from django.test import Client

from tests.api.festival.models import BulletinPage
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
from tests.events import EventPageFactory, add_events
from tests.factories import (
    ImageFactory,
    NewsPageFactory,
    PartnerFactory,
    TwinningFactory,
    TwinningStoryPageFactory,
)
from tests.glossary import ConceptFactory, GlossaryIndexPageFactory
from tests.issues import NewsletterIndexPageFactory, NewsletterPageFactory, event, feature
from tests.process import (
    MobilityModulePageFactory,
    MobilityProcessPageFactory,
    fill,
    phase,
    step,
)
from tests.repository import RepositoryArticlePageFactory, add_repository
from tests.sites import SiteTree, kept_for_a_module, translate
from tests.vet_systems import (
    VETSystemIndexPageFactory,
    VETSystemPageFactory,
    programme,
    share_of_learners,
    value,
)
from v2v_snippets.enums import EventStatus
from v2v_snippets.publication.listing import listed_models, record_listings

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("kept_facts")]

CYRILLIC = [("paragraph", "<h2>Шта следи</h2><p>Школе раде <b>заједно</b>.</p>")]


PAIR = 7777
"""The number of a twinning that no sequence of the factories reaches."""

PARTS = {"tag": "visits", "topic": "entry", "twinning": str(PAIR)}
"""Of each way to narrow a list, a part that has something in it."""


def feeds() -> Iterator[str]:
    """Yields the addresses of all lists that the site has, and of one part of each kind of each."""
    types: list[Any] = list(listed_models())
    yield from ("en/all", "it/all", "sr/news", "sq/events", "fi/terms")
    yield f"en/all/twinning/{PAIR}"
    yield from (f"en/{each.listing_type}" for each in (*types, *record_listings()))
    for each in types:
        for name in each.listing_filters:
            yield f"it/{each.listing_type}/{name}/{PARTS[name]}"


@pytest.fixture(scope="module")
def full_feeds(built_site: SiteTree, django_db_blocker: Any) -> Iterator[SiteTree]:
    """A site whose feeds hold everything that they can: also translated, and other languages."""
    with kept_for_a_module(django_db_blocker):
        site = deepcopy(built_site)
        publish_articles(site)
        publish_other_pages(site)
        GlossaryIndexPageFactory(parent=site.home)
        ConceptFactory(terms={"en": "school", "it": "scuola", "sr": "школа"})
        with django_db_blocker.block():
            yield site


def publish_articles(site: SiteTree) -> None:
    """Publishes news and stories with everything, also translated, and of the pair."""
    pair = TwinningFactory(number=PAIR)
    translate(site.news, "it")
    publish_rich_articles(site, 2)
    for page in site.news.get_children().specific():
        translate(page, "it", canonical_address="https://efvet.example/news/1")
    translate(site.home, "sr")
    translate(site.news, "sr")
    translate(page, "sr", title="Пројекат почиње", summary="Партнери & школе", body=CYRILLIC)
    NewsPageFactory(parent=site.news, title="Of the pair", twinnings=[pair])
    TwinningStoryPageFactory(parent=site.twinnings, twinning=pair)
    where = {"venue": "Aula magna & yard", "city": "Alba", "listing_image": ImageFactory()}
    EventPageFactory(
        parent=add_events(site),
        status=EventStatus.CANCELLED,
        starts_at=time(10),
        agenda=[("entry", {"day": None, "title": "Opening <1>", "text": "All together."})],
        twinnings=[pair],
        **where,
    )


def publish_other_pages(site: SiteTree) -> None:
    """Publishes advice, the process, an issue, a VET system, a page of a host site's own type."""
    article = RepositoryArticlePageFactory(parent=add_repository(site), outdated=True)
    process = MobilityProcessPageFactory(parent=site.home)
    fill(process, phase(MobilityModulePageFactory(parent=process, steps=[step()])))
    archive = NewsletterIndexPageFactory(parent=site.home)
    NewsletterPageFactory(parent=archive, body=[feature(article), event()])
    systems = VETSystemIndexPageFactory(parent=site.home)
    share = value(share_of_learners(), "12", note="Of all & more")
    VETSystemPageFactory(parent=systems, values=[share], programmes=[programme()])
    own = site.home.add_child(instance=BulletinPage(title="A host site's", slug="own", live=False))
    own.save_revision().publish()


@pytest.mark.usefixtures("full_feeds")
@pytest.mark.parametrize("name", list(feeds()))
def test_feeds_keep_the_rules_of_their_standards(name: str) -> None:
    json_feed = Client().get(f"/feeds/{name}.json")

    assert list(atom_faults(read_xml(name))) == []
    assert list(rss_faults(read_xml(name, "rss"))) == []
    assert list(json_feed_faults(json_feed.json())) == []
    assert json_feed["Content-Type"] == "application/feed+json"
    assert titles(name)


@pytest.mark.usefixtures("full_feeds")
def test_the_rules_find_what_is_wrong_with_a_feed() -> None:
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


def test_an_item_of_an_rss_feed_says_what_rss_has_no_word_for(full_feeds: SiteTree) -> None:
    author = PartnerFactory(short_name="SEDU", website="https://sedu.example/")
    NewsPageFactory(
        parent=full_feeds.news,
        title="Kick-off",
        published_on=date(2021, 6, 1),
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
