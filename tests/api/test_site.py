"""What a front end needs around the content: menus, and what the project says about itself."""

from collections.abc import Callable
from datetime import date
from html.parser import HTMLParser
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cms.api.schemas.project import NavigationSchema, SettingsSchema
from tests.factories import CountryFactory, ProjectSettingsFactory, StandardPageFactory, add_text
from tests.sites import SiteTree, translate
from v2v_snippets.models import FooterLink, SocialLink

Get = Callable[..., Any]


class Links(HTMLParser):
    """Collects the addresses of the links inside one element."""

    def __init__(self, element: str) -> None:
        super().__init__()
        self.element = element
        self.depth = 0
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.depth += tag == self.element
        if tag == "a" and self.depth:
            self.addresses.append(str(dict(attrs)["href"]))

    def handle_endtag(self, tag: str) -> None:
        self.depth -= tag == self.element


@pytest.fixture
def privacy(tree: SiteTree) -> Any:
    """A page in the footer."""
    page = StandardPageFactory(parent=tree.home, title="Privacy", slug="privacy")
    settings = ProjectSettingsFactory(
        controller_name="APRO",
        controller_address="Alba",
        accessibility_assessed_on=date(2021, 5, 1),
        accessibility_email="access@v2v.example",
        texts={"en": {"tagline": "Ten schools"}, "it": {"tagline": "Dieci scuole"}},
    )
    FooterLink.objects.create(settings=settings, page=page)
    SocialLink.objects.create(settings=settings, label="Channel", url="https://video.example/v2v")
    return page


def test_the_menu_is_that_of_the_site_in_its_order(
    get: Get, client: Client, tree: SiteTree, privacy: Any
) -> None:
    translate(tree.news, "it", title="Notizie", slug="notizie")

    navigation = get("navigation/", locale="it").json()

    assert navigation["home"] == "http://localhost/it/"
    assert [(link["title"], link["url"], link["language"]) for link in navigation["menu"]] == [
        ("Notizie", "http://localhost/it/notizie/", "it"),
        ("Twinnings", "http://localhost/it/twinnings/", "en"),
        ("Schools", "http://localhost/it/schools/", "en"),
    ]
    assert [link["url"] for link in navigation["footer"]] == ["http://localhost/it/privacy/"]
    page = Links("footer")
    page.feed(client.get("/it/").content.decode())
    told = [link["url"].removeprefix("http://localhost") for link in navigation["menu"]]
    assert page.addresses[: len(told) + 1] == [*told, "/it/privacy/"]


def test_links_name_the_item_behind_them(get: Get, tree: SiteTree, privacy: Any) -> None:
    navigation = get("navigation/").json()

    first, footer = navigation["menu"][0], navigation["footer"][0]

    assert (first["id"], first["type"]) == (str(tree.news.translation_key), "section")
    assert (footer["id"], footer["type"]) == (str(privacy.translation_key), "page")
    assert get(f"content/{footer['id']}/").json()["title"] == "Privacy"
    NavigationSchema.model_validate(navigation, extra="forbid")


def test_without_fallback_only_links_in_that_language_come(get: Get, tree: SiteTree) -> None:
    translate(tree.news, "it", title="Notizie")

    navigation = get("navigation/", locale="it", fallback="none").json()

    assert [link["title"] for link in navigation["menu"]] == ["Notizie"]


def test_pages_that_are_not_public_are_in_no_menu(get: Get, tree: SiteTree, privacy: Any) -> None:
    privacy.unpublish()
    tree.news.unpublish()

    navigation = get("navigation/").json()

    assert navigation["footer"] == []
    assert [link["title"] for link in navigation["menu"]] == ["Twinnings", "Schools"]


def test_the_settings_say_what_stands_on_every_page(get: Get, privacy: Any) -> None:
    CountryFactory(kosovo=True)

    settings = get("settings/", locale="it").json()

    SettingsSchema.model_validate(settings, extra="forbid")
    assert settings == {
        "name": "V2V",
        "url": "http://localhost/it/",
        "tagline": {"text": "Dieci scuole", "language": "it"},
        "contact_email": "office@v2v.example",
        "controller": {"name": "APRO", "address": "Alba"},
        "accessibility": {"assessed_on": "2021-05-01", "email": "access@v2v.example"},
        "social_links": [{"label": "Channel", "url": "https://video.example/v2v"}],
        "default_locale": "en",
        "licence": {
            "code": "CC-BY-4.0",
            "url": "https://creativecommons.org/licenses/by/4.0/",
            "attribution": "V2V",
        },
        "funding": {
            "emblem_line": {"text": "Funded by the European Union.", "language": "en"},
            "disclaimer": {
                "text": "This communication reflects only the author's view.",
                "language": "en",
            },
        },
        "footnotes": [
            {"text": "* This designation is without prejudice.", "language": "en"},
        ],
    }


def test_a_site_without_settings_has_empty_ones(get: Get, tree: SiteTree) -> None:
    settings = get("settings/").json()

    SettingsSchema.model_validate(settings, extra="forbid")
    assert settings["contact_email"] == ""
    assert settings["tagline"] is None
    assert settings["funding"] is None


def test_the_tagline_comes_in_the_nearest_language_or_not_at_all(get: Get, privacy: Any) -> None:
    assert get("settings/", locale="sq").json()["tagline"]["language"] == "en"
    assert get("settings/", locale="sq", fallback="none").json()["tagline"] is None


def test_only_what_is_asked_for_comes(get: Get, privacy: Any) -> None:
    assert get("settings/", fields="contact_email").json() == {
        "name": "V2V",
        "contact_email": "office@v2v.example",
    }


@pytest.mark.parametrize("path", ["navigation/", "settings/"])
def test_it_costs_the_same_queries_whatever_the_site_holds(
    get: Get, tree: SiteTree, privacy: Any, path: str
) -> None:
    def cost() -> int:
        get(path)
        with CaptureQueriesContext(connection) as captured:
            assert get(path).status_code == 200
        return len(captured)

    before = cost()
    settings = FooterLink.objects.get().settings
    for language in ("it", "sq"):
        translate(tree.news, language)
    for number in range(5):
        page = StandardPageFactory(parent=tree.home, show_in_menus=True)
        FooterLink.objects.create(settings=settings, page=page)
        SocialLink.objects.create(
            settings=settings, label=f"{number}", url=f"https://video.example/{number}"
        )
    add_text(settings, "sq", tagline="Dhjetë shkolla")

    assert cost() == before <= 9
