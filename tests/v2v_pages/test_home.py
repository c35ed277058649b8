"""The first page: pairs on their map, news, dates, strands."""

from datetime import date, timedelta
from typing import Any

from wagtail.models import Locale

from tests.factories import (
    HomePageFactory,
    NewsPageFactory,
    StandardPageFactory,
    TwinningStoryPageFactory,
)
from tests.sites import SiteTree, build_partnership, translate
from tests.v2v_pages.documents import links, one, read, text_of


def test_home_numbers_the_pairs_as_on_the_map(site: SiteTree) -> None:
    build_partnership()

    page = read("/en/")

    on_map = [text_of(number) for number in page.select("svg.map text")]
    in_list = [text_of(number) for number in page.select(".pair .pair__n")]
    assert on_map == in_list == ["1", "2", "3", "4", "5"]
    assert text_of(page.select(".pair")[2]) == (
        "3 SEDU Finland Centre of Competence Ferizaj, Kosovo*"
    )


def test_home_says_of_which_schools_only_the_country_is_known(site: SiteTree) -> None:
    build_partnership()

    page = read("/en/")

    legend = text_of(one(page, ".hero__legend"))
    assert "Noorderpoort" in legend
    assert "GSC" in legend
    assert "APRO" not in legend
    assert len(page.select("svg .dot--vague, svg .badge--vague")) == 5


def test_pairs_lead_to_the_twinning_and_both_schools(site: SiteTree) -> None:
    build_partnership()

    pair = read("/en/").select(".pair")[0]

    assert links(pair) == {
        "1": "/en/twinnings/1/",
        "APRO Formazione": "/en/schools/apro-formazione/",
        "Danilo Kiš": "/en/schools/danilo-kis/",
    }


def test_home_shows_the_latest_four_articles_newest_first(site: SiteTree) -> None:
    for days in range(6):
        day = date(2021, 3, 1) + timedelta(days=days)
        NewsPageFactory(parent=site.news, title=f"Day {day.day}", published_on=day)

    page = read("/en/")

    assert [text_of(title) for title in page.select(".lead .item__title")] == [
        "Day 6",
        "Day 5",
        "Day 4",
        "Day 3",
    ]


def test_a_story_born_in_another_language_is_listed_and_marked(site: SiteTree) -> None:
    home = translate(site.home, "sq")
    index = translate(site.twinnings, "sq", title="Binjakëzime", slug="binjakezime")
    assert index.get_parent().pk == home.pk
    TwinningStoryPageFactory(parent=index, title="Një vizitë", summary="Si shkoi.")

    item = one(read("/en/"), ".item")

    assert text_of(item.select_one(".mark")) == "in Albanian"
    title = one(item, ".item__title")
    assert title["lang"] == "sq"
    assert links(title) == {"Një vizitë": "/en/binjakezime/nje-vizite/"}


def test_strands_lead_to_the_best_version_of_their_page(site: SiteTree) -> None:
    about = StandardPageFactory(parent=site.home, title="Glossary", slug="glossary")
    set_strands(site.home, about)

    assert links(one(read("/en/"), ".card")) == {"A common glossary": "/en/glossary/"}

    translate(about, "it", title="Glossario", slug="glossario")
    set_strands(site.home.get_translation(Locale.objects.get(language_code="it")), about)

    assert links(one(read("/it/"), ".card")) == {"A common glossary": "/it/glossario/"}


def set_strands(home: Any, page: Any) -> None:
    home.strands = [("strand", {"title": "A common glossary", "text": "Terms.", "page": page})]
    home.save_revision().publish()


def test_dates_are_written_in_the_language_of_the_page(site: SiteTree) -> None:
    entry = {
        "starts_on": date(2021, 3, 15),
        "ends_on": date(2021, 3, 25),
        "precision": "day",
        "title": "Kick-off",
        "text": "",
    }
    for home in site.home.get_translations(inclusive=True):
        home.dates = [("date", entry)]
        home.save_revision().publish()

    assert text_of(read("/en/").select_one(".next time")) == "15–25 Mar 2021"
    assert text_of(read("/it/").select_one(".next time")) == "15–25 mar 2021"


def test_a_site_without_content_says_so(site: SiteTree) -> None:
    page = read("/en/")

    assert text_of(one(page, ".empty")) == "No news has been published yet."
    assert page.select("svg.map") == []


def test_every_home_page_opens_with_its_headline(site: SiteTree) -> None:
    assert HomePageFactory.headline == text_of(one(read("/en/"), "h1"))
