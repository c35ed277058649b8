"""News, stories, standing pages and their lists."""

from datetime import date

import pytest
from django.test import Client

from tests.factories import (
    ImageFactory,
    NewsPageFactory,
    StandardPageFactory,
    TwinningFactory,
    TwinningStoryPageFactory,
)
from tests.facts import content_has_changed
from tests.sites import SiteTree, build_partnership, translate
from tests.v2v_pages.documents import graph, links, one, read, text_of


def test_an_article_shows_what_is_known_about_it(site: SiteTree) -> None:
    pair = build_partnership()[0]
    NewsPageFactory(
        parent=site.news,
        title="It took off",
        slug="kick-off",
        summary="Twelve partners met.",
        authors=[pair.european_school],
        twinnings=[pair],
        tags=["kick-off"],
    )

    page = read("/en/news/kick-off/")

    assert text_of(one(page, "h1")) == "It took off"
    assert text_of(one(page, ".lede")) == "Twelve partners met."
    assert text_of(one(page, ".art__head time")) == "29 March 2021"
    assert links(page, "[rel=author]") == {"APRO Formazione": "/en/schools/apro-formazione/"}
    assert links(page, "[rel=tag]") == {"kick-off": "/en/news/tag/kick-off/"}
    assert links(page, "aside a")["APRO Formazione – Danilo Kiš"] == "/en/twinnings/1/"
    assert links(page, "aside [rel=license]") == {
        "CC BY 4.0": "https://creativecommons.org/licenses/by/4.0/"
    }
    assert text_of(one(page, ".prose")) == "The partners met."


def test_readers_are_told_what_is_assumed_and_what_is_only_an_example(site: SiteTree) -> None:
    NewsPageFactory(parent=site.news, slug="assumed", is_date_assumed=True, is_demo_text=True)

    marks = [text_of(mark) for mark in read("/en/news/assumed/").select(".marks li")]

    assert marks == [
        "Demo text: an example that reports nothing.",
        "The source gives no date: 29 March 2021 is assumed.",
    ]


@pytest.mark.usefixtures("kept_facts")
def test_what_is_kept_of_one_article_does_not_show_on_another(site: SiteTree) -> None:
    NewsPageFactory(parent=site.news, slug="kick-off")
    NewsPageFactory(parent=site.news, slug="reserved", licence="all-rights-reserved")
    story = TwinningStoryPageFactory(
        parent=site.twinnings, slug="bread", twinning=build_partnership()[0]
    )
    translate(site.twinnings, "it", title="Gemellaggi", slug="gemellaggi")
    translate(story, "it", title="Pane", slug="pane")

    def told(path: str) -> tuple[list[str], list[str], list[str]]:
        page = read(path)
        use = [text_of(item) for item in page.select(".box--use > ul > li")]
        feeds = [
            str(link["href"]) for link in page.select('head link[type="application/atom+xml"]')
        ]
        return use[:2], feeds, list(links(page, "nav.crumbs a").values())

    paths = (
        "/en/news/kick-off/",
        "/en/news/reserved/",
        "/en/twinnings/bread/",
        "/it/gemellaggi/pane/",
    )
    alone = []
    for path in paths:
        content_has_changed()
        alone.append(told(path))
    assert [told(path) for path in paths] == alone
    assert len({str(each) for each in alone}) == len(paths)


def test_structured_data_cannot_end_its_script_element(site: SiteTree) -> None:
    title = "</script><script>alert(1)</script> & more"
    NewsPageFactory(parent=site.news, slug="kick-off", title=title)

    response = Client().get("/en/news/kick-off/")
    page = read("/en/news/kick-off/")

    assert "<script>alert" not in response.content.decode()
    data = next(node for node in graph(page)["@graph"] if node["@type"] == "NewsArticle")
    assert data["headline"] == title
    assert data["datePublished"] == "2021-03-29"


def test_a_shared_link_shows_the_articles_picture(site: SiteTree) -> None:
    NewsPageFactory(parent=site.news, slug="kick-off", listing_image=ImageFactory())

    page = read("/en/news/kick-off/")

    picture = one(page, "meta[property='og:image']")["content"]
    assert str(picture).startswith("http://testserver/media/images/")
    assert one(page, "meta[property='og:image:width']")["content"] == "1200"
    assert one(page, "meta[property='og:type']")["content"] == "article"


