"""Thirteen languages times page types times every state of translation: each answer is right."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import transaction
from django.test import Client

from tests.texts import PARTNERSHIP
from tests.v2v_pages.coverage import Covered, CoveredSite
from tests.v2v_pages.documents import one

HOST = "http://localhost"
pytestmark = [pytest.mark.crawl, pytest.mark.django_db, pytest.mark.usefixtures("kept_facts")]


@pytest.fixture(scope="module")
def covered(django_db_setup: None, django_db_blocker: Any) -> Iterator[CoveredSite]:
    """The site, made once for all tests of this module."""
    with django_db_blocker.unblock(), transaction.atomic():
        site = CoveredSite()
        with django_db_blocker.block():
            yield site
        transaction.set_rollback(True)


def expect_in_own_language(response: Any, page: BeautifulSoup, reader: str) -> None:
    assert "X-Robots-Tag" not in response
    assert response["Content-Language"] == reader
    assert page.select(".notice") == []
    assert not one(page, "main").has_attr("lang")


def expect_in_another(response: Any, page: BeautifulSoup, reader: str, served: str) -> None:
    assert response["X-Robots-Tag"] == "noindex"
    assert response["Content-Language"] == f"{reader}, {served}"
    assert one(page, "main")["lang"] == served
    assert len(page.select(".notice")) == 1


def alternates(page: BeautifulSoup) -> dict[str, str]:
    return {str(link["hreflang"]): str(link["href"]) for link in page.select("link[hreflang]")}


def switch(page: BeautifulSoup, reader: str) -> dict[str, str]:
    links = {str(link["hreflang"]): str(link["href"]) for link in page.select(".lang a[hreflang]")}
    assert reader not in links
    return links


def links_away(page: BeautifulSoup, reader: str) -> list[str]:
    """Returns the links that lead into another language without saying so."""
    for menu in page.select(".lang, .notice, aside, [hreflang]"):
        menu.decompose()  # these do so on purpose
    paths = [str(link["href"]) for link in page.select("body a[href^='/']")]
    own = (f"/{reader}/", f"/calendars/{reader}/", "/api/", "/feeds/", "/admin/")
    return [path for path in paths if not path.startswith(own)]


def expect_page(case: Covered, reader: str, below: str = "") -> BeautifulSoup:
    response = Client().get(case.path_for(reader) + below)
    assert response.status_code == 200, f"{case.name} in {reader}"
    page = BeautifulSoup(response.content.decode(), "html.parser")
    served = case.language_for(reader)
    assert one(page, "html")["lang"] == reader
    if served == reader:
        expect_in_own_language(response, page, reader)
    else:
        expect_in_another(response, page, reader, served)
    canonical = f"{HOST}/{served}/{case.paths[served]}{below}"
    assert one(page, "link[rel=canonical]")["href"] == canonical
    return page


READERS = [
    code if code in {"en", "sq", "sr", "cnr"} else pytest.param(code, marks=pytest.mark.slow)
    for code in PARTNERSHIP
]
"""Of each alphabet and each length of chain one at once, all with the slow proofs."""


def expect_in_every_way(case: Covered, reader: str) -> None:
    """Holds all pages of a case to what a reader must get, with the ways into other languages."""
    for below in ("", *case.below):
        page = expect_page(case, reader, below)
        default = case.language_for("en")
        assert alternates(page) == {
            **{code: f"{HOST}/{code}/{path}{below}" for code, path in case.paths.items()},
            "x-default": f"{HOST}/{default}/{case.paths[default]}{below}",
        }, f"{case.name} in {reader}"
        # these are the addresses that the test reads for the other languages
        others = [code for code in PARTNERSHIP if code != reader]
        expected = {code: case.path_for(code) + below for code in others}
        assert switch(page, reader) == expected, f"{case.name} in {reader}"
        assert links_away(page, reader) == [], f"{case.name} in {reader}"


@pytest.mark.parametrize("reader", READERS)
def test_every_page_is_read_in_the_best_language_there_is(
    covered: CoveredSite, reader: str
) -> None:
    for case in covered.pages:
        expect_in_every_way(case, reader)


@pytest.mark.parametrize("reader", READERS)
def test_every_other_address_leads_to_the_best_version(covered: CoveredSite, reader: str) -> None:
    for case in covered.pages:
        for path in case.detours(reader):
            response = Client().get(f"{path}?page=1")
            assert response.status_code == 302, path
            assert response["Location"] == f"{case.path_for(reader)}?page=1"


def test_drafts_are_not_found_where_they_will_be(covered: CoveredSite) -> None:
    hidden = [path for case in covered.pages for path in case.hidden]
    languages = Counter(path.split("/")[1] for path in hidden)
    assert languages == {"bs": 1, "fi": 5, "es": 7}

    for path in hidden:
        assert Client().get(path).status_code == 404


@pytest.mark.parametrize("reader", READERS)
def test_drafts_are_found_in_no_language(covered: CoveredSite, reader: str) -> None:
    for path in (path for case in covered.pages for path in case.hidden):
        _, _, below = path.removeprefix("/").partition("/")
        assert Client().get(f"/{reader}/{below}").status_code == 404


def test_the_site_map_has_every_version_once_with_its_alternates(covered: CoveredSite) -> None:
    _declaration, _, sitemap = Client().get("/sitemap.xml").content.decode().partition("?>")
    entries = BeautifulSoup(sitemap, "html.parser").select("url")
    found = {str(one(url, "loc").string): url for url in entries}

    for case in covered.pages:
        for below in ("", *case.below):
            urls = {c: f"{HOST}/{c}/{path}{below}" for c, path in case.paths.items()}
            for url in urls.values():
                links = found[url].find_all("xhtml:link")
                known = {link["hreflang"]: link["href"] for link in links}
                assert {**urls, "x-default": urls[case.language_for("en")]} == known
    hidden = [path for case in covered.pages for path in case.hidden]
    assert not any(url.endswith(tuple(hidden)) for url in found)
    assert len(found) == len(entries)
