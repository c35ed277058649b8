"""Feeds of a part of the site: of one pair of schools, one topic, the glossary."""

from datetime import date

import pytest
import time_machine
from django.test import Client

from tests.communication.syndication.reading import read_json, titles
from tests.events import EventIndexPageFactory, EventPageFactory
from tests.factories import NewsPageFactory, TwinningFactory, TwinningStoryPageFactory
from tests.glossary import ConceptFactory, GlossaryIndexPageFactory
from tests.repository import (
    MobilityTopicFactory,
    RepositoryArticlePageFactory,
    RepositoryIndexPageFactory,
)
from tests.sites import SiteTree

pytestmark = pytest.mark.django_db


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
