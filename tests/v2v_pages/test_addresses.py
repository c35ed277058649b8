"""Which page answers at an address, and to whom."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories import NewsPageFactory, StandardPageFactory, TwinningFactory
from tests.sites import SiteTree, translate
from tests.v2v_pages.documents import one, read, text_of
from v2v_snippets.publication.routing import find_by_path


def test_a_better_version_has_its_own_address(site: SiteTree) -> None:
    translate(site.news, "it", title="Notizie", slug="notizie")
    article = NewsPageFactory(parent=site.news, slug="kick-off", tags=["visits"])
    translate(article, "it", slug="avvio")

    assert Client().get("/it/news/kick-off/?x=1")["Location"] == "/it/notizie/avvio/?x=1"
    assert Client().get("/it/news/tag/visits/")["Location"] == "/it/notizie/tag/visits/"


def test_a_page_of_any_tree_is_read_under_any_language(site: SiteTree) -> None:
    home = translate(site.home, "sq")
    StandardPageFactory(parent=home, title="Rreth", slug="rreth")

    page = read("/fi/rreth/")

    assert text_of(one(page, "h1")) == "Rreth"
    assert one(page, "main")["lang"] == "sq"


@pytest.mark.parametrize(
    "path", ["/en/nothing/", "/en/news/nothing/", "/en/news/tag/none/", "/en/" + "deep/" * 20]
)
def test_what_no_tree_has_is_nowhere(site: SiteTree, path: str) -> None:
    read(path, status=404)


def test_a_home_page_that_is_a_draft_falls_back(site: SiteTree) -> None:
    site.home.get_translations().get().unpublish()

    assert one(read("/it/"), "main")["lang"] == "en"


@pytest.mark.parametrize("restricted", ["page", "parent"])
def test_a_restriction_on_a_page_or_above_it_asks_who_reads(
    site: SiteTree, restricted: str
) -> None:
    states = {restricted: {"restriction": "login"}}
    parent = StandardPageFactory(parent=site.home, slug="parent", **states.get("parent", {}))
    StandardPageFactory(parent=parent, slug="page", **states.get("page", {}))

    response = Client().get("/en/parent/page/")

    assert response.status_code == 302
    assert "/login/" in response["Location"]


def test_a_page_below_a_draft_is_nowhere(site: SiteTree) -> None:
    parent = StandardPageFactory(parent=site.home, slug="parent")
    StandardPageFactory(parent=parent, slug="page")
    parent.live = False
    parent.save()

    read("/en/parent/page/", status=404)


def test_a_sub_route_is_found_without_a_walk_down_the_tree(site: SiteTree) -> None:
    TwinningFactory(number=3)
    request = Client().get("/en/twinnings/3/").wsgi_request

    with CaptureQueriesContext(connection) as queries:
        result = find_by_path(request, "twinnings/3/")

    assert result is not None
    assert result.page == site.twinnings
    assert len(queries) == 2