def test_news_are_listed_newest_first_ten_a_page(site: SiteTree) -> None:
    for day in range(1, 13):
        NewsPageFactory(
            parent=site.news, title=f"Day {day}", published_on=date(2021, 3, day), tags=["kick-off"]
        )

    first, second = read("/en/news/"), read("/en/news/page/2/")

    assert [text_of(title) for title in first.select(".item__title")] == [
        f"Day {day}" for day in range(12, 2, -1)
    ]
    assert [text_of(title) for title in second.select(".item__title")] == ["Day 2", "Day 1"]
    assert links(first, ".pn a") == {"Older": "/en/news/page/2/"}
    assert links(second, ".pn a") == {"Newer": "/en/news/"}
    assert text_of(one(second, "title")) == "News (2) – V2V"
    read("/en/news/page/1/", status=404)
    read("/en/news/page/3/", status=404)


def test_a_tag_filters_the_list_and_stays_in_its_pages(site: SiteTree) -> None:
    for number in range(11):
        NewsPageFactory(parent=site.news, title=f"Visit {number}", tags=["visits"])
    NewsPageFactory(parent=site.news, title="Other", tags=["kick-off"])

    page = read("/en/news/tag/visits/")

    assert text_of(one(page, "h1")) == "News: visits"
    assert "Other" not in links(page)
    assert links(page, ".pn a") == {"Older": "/en/news/tag/visits/page/2/"}
    assert links(page, ".filters a") == {
        "All": "/en/news/",
        "kick-off 1": "/en/news/tag/kick-off/",
        "visits 11": "/en/news/tag/visits/",
    }
    read("/en/news/tag/unused/", status=404)


def test_lists_show_pictures_with_their_description(site: SiteTree) -> None:
    NewsPageFactory(parent=site.news, listing_image=ImageFactory(description="A lathe"))

    image = one(read("/en/news/"), ".item img")

    assert image["alt"] == "A lathe"
    assert (image["width"], image["height"]) == ("640", "400")


def test_a_story_shows_its_pair_and_leads_to_it(site: SiteTree) -> None:
    pair = build_partnership()[2]
    TwinningStoryPageFactory(parent=site.twinnings, slug="first-visit", twinning=pair)

    page = read("/en/twinnings/first-visit/")

    assert text_of(one(page, ".art__pair .pair")).startswith("3 SEDU Finland")
    assert links(page, ".art__head .tag a") == {"Twinning 3": "/en/twinnings/3/"}


def test_a_standing_page_shows_its_text(site: SiteTree) -> None:
    StandardPageFactory(parent=site.home, title="About", slug="about", summary="Who we are.")

    page = read("/en/about/")

    assert text_of(one(page, "h1")) == "About"
    assert text_of(one(page, ".lede")) == "Who we are."
    assert text_of(one(page, ".prose")) == "About the project."


def test_the_description_for_search_engines_is_the_summary(site: SiteTree) -> None:
    StandardPageFactory(parent=site.home, slug="about", summary='Who "we" are & why')

    assert one(read("/en/about/"), "meta[name=description]")["content"] == 'Who "we" are & why'


def test_the_twinning_of_an_article_without_list_page_is_plain_text(site: SiteTree) -> None:
    pair = TwinningFactory(number=7)
    NewsPageFactory(parent=site.news, slug="kick-off", twinnings=[pair])
    site.twinnings.unpublish()

    aside = one(read("/en/news/kick-off/"), "aside")

    assert pair.name in text_of(aside)
    assert pair.name not in links(aside)


def test_an_article_leads_to_itself_in_the_api(site: SiteTree) -> None:
    article = NewsPageFactory(parent=site.news, slug="kick-off")

    address = links(read("/fi/news/kick-off/"), "aside a")["Hae rajapinnasta (JSON)"]

    assert address == f"/api/v1/content/{article.translation_key}/?locale=en"
    answer = Client().get(address)
    assert answer.json()["title"] == article.title
