"""A site without a search page works, offers no search, and its index is kept for the API."""

import pytest
from django.test import Client

from tests.factories import NewsPageFactory
from tests.search import SearchIndexPageFactory
from tests.sites import SiteTree, build_site
from tests.v2v_pages.documents import read

pytestmark = pytest.mark.django_db

BOX = "input[name=q]"


@pytest.fixture
def site() -> SiteTree:
    tree = build_site("it")
    NewsPageFactory(parent=tree.news, slug="praxis", title="Praxis")
    return tree


@pytest.mark.parametrize("state", ["never made", "withdrawn"])
def test_without_a_search_page_nothing_asks_for_words(site: SiteTree, state: str) -> None:
    page = SearchIndexPageFactory(parent=site.home)
    boxes = [len(read(path).select(BOX)) for path in ("/en/", "/en/news/praxis/")]
    page.delete() if state == "never made" else page.unpublish()

    assert all(boxes)
    for path in ("/en/", "/en/news/", "/en/news/praxis/", "/it/"):
        assert read(path).select(BOX) == []
    missing = read("/en/news/praxsi/", status=404)
    assert missing.select(BOX) == []
    assert missing.select("main a")
    read("/en/search/?q=praxis", status=404)


def test_without_a_search_page_the_api_still_finds(site: SiteTree) -> None:
    answer = Client().get("/api/v1/search/", {"q": "praxis"})

    assert [item["title"] for item in answer.json()["items"]] == ["Praxis"]
