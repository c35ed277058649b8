"""What readers are told about languages, and what machines are."""

import pytest
from django.test import Client

from tests.factories import NewsPageFactory, StandardPageFactory
from tests.sites import SiteTree, translate
from tests.v2v_pages.documents import links, one, read, text_of
from v2v_snippets.enums import TranslationOrigin

HOST = "http://localhost"


def test_an_untranslated_page_says_so_and_marks_its_language(site: SiteTree) -> None:
    translate(site.news, "it", title="Notizie", slug="notizie")
    article = NewsPageFactory(parent=site.news, title="Kick-off", slug="kick-off")
    translate(article, "it", title="Avvio", slug="avvio")

    page = read("/fi/news/kick-off/")

    assert one(page, "html")["lang"] == "fi"
    assert one(page, "main")["lang"] == "en"
    notice = one(page, ".notice")
    assert notice.find_parent("main") is None
    assert links(notice) == {"italiano": "/it/notizie/avvio/"}
    assert one(page, "link[rel=canonical]")["href"] == f"{HOST}/en/news/kick-off/"


def test_an_untranslated_page_is_kept_out_of_search_engines(site: SiteTree) -> None:
    NewsPageFactory(parent=site.news, slug="kick-off")

    response = Client().get("/fi/news/kick-off/")

    assert response["X-Robots-Tag"] == "noindex"
    assert response["Link"] == f'<{HOST}/en/news/kick-off/>; rel="canonical"'
    assert response["Content-Language"] == "fi, en"


def test_a_page_in_the_readers_language_needs_no_notice(site: SiteTree) -> None:
    NewsPageFactory(parent=site.news, slug="kick-off")

    page = read("/en/news/kick-off/")

    assert page.select(".notice") == []
    assert not one(page, "main").has_attr("lang")


def test_dates_inside_an_untranslated_page_are_in_its_own_language(site: SiteTree) -> None:
    NewsPageFactory(parent=site.news, slug="kick-off")

    assert text_of(read("/fi/news/kick-off/").select_one("main time")) == "29 March 2021"


def test_links_inside_an_untranslated_page_stay_in_the_readers_language(site: SiteTree) -> None:
    about = StandardPageFactory(parent=site.home, slug="about")
    body = [("paragraph", f'<p><a linktype="page" id="{about.pk}">About</a></p>')]
    NewsPageFactory(parent=site.news, slug="kick-off", body=body)

    page = read("/fi/news/kick-off/")

    assert links(page, ".prose a") == {"About": "/fi/about/"}


def test_the_list_of_languages_stays_on_the_page(site: SiteTree) -> None:
    translate(site.news, "it", title="Notizie", slug="notizie")
    NewsPageFactory(parent=site.news, slug="kick-off", tags=["visits"])

    page = read("/en/news/tag/visits/")

    links_by_name = links(page, ".lang a")
    assert len(links_by_name) == 12
    assert links_by_name["italiano"] == "/it/notizie/tag/visits/"
    assert links_by_name["suomi"] == "/fi/news/tag/visits/"
    assert links_by_name["crnogorski"] == "/cnr/news/tag/visits/"
    assert text_of(one(page, ".lang [aria-current]")) == "English"


def test_machines_find_every_real_version_and_a_default(site: SiteTree) -> None:
    article = NewsPageFactory(parent=site.news, slug="kick-off")
    translate(site.news, "it", title="Notizie", slug="notizie")
    translate(article, "it", title="Avvio", slug="avvio")

    page = read("/it/notizie/avvio/")

    alternates = {a["hreflang"]: a["href"] for a in page.select("link[hreflang]")}
    assert alternates == {
        "en": f"{HOST}/en/news/kick-off/",
        "it": f"{HOST}/it/notizie/avvio/",
        "x-default": f"{HOST}/en/news/kick-off/",
    }


def test_a_text_published_elsewhere_first_names_that_address(site: SiteTree) -> None:
    address = "https://partner.example/kick-off"
    NewsPageFactory(parent=site.news, slug="kick-off", canonical_address=address)

    page = read("/en/news/kick-off/")

    assert one(page, "link[rel=canonical]")["href"] == address
    assert links(page, "aside a")["First published on partner.example"] == address


def test_the_menu_names_sections_in_the_readers_language_where_it_can(site: SiteTree) -> None:
    translate(site.twinnings, "it", title="Gemellaggi", slug="gemellaggi")

    menu = one(read("/it/"), "nav.nav")

    assert links(menu) == {
        "News": "/it/news/",
        "Gemellaggi": "/it/gemellaggi/",
        "Schools": "/it/schools/",
    }
    assert [link.get("lang") for link in menu.select("a")] == ["en", None, "en"]


def test_the_menu_leaves_out_what_is_not_public(site: SiteTree) -> None:
    StandardPageFactory(parent=site.home, title="Draft", show_in_menus=True, draft=True)
    StandardPageFactory(parent=site.home, title="Secret", show_in_menus=True, restriction="login")
    StandardPageFactory(parent=site.home, title="Past", show_in_menus=True, expired=True)
    StandardPageFactory(parent=site.home, title="Unlisted")

    assert list(links(read("/en/"), "nav.nav a")) == ["News", "Twinnings", "Schools"]


def test_the_menu_marks_where_the_reader_is(site: SiteTree) -> None:
    NewsPageFactory(parent=site.news, slug="kick-off")

    assert text_of(one(read("/en/news/"), "nav.nav [aria-current=page]")) == "News"
    assert text_of(one(read("/en/news/kick-off/"), "nav.nav [aria-current=true]")) == "News"


def test_breadcrumbs_lead_back_along_untranslated_ancestors(site: SiteTree) -> None:
    about = StandardPageFactory(parent=site.home, title="About", slug="about")
    StandardPageFactory(parent=about, title="Privacy", slug="privacy")

    crumbs = one(read("/it/about/privacy/"), "nav.crumbs")

    assert list(links(crumbs).values()) == ["/it/", "/it/about/"]
    assert [link.get("lang") for link in crumbs.select("a")] == [None, "en"]


@pytest.mark.parametrize(
    ("origin", "words"),
    [
        (TranslationOrigin.PROJECT, "Translated by the project."),
        (TranslationOrigin.MACHINE, "Translated by a machine."),
        (TranslationOrigin.OFFICIAL, "Official translation."),
    ],
)
def test_a_translation_says_who_made_it(site: SiteTree, origin: str, words: str) -> None:
    NewsPageFactory(parent=site.news, slug="kick-off", translation_origin=origin)

    assert text_of(one(read("/en/news/kick-off/"), ".marks")) == words


def test_the_article_names_its_languages_and_the_original(site: SiteTree) -> None:
    article = NewsPageFactory(parent=site.news, slug="kick-off")
    translate(site.news, "it", title="Notizie", slug="notizie")
    translate(article, "it", title="Avvio", slug="avvio")

    items = read("/it/notizie/avvio/").select("aside .box:first-child li")

    assert [text_of(item) for item in items] == ["English originale", "italiano"]
