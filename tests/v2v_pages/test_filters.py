"""Lists filtered by links: each filter has its own address, in every language the same."""

from datetime import date

import pytest
from django.test import Client

from tests.factories import NewsPageFactory, PartnerFactory, TeamFactory, TwinningStoryPageFactory
from tests.sites import SiteTree, build_partnership, translate
from tests.v2v_pages.documents import links, one, read, text_of
from v2v_pages.models import PartnerIndexPage, TwinningIndexPage
from v2v_snippets.models import Twinning


@pytest.fixture
def schools(site: SiteTree) -> SiteTree:
    """The five pairs, a network from Italy, and a team."""
    pairs = build_partnership()
    PartnerFactory(short_name="EfVET", network=True)
    TeamFactory(members=[pairs[0].european_school, pairs[2].european_school])
    return site


def shown(path: str) -> list[str]:
    return [text_of(name) for name in read(path).select(".card h3")]


@pytest.mark.parametrize(
    ("path", "names"),
    [
        ("side/wb/country/xk/", ["Centre of Competence", "Diakonie Training Center"]),
        ("country/it/", ["APRO Formazione", "EfVET"]),
        ("kind/network/", ["EfVET"]),
        ("kind/vet-provider/team/communication/", ["APRO Formazione", "SEDU"]),
        ("side/eu/country/it/kind/vet-provider/team/communication/", ["APRO Formazione"]),
    ],
)
def test_partners_are_filtered_by_their_properties(
    schools: SiteTree, path: str, names: list[str]
) -> None:
    assert shown(f"/en/schools/{path}") == names


def test_each_filter_says_how_many_partners_it_leads_to(schools: SiteTree) -> None:
    page = read("/en/schools/side/wb/")

    choices = links(page, ".filters a")

    assert choices["Kosovo* 2"] == "/en/schools/side/wb/country/xk/"
    assert choices["European Union 5"] == "/en/schools/side/eu/"
    assert not any(name.startswith("Finland") for name in choices), "it leads to nothing"
    for name, path in choices.items():
        count = name.rpartition(" ")[2]
        assert not count.isdigit() or len(shown(path)) == int(count), path


def test_the_chosen_filter_is_marked_named_and_can_be_taken_away(schools: SiteTree) -> None:
    page = read("/en/schools/side/wb/")

    current = [text_of(link) for link in page.select(".filters [aria-current]")]
    assert current == ["Western Balkans 5", "All"]
    assert text_of(one(page, "h1")) == "Schools: Western Balkans"
    assert text_of(one(page, "title")) == "Schools: Western Balkans – V2V"
    assert links(page, ".filters__group:first-child a")["All"] == "/en/schools/"
    assert links(page, "nav.crumbs a")["Schools"] == "/en/schools/"
    assert one(page, "link[rel=canonical]")["href"] == "http://localhost/en/schools/side/wb/"


def test_filters_in_another_order_lead_to_their_one_address(schools: SiteTree) -> None:
    response = Client().get("/en/schools/country/it/side/eu/")

    assert response["Location"] == "/en/schools/side/eu/country/it/"


@pytest.mark.parametrize(
    "path", ["country/zz/", "colour/red/", "country/it/country/fi/", "country/", "side/eu/kind/"]
)
def test_filters_that_do_not_exist_are_nowhere(schools: SiteTree, path: str) -> None:
    read(f"/en/schools/{path}", status=404)


def test_filters_that_exclude_each_other_lead_back_to_the_whole_list(schools: SiteTree) -> None:
    page = read("/en/schools/side/wb/country/it/")

    assert text_of(one(page, ".empty")).startswith("Nothing in this list fits all the filters.")
    assert links(page, ".empty a") == {"Show the whole list": "/en/schools/"}


