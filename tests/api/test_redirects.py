"""Old paths: each with where it leads, as long as somebody may read what is there."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Site

from cms.api.schemas.redirects import RedirectListSchema
from tests.factories import NewsPageFactory, StandardPageFactory
from tests.sites import SiteTree, translate

Get = Callable[..., Any]
HERE = "http://localhost"


@pytest.fixture
def old_paths(tree: SiteTree) -> Any:
    """Redirects of each kind; returns the page that some of them lead to."""
    page = StandardPageFactory(parent=tree.home, slug="about")
    draft = StandardPageFactory(parent=tree.home, slug="plans", draft=True)
    closed = StandardPageFactory(parent=tree.home, slug="closed", restriction="login")
    Redirect.add_redirect("/en/about-us/", redirect_to=page)
    Redirect.add_redirect("/en/contact/", redirect_to="https://school.example/", is_permanent=False)
    Redirect.add_redirect("/en/here/", redirect_to="/en/about/?from=old")
    for number, hidden in enumerate((draft, closed)):
        Redirect.add_redirect(f"/en/hidden-{number}/", redirect_to=hidden)
    for number, address in enumerate(("/en/plans/", f"{HERE}/it/closed/", "/plans/")):
        Redirect.add_redirect(f"/en/hidden-address-{number}/", redirect_to=address)
    return page


def test_redirects_tell_where_they_lead(get: Get, old_paths: Any) -> None:
    answer = get("redirects/").json()

    RedirectListSchema.model_validate(answer, extra="forbid")
    about, contact, here = answer["items"]
    assert about == {
        "path": "/en/about-us",
        "target": f"{HERE}/en/about/",
        "status": 301,
        "item": str(old_paths.translation_key),
    }
    assert contact == {
        "path": "/en/contact",
        "target": "https://school.example/",
        "status": 302,
        "item": None,
    }
    assert here["target"] == f"{HERE}/en/about/?from=old"
    assert answer["next"] is None


def test_a_redirect_into_another_language_leads_there(get: Get, tree: SiteTree) -> None:
    page = NewsPageFactory(parent=tree.news, slug="kick-off")
    translate(tree.news, "it", slug="notizie")
    Redirect.add_redirect("/it/vecchio/", redirect_to=translate(page, "it", slug="avvio"))

    [redirect] = get("redirects/").json()["items"]

    assert redirect["target"] == f"{HERE}/it/notizie/avvio/"


def test_a_part_of_a_page_is_kept(get: Get, tree: SiteTree) -> None:
    Redirect.add_redirect("/en/visits/", redirect_to=tree.news, page_route_path="/tag/visits/")

    [redirect] = get("redirects/").json()["items"]

    assert redirect["target"] == f"{HERE}/en/news/tag/visits/"


def test_those_of_another_site_stay_there(get: Get, tree: SiteTree) -> None:
    other = Site.objects.create(hostname="other.example", root_page=tree.home.get_parent())
    Redirect.add_redirect("/en/theirs/", redirect_to=tree.news, site=other)
    Redirect.add_redirect(
        "/en/ours/", redirect_to=tree.news, site=Site.objects.get(port=80, is_default_site=True)
    )

    items = get("redirects/").json()["items"]

    assert [item["path"] for item in items] == ["/en/ours"]


def test_pages_of_redirects_hold_each_once_at_the_same_cost(get: Get, tree: SiteTree) -> None:
    for number in range(5):
        page = StandardPageFactory(parent=tree.home, slug=f"page-{number}")
        Redirect.add_redirect(f"/en/{number}-old/", redirect_to=page)
        Redirect.add_redirect(f"/en/{number}-address/", redirect_to=f"/en/page-{number}/")
    get("redirects/")
    found: list[str] = []
    costs, address = set(), "redirects/?limit=2&order=-path"
    while address:
        with CaptureQueriesContext(connection) as captured:
            answer = get(address.replace("limit=2", f"limit={2 + 4 * bool(found)}")).json()
        found += [item["path"] for item in answer["items"]]
        costs.add(len(captured))
        address = (answer["next"] or "").removeprefix("http://testserver/api/v1/")

    assert len(found) == 10
    assert found == sorted(found, reverse=True)
    assert len(costs) == 1
