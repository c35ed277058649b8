"""What readers see where there is nothing, and when nothing works."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from tests.factories import NewsPageFactory, PartnerFactory
from tests.glossary import ConceptFactory, GlossaryIndexPageFactory
from tests.sites import SiteTree, translate
from tests.v2v_pages.documents import links, one, read, text_of
from v2v_pages.services.indexing import index_records
from v2v_pages.views import server_error


def test_a_missing_page_helps_its_reader_on(site: SiteTree) -> None:
    page = read("/en/nothing/", status=404)

    assert text_of(one(page, "h1")) == "There is no page here"
    assert links(page, "main a") == {
        "Home": "/en/",
        "News": "/en/news/",
        "Twinnings": "/en/twinnings/",
        "Schools": "/en/schools/",
    }
    assert one(page, "meta[name=robots]")["content"] == "noindex"


def test_a_missing_page_speaks_the_language_of_its_address(site: SiteTree) -> None:
    page = read("/it/niente/", status=404)

    assert one(page, "html")["lang"] == "it"
    assert links(page, ".brand")["V2V"] == "/it/"
    assert links(page, ".lang a")["English"] == "/en/"


def test_a_draft_answers_like_a_missing_page(site: SiteTree) -> None:
    NewsPageFactory(parent=site.news, title="Secret plan", slug="secret", draft=True)

    page = read("/en/news/secret/", status=404)

    assert "Secret plan" not in text_of(page.html)


@pytest.mark.django_db
def test_a_site_without_pages_has_a_missing_page_too() -> None:
    assert Client().get("/en/nothing/").status_code == 404


def test_a_broken_site_apologises_without_its_database() -> None:
    with translation.override("it"):
        response = server_error(RequestFactory().get("/it/"))

    page = BeautifulSoup(response.content.decode(), "html.parser")
    assert response.status_code == 500
    assert one(page, "html")["lang"] == "it"
    assert links(page, "main a").popitem()[1] == "/"


SUGGESTED = ".onward__near a"


@pytest.mark.parametrize(
    "path",
    [
        "/en/news/kik-off/",
        "/en/kick-off/",
        "/en/news/2021/kick-off.html",
        "/it/notizie/Kick-Off",
        "/kick-of/",
    ],
)
def test_a_mistyped_address_leads_to_the_page_meant(site: SiteTree, path: str) -> None:
    NewsPageFactory(parent=site.news, title="It took off", slug="kick-off")

    page = BeautifulSoup(Client().get(path, follow=True).content.decode(), "html.parser")

    reader = "it" if path.startswith("/it/") else "en"
    assert links(page, SUGGESTED) == {"It took off": f"/{reader}/news/kick-off/"}


def test_suggestions_are_in_the_readers_language_where_there_is_one(site: SiteTree) -> None:
    article = NewsPageFactory(parent=site.news, title="It took off", slug="kick-off")
    translate(site.news, "it", title="Notizie", slug="notizie")
    translate(article, "it", title="È partito", slug="avvio")

    page = read("/it/notizie/kik-off/", status=404)

    assert links(page, SUGGESTED) == {"È partito": "/it/notizie/avvio/"}


def test_a_mistyped_partner_is_found(site: SiteTree) -> None:
    PartnerFactory(short_name="Noorderpoort")

    page = read("/en/schools/norderport/", status=404)

    assert links(page, SUGGESTED) == {"Noorderpoort": "/en/schools/noorderpoort/"}


def test_a_term_in_another_script_leads_to_its_concept(site: SiteTree) -> None:
    GlossaryIndexPageFactory(parent=site.home)
    concept = ConceptFactory(terms={"en": "apprenticeship", "sr": "стажирање"})
    index_records(kind="concept", pks=[concept.pk])

    url = f"/en/glossary/{concept.identifier}/"
    assert links(read("/en/staziranje/", status=404), SUGGESTED) == {"стажирање": url}


def test_a_text_that_mentions_a_word_of_an_address_is_not_meant(site: SiteTree) -> None:
    NewsPageFactory(parent=site.news, title="It took off", summary="As nothing did before.")

    assert read("/en/nothing/", status=404).select(SUGGESTED) == []


@pytest.mark.parametrize(
    "state", [{"draft": True}, {"scheduled": True}, {"expired": True}, {"restriction": "login"}]
)
def test_nothing_hidden_is_suggested(site: SiteTree, state: dict[str, Any]) -> None:
    NewsPageFactory(parent=site.news, title="Merger of schools", slug="merger", **state)

    assert read("/en/news/merger-plan/", status=404).select(SUGGESTED) == []


def test_the_address_of_a_drafted_translation_suggests_nothing(site: SiteTree) -> None:
    article = NewsPageFactory(parent=site.news, title="It took off", slug="kick-off")
    translate(site.news, "it", title="Notizie", slug="notizie")
    translate(article, "it", title="Fusione segreta", slug="fusione-segreta").unpublish()

    assert read("/it/notizie/fusione-segreto/", status=404).select(SUGGESTED) == []


def test_a_missing_page_costs_the_same_among_many(site: SiteTree) -> None:
    def cost() -> int:
        Client().get("/en/news/kik-off/")
        with CaptureQueriesContext(connection) as queries:
            Client().get("/en/news/kik-off/")
        return len(queries)

    NewsPageFactory(parent=site.news, slug="kick-off")
    PartnerFactory(short_name="Kick")
    before = cost()
    for number in range(4):
        NewsPageFactory(parent=site.news, slug=f"kick-off-{number}")
        PartnerFactory(short_name=f"Kick {number}")

    assert cost() == before <= 17


@pytest.mark.parametrize(
    "path",
    [
        "/en/news/%00/",
        "/en/%00kick-off/",
        "/en/%FF%FE/",
        "/en/" + "a" * 65_536 + "/",
        "/en/" + "kick-off/" * 500,
        "/en/%25%27%22%3Cscript%3E/",
        "/%00/",
    ],
)
def test_hostile_addresses_are_missing_pages(site: SiteTree, path: str) -> None:
    NewsPageFactory(parent=site.news, slug="kick-off")

    response = Client().get(path, follow=True)

    assert response.status_code == 404
    assert "<script>" not in response.content.decode()