@pytest.mark.parametrize(
    ("path", "is_indexed"),
    [
        ("/en/schools/", True),
        ("/en/schools/country/it/", True),
        ("/en/schools/side/eu/country/it/", False),
        ("/en/schools/team/steering/", False),
        ("/en/twinnings/country/xk/", True),
        ("/en/news/tag/visits/", True),
        ("/en/news/year/2021/", False),
        ("/en/news/twinning/1/", False),
    ],
)
def test_search_engines_list_subjects_but_no_mixtures(
    schools: SiteTree, path: str, is_indexed: bool
) -> None:
    pair = Twinning.objects.get(number=1)
    NewsPageFactory(parent=schools.news, tags=["visits"], twinnings=[pair])

    robots = [tag["content"] for tag in read(path).select("meta[name=robots]")]

    assert robots == ([] if is_indexed else ["noindex"])


def test_the_site_map_knows_the_filters_that_lead_somewhere(schools: SiteTree) -> None:
    partners, twinnings = PartnerIndexPage.public_paths(), TwinningIndexPage.public_paths()

    assert {"efvet/", "country/xk/", "kind/vet-provider/", "team/communication/"} <= set(partners)
    assert "team/steering/" not in partners
    assert len(partners) == len(set(partners))
    assert {"1/", "country/xk/", "status/planned/"} <= set(twinnings)


def test_the_language_changes_and_the_filter_stays(schools: SiteTree) -> None:
    translate(schools.partners, "it", title="Scuole", slug="scuole")

    page = read("/en/schools/country/it/")

    assert links(page, ".lang a")["italiano"] == "/it/scuole/country/it/"
    assert text_of(one(read("/it/scuole/country/it/"), "h1")) == "Scuole: Italia"


def test_an_untranslated_list_names_its_filters_in_its_own_language(schools: SiteTree) -> None:
    page = read("/it/schools/country/it/")

    assert text_of(one(page, "h1")) == "Schools: Italy"
    assert links(page, ".filters a")["Italy 2"] == "/it/schools/country/it/"


def test_twinnings_are_filtered_by_country_with_their_stories(schools: SiteTree) -> None:
    first, _second, third, *_rest = Twinning.objects.order_by("number")
    TwinningStoryPageFactory(parent=schools.twinnings, title="In Budva", twinning=first)
    TwinningStoryPageFactory(parent=schools.twinnings, title="In Ferizaj", twinning=third)

    page = read("/en/twinnings/country/xk/")

    assert [text_of(number) for number in page.select(".pair__n")] == ["3", "5"]
    assert list(links(page, ".item__title a")) == ["In Ferizaj"]


def test_news_are_filtered_by_year_and_twinning(schools: SiteTree) -> None:
    pair = Twinning.objects.get(number=1)
    NewsPageFactory(parent=schools.news, title="Old", published_on=date(2020, 5, 1))
    NewsPageFactory(parent=schools.news, title="New", twinnings=[pair], tags=["visits"])

    page = read("/en/news/")

    assert links(page, ".filters a") == {
        "All": "/en/news/",
        "visits 1": "/en/news/tag/visits/",
        "2021 1": "/en/news/year/2021/",
        "2020 1": "/en/news/year/2020/",
        "Twinning 1 1": "/en/news/twinning/1/",
    }
    assert list(links(read("/en/news/year/2020/"), ".item__title a")) == ["Old"]
    about = read("/en/news/twinning/1/")
    assert list(links(about, ".item__title a")) == ["New"]
    assert text_of(one(about, "h1")) == "News: Twinning 1"


@pytest.mark.parametrize(
    "path", ["year/1999/", "twinning/9/", "twinning/x/", "year/2021/page/1/", "tag/none/"]
)
def test_news_filters_that_no_article_has_are_nowhere(schools: SiteTree, path: str) -> None:
    NewsPageFactory(parent=schools.news)

    read(f"/en/news/{path}", status=404)


def test_a_hidden_article_makes_no_filter(schools: SiteTree) -> None:
    for state in ({"draft": True}, {"expired": True}, {"restriction": "login"}):
        NewsPageFactory(
            parent=schools.news, published_on=date(1999, 1, 1), tags=["secret"], **state
        )

    page = read("/en/news/")

    assert page.select(".filters") == []
    read("/en/news/year/1999/", status=404)
