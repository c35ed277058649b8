"""Search engines find every public page in every language in which it really exists."""

import warnings
from typing import Any

import pytest
from bs4 import BeautifulSoup, XMLParsedAsHTMLWarning
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Locale

from tests.factories import NewsPageFactory, PartnerFactory, TwinningFactory
from tests.sites import SiteTree, build_site, translate
from tests.v2v_pages.documents import text_of

HOST = "http://localhost"

pytestmark = pytest.mark.django_db


def entries() -> dict[str, dict[str, str]]:
    """Fetches the site map: the alternates of each address."""
    response = Client().get("/sitemap.xml")
    assert response.status_code == 200
    with warnings.catch_warnings(action="ignore", category=XMLParsedAsHTMLWarning):
        document = BeautifulSoup(response.content.decode(), "html.parser")
    return {
        text_of(url.loc): {
            str(link["hreflang"]): str(link["href"]) for link in url.select("[hreflang]")
        }
        for url in document.select("url")
    }


@pytest.fixture
def site() -> SiteTree:
    """An English tree, an Albanian home, and an Italian list of news without articles."""
    tree = build_site("it", "sq")
    translate(tree.news, "it", title="Notizie", slug="notizie")
    return tree


def test_every_real_version_is_listed_with_all_others(site: SiteTree) -> None:
    article = NewsPageFactory(parent=site.news, slug="kick-off")
    translate(article, "it", slug="avvio")

    found = entries()

    assert found[f"{HOST}/it/notizie/avvio/"] == {
        "en": f"{HOST}/en/news/kick-off/",
        "it": f"{HOST}/it/notizie/avvio/",
        "x-default": f"{HOST}/en/news/kick-off/",
    }
    assert found[f"{HOST}/en/news/kick-off/"] == found[f"{HOST}/it/notizie/avvio/"]
    assert set(found[f"{HOST}/sq/"]) == {"en", "it", "sq", "x-default"}


def test_an_untranslated_page_is_listed_in_its_own_language_alone(site: SiteTree) -> None:
    NewsPageFactory(parent=site.news, slug="kick-off")

    assert [url for url in entries() if "kick-off" in url] == [f"{HOST}/en/news/kick-off/"]


def test_nothing_hidden_is_listed(site: SiteTree) -> None:
    hidden: dict[str, dict[str, Any]] = {
        "draft": {"draft": True},
        "past": {"expired": True},
        "future": {"scheduled": True},
        "private": {"restriction": "login"},
    }
    for slug, state in hidden.items():
        NewsPageFactory(parent=site.news, slug=slug, tags=[f"tag-{slug}"], **state)
    site.partners.copy_for_translation(Locale.objects.get(language_code="it"), alias=True)

    found = " ".join(entries())

    assert not any(slug in found for slug in hidden)
    assert "/it/schools/" not in found


def test_pages_that_lists_make_are_listed(site: SiteTree) -> None:
    NewsPageFactory(parent=site.news, tags=["visits"])
    TwinningFactory(number=3)
    PartnerFactory(short_name="SEDU")

    found = entries()

    assert found[f"{HOST}/it/notizie/tag/visits/"]["en"] == f"{HOST}/en/news/tag/visits/"
    assert f"{HOST}/en/twinnings/3/" in found
    assert f"{HOST}/en/schools/sedu/" in found


def test_the_site_map_costs_the_same_for_many_pages(site: SiteTree) -> None:
    def cost() -> int:
        entries()
        with CaptureQueriesContext(connection) as queries:
            entries()
        return len(queries)

    NewsPageFactory(parent=site.news, tags=["one"])
    before = cost()
    for number in range(5):
        translate(NewsPageFactory(parent=site.news, tags=[f"tag {number}"]), "it")

    assert cost() == before <= 6


def test_robots_learn_where_the_site_map_is() -> None:
    response = Client().get("/robots.txt")

    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert "Sitemap: http://testserver/sitemap.xml" in response.content.decode()
