"""Every page costs the same number of queries whatever the number of items on it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from tests.factories import (
    ImageFactory,
    NewsPageFactory,
    PartnerFactory,
    ProjectSettingsFactory,
    StandardPageFactory,
    TeamFactory,
    TwinningFactory,
    TwinningStoryPageFactory,
)
from tests.facts import content_has_changed
from tests.sites import SiteTree, translate

pytestmark = pytest.mark.usefixtures("kept_facts")

LISTS = {
    "/en/": 10,
    "/en/news/": 9,
    "/en/news/tag/visits/": 9,
    "/en/twinnings/": 5,
    "/en/schools/": 13,
    "/fi/": 11,
}
"""The queries that each may cost."""


def cost(path: str) -> int:
    """Returns how many queries a page costs once its pictures have been made.

    In a site whose facts are kept, one query for the version of the content comes on top.
    """
    content_has_changed()
    client = Client()
    assert client.get(path).status_code == 200
    with CaptureQueriesContext(connection) as queries:
        client.get(path)
    return len(queries)


@contextmanager
def costs_no_more(path: str, at_most: int) -> Iterator[None]:
    """Holds that a page is within its budget, and that what is added inside costs nothing."""
    before = cost(path)
    assert before <= at_most
    yield
    assert cost(path) == before


def add_article(site: SiteTree, number: int) -> Any:
    return NewsPageFactory(
        parent=site.news,
        published_on=date(2021, 3, number),
        tags=["visits", f"tag {number}"],
        listing_image=ImageFactory(),
    )


def add_pair(number: int) -> Any:
    texts = {"en": {"description": "A school."}}
    return TwinningFactory(
        number=number,
        european_school=PartnerFactory(texts=texts, logo=ImageFactory()),
        balkan_school=PartnerFactory(balkan=True, texts=texts),
        texts={"en": {"goals": "To learn."}},
    )


def add_story(site: SiteTree, number: int) -> Any:
    return TwinningStoryPageFactory(
        parent=site.twinnings, twinning=add_pair(number), listing_image=ImageFactory()
    )


@pytest.fixture
def full_site(site: SiteTree) -> SiteTree:
    """A site with one of everything."""
    ProjectSettingsFactory(texts={"en": {"tagline": "VET to VET"}})
    add_article(site, 1)
    add_story(site, 1)
    TeamFactory(members=[PartnerFactory()])
    StandardPageFactory(parent=site.home, slug="about")
    return site


def test_lists_cost_the_same_for_one_item_and_for_many(full_site: SiteTree) -> None:
    before = {path: cost(path) for path in LISTS}

    for number in range(2, 7):
        add_article(full_site, number)
        add_story(full_site, number)
    translate(full_site.news, "it", title="Notizie", slug="notizie")

    assert {path: cost(path) for path in LISTS} == before
    assert {path: number for path, number in before.items() if number > LISTS[path]} == {}


def test_a_twinning_costs_the_same_with_many_stories(full_site: SiteTree) -> None:
    pair = add_pair(20)

    def add(number: int) -> None:
        TwinningStoryPageFactory(
            parent=full_site.twinnings, twinning=pair, listing_image=ImageFactory()
        )
        NewsPageFactory(
            parent=full_site.news,
            twinnings=[pair],
            tags=[f"tag {number}"],
            listing_image=ImageFactory(),
        )

    add(1)
    with costs_no_more("/en/twinnings/20/", 14):
        for number in range(2, 5):
            add(number)


def test_a_partner_costs_the_same_in_a_large_directory(full_site: SiteTree) -> None:
    PartnerFactory(short_name="SEDU")

    with costs_no_more("/en/schools/sedu/", 9):
        for number in range(2, 5):
            add_pair(number)


def a_picture() -> tuple[str, dict[str, Any]]:
    image = ImageFactory()
    image.contextual_alt_text, image.decorative = "Learners", False
    return "image", {"image": image, "caption": "", "consents": []}


def a_linking_paragraph(site: SiteTree) -> Callable[[], tuple[str, str]]:
    def paragraph() -> tuple[str, str]:
        target = StandardPageFactory(parent=site.home)
        return "paragraph", f'<p><a linktype="page" id="{target.pk}">More</a></p>'

    return paragraph


def test_an_article_without_pictures_costs_six_queries(full_site: SiteTree) -> None:
    NewsPageFactory(parent=full_site.news, slug="plain", tags=["visits"])

    assert cost("/en/news/plain/") <= 6


def test_an_article_costs_the_same_with_many_pictures(full_site: SiteTree) -> None:
    article = NewsPageFactory(parent=full_site.news, slug="rich", body=[a_picture()])

    with costs_no_more("/en/news/rich/", 8):
        article.body = [a_picture() for _ in range(4)]
        article.save_revision().publish()


def test_an_article_costs_the_same_with_many_links(full_site: SiteTree) -> None:
    paragraph = a_linking_paragraph(full_site)
    article = NewsPageFactory(parent=full_site.news, slug="linked", body=[paragraph()])

    with costs_no_more("/en/news/linked/", 8):
        article.body = [paragraph() for _ in range(4)]
        article.save_revision().publish()


def test_an_article_costs_the_same_with_all_its_relations(full_site: SiteTree) -> None:
    pairs = [add_pair(number) for number in range(2, 6)]
    article = NewsPageFactory(
        parent=full_site.news,
        slug="connected",
        twinnings=pairs[:1],
        authors=[pairs[0].european_school],
        tags=["one"],
    )

    with costs_no_more("/en/news/connected/", 6):
        article.twinnings = pairs
        article.authors = [pair.european_school for pair in pairs]
        article.tags.add("two", "three")
        article.save_revision().publish()


def test_where_nobody_tells_the_version_a_page_reads_each_fact_once(
    full_site: SiteTree, settings: Settings
) -> None:
    settings.V2V_CONTENT_VERSION = ""

    with costs_no_more("/en/", 26):
        add_story(full_site, 2)
    assert cost("/en/news/") <= 18
