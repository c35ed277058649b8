"""What readers see where there is nothing, and when nothing works."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client, RequestFactory
from django.utils import translation

from tests.factories import NewsPageFactory
from tests.sites import SiteTree
from tests.v2v_pages.documents import links, one, read, text_of
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
