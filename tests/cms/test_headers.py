"""What each group of addresses lets caches, other sites and browsers do."""

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from tests.factories import ImageFactory, NewsPageFactory, PartnerFactory
from tests.pictures import drawn
from tests.sites import SiteTree, build_site
from v2v_snippets.images import picture_of


@pytest.fixture
def site(db: None) -> SiteTree:
    return build_site("it")


@pytest.fixture
def editor(db: None) -> Client:
    """A client in which somebody with all rights is signed in."""
    client = Client()
    client.force_login(get_user_model().objects.create_superuser("ada"))
    return client


def policy(response: Any) -> dict[str, list[str]]:
    """Returns the content security policy by directive."""
    header = str(response["Content-Security-Policy"])
    parts = [directive.split() for directive in header.split(";") if directive.strip()]
    return {name: sorted(sources) for name, *sources in parts}


@pytest.mark.parametrize("path", ["/en/", "/fi/", "/en/news/", "/en/news/kick-off/"])
def test_pages_may_be_kept_by_anybody_for_a_minute(site: SiteTree, path: str) -> None:
    NewsPageFactory(parent=site.news, slug="kick-off")

    response = Client().get(path)

    assert response["Cache-Control"] == "public, max-age=60"
    assert "Cookie" not in response.get("Vary", "")
    assert response.cookies == {}


def test_a_reader_with_a_cookie_gets_the_same_page(site: SiteTree) -> None:
    client = Client()
    client.cookies["sessionid"] = "left over"

    response = client.get("/en/")

    assert response.content == Client().get("/en/").content
    assert "Cookie" not in response.get("Vary", "")


def test_a_restricted_page_is_never_kept(site: SiteTree) -> None:
    NewsPageFactory(parent=site.news, slug="internal", restriction="login")

    response = Client().get("/en/news/internal/")

    assert response.status_code == 302
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize("path", ["/en/", "/en/nothing/", "/robots.txt", "/"])
def test_the_public_site_allows_no_script_and_no_other_host(site: SiteTree, path: str) -> None:
    assert policy(Client().get(path)) == {
        "default-src": ["'none'"],
        "style-src": ["'self'"],
        "img-src": ["'self'"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }


@pytest.mark.parametrize("path", ["/en/", "/admin/", "/en/nothing/", "/robots.txt"])
def test_no_page_may_use_the_readers_devices(site: SiteTree, editor: Client, path: str) -> None:
    response = editor.get(path)

    assert "camera=()" in response["Permissions-Policy"]
    assert response["X-Content-Type-Options"] == "nosniff"


def test_json_has_the_headers_that_mean_something_for_it(site: SiteTree) -> None:
    response = Client().get("/api/v1/news/")

    assert response["X-Content-Type-Options"] == "nosniff"
    assert policy(response)["frame-ancestors"] == policy(response)["default-src"] == ["'none'"]
    documents = {"Permissions-Policy", "Referrer-Policy", "X-Frame-Options"}
    assert documents.isdisjoint(response.headers)
    assert documents <= set(Client().get("/en/").headers)


def test_the_admin_keeps_nothing_and_frames_only_itself(site: SiteTree, editor: Client) -> None:
    response = editor.get("/admin/")

    assert response["Cache-Control"] == "private, no-store"
    assert policy(response)["frame-ancestors"] == ["'self'"]
    assert policy(response)["default-src"] == ["'none'"]
    assert "'unsafe-inline'" not in policy(response)["script-src-attr"]
    assert response["X-Frame-Options"] == "SAMEORIGIN"


def test_a_preview_can_be_framed_by_the_admin(site: SiteTree, editor: Client) -> None:
    page = NewsPageFactory(parent=site.news, title="Preview me")

    response = editor.get(f"/admin/pages/{page.pk}/view_draft/")

    assert "Preview me" in response.content.decode()
    assert policy(response)["frame-ancestors"] == ["'self'"]
    assert response["X-Frame-Options"] == "SAMEORIGIN"
    assert response["Cache-Control"] == "private, no-store"


def test_pictures_may_be_shown_by_other_sites(db: None) -> None:
    image = drawn(ImageFactory())
    picture = picture_of(image, "card")
    assert picture is not None
    PartnerFactory(logo=image)

    response = Client().get(picture.sources[0].srcset.split()[0])

    assert response["Content-Type"] == "image/avif"
    assert response["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert response["Cache-Control"] == "public, max-age=3600"
    assert response.getvalue()


@pytest.mark.parametrize(
    ("path", "policy"),
    [
        ("/api/v1/funding/", "cross-origin"),
        ("/feeds/en/news.atom", "cross-origin"),
        ("/sitemap.xml", "cross-origin"),
        ("/en/", "same-origin"),
        ("/admin/login/", "same-origin"),
    ],
)
def test_other_sites_may_show_what_is_meant_for_them(
    client: Client, site: SiteTree, path: str, policy: str
) -> None:
    response = client.get(path)

    assert response.status_code == 200
    assert response["Cross-Origin-Resource-Policy"] == policy


def test_other_sites_may_show_the_emblem_that_the_api_names(client: Client, db: None) -> None:
    # static files are there in a running site alone; the header depends on the address
    response = client.get("/static/v2v_pages/eu-emblem.svg")

    assert response["Cross-Origin-Resource-Policy"] == "cross-origin"


def test_originals_are_served_to_nobody(db: None) -> None:
    image = ImageFactory()

    for path in (
        f"/media/{image.file.name}",
        f"/media/images/..%2f{image.file.name}",
        f"/media/images/%2e%2e/{image.file.name}",
    ):
        assert Client().get(path).status_code in {400, 404}


@pytest.mark.parametrize(
    ("accepted", "home"),
    [
        ("sq-XK,sq;q=0.9,en;q=0.8", "/sq/"),
        ("de-DE,de;q=0.9,it;q=0.5", "/it/"),
        ("de", "/en/"),
        ("", "/en/"),
        ("*;q=nonsense, \x7f", "/en/"),
    ],
)
def test_the_front_door_leads_to_the_language_that_the_browser_prefers(
    accepted: str, home: str
) -> None:
    client = Client()
    client.cookies["django_language"] = "fi"

    response = client.get("/", HTTP_ACCEPT_LANGUAGE=accepted)

    assert response["Location"] == home
    assert response["Vary"] == "Accept-Language"
    assert response["Cache-Control"] == "public, max-age=60"


def test_browsers_that_ask_for_the_old_icon_are_led_to_the_new_one() -> None:
    response = Client().get("/favicon.ico")

    assert response.status_code == 301
    assert response["Location"].endswith(".svg")
