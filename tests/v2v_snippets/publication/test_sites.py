"""A page belongs to the site in whose tree it stands, whatever else its path looks like."""

import pytest
from wagtail.models import Page
from wagtail.models.sites import SiteRootPath

from tests.factories import HomePageFactory
from v2v_snippets.publication.sites import below

pytestmark = pytest.mark.django_db


def root(path: str) -> SiteRootPath:
    return SiteRootPath(1, path, "http://localhost", "en")


def test_pages_stand_below_the_roots_of_their_own_site() -> None:
    top = Page.get_first_root_node()
    for slug in ("a_b", "axb", "a_bc", "school"):
        HomePageFactory(parent=top, slug=slug)

    def found(*paths: str) -> set[str]:
        pages = Page.objects.filter(below(map(root, paths)))
        return set(pages.values_list("slug", flat=True))

    assert found("/a_b/") == {"a_b"}
    assert found("/axb/", "/school/") == {"axb", "school"}
    assert found("/") >= {"a_b", "axb", "a_bc", "school"}
    assert found() == set()
