"""The repository as visitors read it: filters that combine, the most specific article first."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import CountryFactory
from tests.repository import (
    MobilityTopicFactory,
    RepositoryArticlePageFactory,
    add_repository,
)
from tests.sites import SiteTree, translate
from tests.v2v_pages.documents import links, one, read, text_of


@pytest.fixture
def repository(site: SiteTree) -> Any:
    """An empty repository."""
    return add_repository(site)


def titles(page: Any) -> list[str]:
    return list(links(page, ".item__title a"))


def choices(page: Any, label: str) -> dict[str, str]:
    """Returns the filters of one group with their addresses; a name ends in its count."""
    for group in page.select(".filters__group"):
        if text_of(one(group, "p")) == label:
            return {text_of(link): link["href"] for link in group.select("a")}
    return {}


def test_the_most_specific_articles_come_first(repository: Any) -> None:
    italy, albania = CountryFactory(code="IT"), CountryFactory(code="AL", name="Albania")
    make = RepositoryArticlePageFactory
    make(parent=repository, title="Anywhere", published_on=date(2021, 9, 1))
    make(parent=repository, title="To Italy", host_countries=[italy])
    make(
        parent=repository,
        title="From Albania to Italy",
        sending_countries=[albania],
        host_countries=[italy],
        published_on=date(2021, 1, 1),
    )
    make(parent=repository, title="From Italy", sending_countries=[italy])

    page = read("/en/repository/sending/al/host/it/")

    assert titles(page) == ["From Albania to Italy", "To Italy", "Anywhere"]
    assert text_of(one(page, "h1")) == "Repository: Albania, Italy"


def test_counts_combine_with_the_filters_that_are_chosen(repository: Any) -> None:
    italy, albania = CountryFactory(code="IT"), CountryFactory(code="AL", name="Albania")
    health = MobilityTopicFactory(slug="health")
    make = RepositoryArticlePageFactory
    make(parent=repository, topics=[health], host_countries=[italy], for_learners=True)
    make(parent=repository, topics=[health], host_countries=[albania], for_staff=True)
    make(parent=repository, host_countries=[italy], for_learners=True)
    make(parent=repository, for_learners=True)

    everything = read("/en/repository/")
    of_health = read("/en/repository/topic/health/")

    assert choices(everything, "To") == {
        "All": "/en/repository/",
        "Albania 2": "/en/repository/host/al/",
        "Italy 3": "/en/repository/host/it/",
    }
    assert choices(of_health, "To")["Italy 1"] == "/en/repository/topic/health/host/it/"
    assert choices(of_health, "For")["Learners 1"] == "/en/repository/topic/health/for/learners/"
    assert choices(of_health, "Topic")["Entry 2"] == "/en/repository/topic/entry/"


def test_only_countries_that_an_article_names_are_offered(repository: Any) -> None:
    italy = CountryFactory(code="IT")
    CountryFactory(code="FI", name="Finland")
    RepositoryArticlePageFactory(parent=repository, host_countries=[italy])
    RepositoryArticlePageFactory(parent=repository, host_countries=[CountryFactory(code="NL")])
    RepositoryArticlePageFactory(parent=repository)

    assert list(choices(read("/en/repository/"), "To")) == ["All", "Italy 2", "NL 2"]


def test_articles_stand_by_topic_and_the_latest_first(repository: Any) -> None:
    first = MobilityTopicFactory(slug="insurance", sort_order=1)
    second = MobilityTopicFactory(slug="costs", sort_order=2)
    for title, topic, day in (("C", second, 9), ("B", first, 1), ("A", first, 2)):
        RepositoryArticlePageFactory(
            parent=repository, title=title, topics=[topic], published_on=date(2021, 5, day)
        )

    assert titles(read("/en/repository/")) == ["A", "B", "C"]


def test_filters_in_another_order_lead_to_their_one_address(repository: Any, client: Any) -> None:
    RepositoryArticlePageFactory(parent=repository)
    CountryFactory(code="IT")

    answer = client.get("/en/repository/host/it/topic/entry/")

    assert answer["Location"] == "/en/repository/topic/entry/host/it/"
    read("/en/repository/host/qq/", status=404)
    read("/en/repository/topic/nothing/", status=404)


def test_where_nothing_fits_the_reader_learns_which_filter_to_drop(repository: Any) -> None:
    CountryFactory(code="IT")
    MobilityTopicFactory(slug="costs")
    RepositoryArticlePageFactory(parent=repository)

    page = read("/en/repository/topic/costs/host/it/")

    assert text_of(one(page, "p.empty")).startswith("Nothing in this list fits all the filters.")
    assert links(page, ".items .tags a") == {"Without “Costs” 1": "/en/repository/host/it/"}
    assert one(page, "meta[name=robots]")["content"] == "noindex"


def test_countries_are_named_and_sorted_in_the_language_of_the_page(
    site: SiteTree, repository: Any
) -> None:
    croatian = translate(site.home, "hr"), translate(repository, "hr", slug="zbirka")
    names = {"SI": "Slovenija", "ES": "Španjolska", "NL": "Nizozemska", "ME": "Crna Gora"}
    names |= {"CZ": "Češka"}
    for code, name in names.items():
        country = CountryFactory(code=code, texts={"hr": {"name": name}})
        RepositoryArticlePageFactory(parent=repository, host_countries=[country])

    page = read(f"/hr/{croatian[1].slug}/")

    found = [text_of(link).split(" 1")[0] for link in page.select("a[href*='/host/']")]
    assert found == ["Crna Gora", "Češka", "Nizozemska", "Slovenija", "Španjolska"]


def test_the_language_filter_tells_where_an_article_can_be_read(
    site: SiteTree, repository: Any
) -> None:
    translate(repository, "it", slug="repertorio")
    translated = RepositoryArticlePageFactory(parent=repository, title="In two languages")
    RepositoryArticlePageFactory(parent=repository, title="In one")
    translate(translated, "it", title="In due lingue")

    assert titles(read("/it/repertorio/language/it/")) == ["In due lingue"]
    assert titles(read("/en/repository/language/it/")) == ["In two languages"]


def test_a_list_costs_the_same_queries_for_five_articles(repository: Any) -> None:
    country = CountryFactory(code="IT")

    def article() -> None:
        RepositoryArticlePageFactory(
            parent=repository, host_countries=[country], sending_countries=[country]
        )

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            read("/en/repository/host/it/")
        return len(captured)

    article()
    queries()  # the first reader fills caches
    few = queries()
    for _number in range(4):
        article()

    assert queries() == few


def test_single_filters_are_in_the_site_map(repository: Any) -> None:
    country = CountryFactory(code="IT")
    MobilityTopicFactory(slug="unused")
    RepositoryArticlePageFactory(parent=repository, host_countries=[country])

    paths = type(repository).public_paths()

    assert paths == ["topic/entry/", "host/it/"]
