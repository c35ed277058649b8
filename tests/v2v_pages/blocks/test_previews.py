"""What editors see of a block before they insert it, and of a page before they publish it."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse

from tests.factories import NewsPageFactory
from tests.sites import SiteTree, build_partnership
from tests.v2v_pages.documents import one, text_of
from v2v_pages.blocks import StoryBlock
from v2v_pages.models import HomePage, NewsPage

STORY: StoryBlock = NewsPage._meta.get_field("body").stream_block
SAMPLES = {
    "paragraph": "Preparatory activities",
    "quote": "Kick-off meeting",
    "callout": "Before you travel",
    "table": "Sessions of the kick-off",
    "image": "The workshop in Ferizaj",
    "gallery": "The workshop in Ferizaj",
    "video": "A day in the workshop",
    "documents": "Programme of the visit",
    "twinnings": "APRO Formazione",
    "timeline": "15–25 Mar 2021",
    "people": "Teaches mechatronics",
    "subscribe": "Our newsletter",
}


@pytest.fixture
def editor(db: None) -> Client:
    """A client in which somebody with all rights is signed in."""
    client = Client()
    client.force_login(get_user_model().objects.create_superuser("ada"))
    return client


def preview(editor: Client, block: Any) -> BeautifulSoup:
    address = reverse("wagtailadmin_block_preview")
    response = editor.get(address, {"id": block.definition_prefix})
    assert response.status_code == 200
    return BeautifulSoup(response.content.decode(), "html.parser")


@pytest.mark.parametrize("kind", STORY.child_blocks)
def test_every_block_is_previewed_as_on_the_site(editor: Client, kind: str) -> None:
    build_partnership()

    page = preview(editor, STORY.child_blocks[kind])

    assert SAMPLES[kind] in text_of(page.main)
    assert one(page, "link[rel=stylesheet]")["href"] == "/static/v2v_pages/site.css"


def test_blocks_of_the_home_page_are_previewed_too(editor: Client) -> None:
    for field in ("dates", "strands"):
        (block,) = HomePage._meta.get_field(field).stream_block.child_blocks.values()

        assert text_of(preview(editor, block).main)


def test_a_preview_brings_wagtails_checks_and_a_page_does_not(
    site: SiteTree, editor: Client
) -> None:
    page = NewsPageFactory(parent=site.news, slug="kick-off")

    draft = editor.get(f"/admin/pages/{page.pk}/view_draft/").content.decode()
    public = editor.get("/en/news/kick-off/").content.decode()

    assert "wagtail-userbar" in draft
    assert "wagtail-userbar" not in public


def test_a_draft_is_previewed_without_a_list_of_languages(site: SiteTree, editor: Client) -> None:
    page = NewsPageFactory(parent=site.news, title="Not yet", draft=True)

    response = editor.get(f"/admin/pages/{page.pk}/view_draft/")

    document = BeautifulSoup(response.content.decode(), "html.parser")
    assert text_of(one(document, "h1")) == "Not yet"
    assert document.select("link[hreflang]") == []
