"""The page about privacy says who answers for personal data; no other page does."""

from typing import Any

import pytest

from tests.factories import ProjectSettingsFactory, StandardPageFactory
from tests.sites import SiteTree, translate
from tests.v2v_pages.documents import one, read, text_of

NAMED = {
    "controller_name": "APRO Formazione",
    "controller_address": "1 School Lane\n12051 Alba",
    "contact_email": "office@v2v.example",
}


@pytest.fixture
def privacy(site: SiteTree) -> Any:
    """A page that could be the one about privacy, in English and Italian."""
    page = StandardPageFactory(parent=site.home, title="Privacy", slug="privacy")
    translate(page, "it", title="Privacy", slug="riservatezza")
    return page


def said(path: str) -> str:
    return text_of(one(read(path), "main"))


@pytest.mark.parametrize(
    ("path", "heading"),
    [
        ("/en/privacy/", "Who answers for your data"),
        ("/it/riservatezza/", "Chi risponde dei tuoi dati"),
    ],
)
def test_every_version_of_it_names_the_controller(privacy: Any, path: str, heading: str) -> None:
    ProjectSettingsFactory(privacy_page=privacy, **NAMED)

    assert f"{heading} APRO Formazione 1 School Lane 12051 Alba office@v2v.example" in said(path)


def test_nobody_is_made_up(privacy: Any) -> None:
    ProjectSettingsFactory(privacy_page=privacy)

    assert "Who answers" not in said("/en/privacy/")


def test_other_pages_do_not_name_the_controller(privacy: Any, site: SiteTree) -> None:
    StandardPageFactory(parent=site.home, slug="about")
    ProjectSettingsFactory(privacy_page=privacy, **NAMED)

    assert "APRO Formazione" not in said("/en/about/")


def test_settings_outlive_the_page_about_privacy(privacy: Any) -> None:
    settings = ProjectSettingsFactory(privacy_page=privacy, **NAMED)

    privacy.delete()

    settings.refresh_from_db()
    assert settings.privacy_page is None
    assert read("/en/").select("h1")
