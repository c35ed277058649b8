"""``/llms.txt`` leads programs that read for people to what everybody can read."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests.factories import NewsIndexPageFactory
from tests.sites import SiteTree, build_site, translate


@pytest.fixture
def site(db: None) -> SiteTree:
    """A site in two languages."""
    tree = build_site("it")
    translate(tree.news, "it")
    return tree


def read() -> str:
    """Returns the document."""
    response = Client().get("/llms.txt")
    assert response.status_code == 200
    assert response["Content-Type"] == "text/markdown; charset=utf-8"
    return response.content.decode()


def test_every_address_in_it_can_be_read(site: SiteTree) -> None:
    addresses = re.findall(r"\]\(http://testserver(/[^)]*)\)", read())

    assert {"/en/news/", "/en/", "/it/", "/api/v1/docs/", "/sitemap.xml"} <= set(addresses)
    codes = {address: Client().get(address).status_code for address in addresses}
    # the concepts' own address leads to the page or to data (RFC 9110, 15.4.4)
    assert codes == dict.fromkeys(addresses, 200) | {"/id/glossary": 303}


def test_a_section_is_told_with_its_summary_in_one_line(site: SiteTree) -> None:
    site.news.search_description = "What *happens*\nin the schools"
    site.news.save_revision().publish()

    assert "/en/news/): What \\*happens\\* in the schools\n" in read()


def test_what_only_some_may_read_is_not_in_it(site: SiteTree) -> None:
    for version in site.news.get_translations(inclusive=True):
        version.view_restrictions.create(restriction_type="login")

    assert "/news/" not in read()


def test_it_costs_the_same_for_many_sections(
    site: SiteTree, django_assert_num_queries: Callable[[int], Any]
) -> None:
    for number in range(5):
        NewsIndexPageFactory(parent=site.home, title=f"News {number}", show_in_menus=True)
    read()

    with django_assert_num_queries(3):
        read()
