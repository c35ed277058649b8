"""Pages travel packed, what could betray a secret or a version does not."""

import gzip

import brotli
import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from tests.factories import NewsPageFactory
from tests.sites import SiteTree, build_site

PACKED = {"Accept-Encoding": "gzip"}


@pytest.fixture
def site(db: None) -> SiteTree:
    tree = build_site("it")
    NewsPageFactory(parent=tree.news, slug="kick-off")
    return tree


@pytest.mark.parametrize("path", ["/en/", "/en/news/kick-off/", "/fi/news/kick-off/", "/en/none/"])
def test_pages_travel_packed_to_whoever_can_unpack_them(site: SiteTree, path: str) -> None:
    plain, packed = Client().get(path), Client().get(path, headers=PACKED)

    assert packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content
    assert len(packed.content) * 2 < len(plain.content)
    assert packed["Content-Length"] == str(len(packed.content))
    assert "Content-Encoding" not in plain


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [("gzip, deflate, br", "br"), ("gzip;q=0, br;q=0.1", "br"), ("gzip;q=0", ""), ("zstd", "")],
)
def test_a_page_is_packed_as_its_reader_takes_it(
    site: SiteTree, accepted: str, encoding: str
) -> None:
    plain = Client().get("/en/")

    packed = Client().get("/en/", headers={"Accept-Encoding": accepted})

    assert packed.get("Content-Encoding", "") == encoding
    body = brotli.decompress(packed.content) if encoding else packed.content
    assert body == plain.content


def test_caches_keep_packed_and_plain_pages_apart(site: SiteTree) -> None:
    plain, packed = Client().get("/en/"), Client().get("/en/", headers=PACKED)

    assert plain["Vary"] == packed["Vary"] == "Accept-Encoding"
    assert packed["Cache-Control"] == "public, max-age=60"


@pytest.mark.parametrize("path", ["/api/v1/news/", "/feeds/en/news.atom", "/sitemap.xml"])
def test_answers_for_machines_keep_their_bytes_and_their_etag(site: SiteTree, path: str) -> None:
    plain, asked = Client().get(path), Client().get(path, headers=PACKED)

    assert plain.status_code == 200
    assert "Content-Encoding" not in asked
    assert asked.get("ETag") == plain.get("ETag")


@pytest.mark.parametrize("path", ["/admin/login/", "/admin/"])
def test_a_page_with_a_token_is_never_packed(site: SiteTree, path: str) -> None:
    client = Client()
    if path == "/admin/":
        client.force_login(get_user_model().objects.create_superuser("ada"))

    response = client.get(path, headers=PACKED)

    assert "csrf" in response.content.decode().lower()
    assert "Content-Encoding" not in response
