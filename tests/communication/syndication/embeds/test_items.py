"""Frames of one text: any public page, found by its identifier."""

import re

import pytest
from django.test import Client

from tests.communication.syndication.embeds.reading import frame, item_path
from tests.factories import ImageFactory, NewsPageFactory, StandardPageFactory, TwinningFactory
from tests.glossary import ConceptFactory, GlossaryIndexPageFactory
from tests.sites import SiteTree, translate

pytestmark = pytest.mark.django_db


def test_one_text_is_shown_with_its_picture_and_who_made_it(site: SiteTree) -> None:
    image = ImageFactory(credit="Ada", licence="CC-BY-4.0")
    page = NewsPageFactory(
        parent=site.news,
        title="Kick-off",
        summary="We met.",
        listing_image=image,
        is_demo_text=True,
    )

    html = frame(item_path(page))

    assert re.search(r'<h1>\s*<a href="http://localhost/en/news/kick-off/" target="_blank"', html)
    assert "We met." in html
    assert "Demo text: an example that reports nothing." in html
    assert 'srcset="/media/images/' in html
    assert "<figcaption>Ada, CC BY 4.0</figcaption>" in html
    assert "Funded by the European Union." in html
    assert "without prejudice" in html


def test_one_text_keeps_its_address_when_it_moves_and_follows_its_translations(
    site: SiteTree,
) -> None:
    page = NewsPageFactory(parent=site.news, title="Kick-off")
    assert '<h1 lang="en">' in frame(item_path(page, "it"))
    page.slug = "renamed"
    page.save_revision().publish()
    translate(site.news, "it")
    translate(page, "it", title="Avvio")

    assert ">Avvio</a>" in frame(item_path(page, "it"))
    assert "http://localhost/en/news/renamed/" in frame(item_path(page, "en"))


def test_any_public_page_and_what_it_makes_below_itself_can_be_framed(site: SiteTree) -> None:
    pair = TwinningFactory(number=2)
    glossary = GlossaryIndexPageFactory(parent=site.home)
    school = ConceptFactory(terms={"en": "school"}, definitions={"en": "Where people learn."})
    about = StandardPageFactory(parent=site.home, title="About us", summary="Ten schools.")

    assert "Ten schools." in frame(item_path(about))
    assert pair.name in frame(item_path(site.twinnings, route="2/"))
    concept = frame(item_path(glossary, "it", f"{school.identifier}/"))
    assert ">school</a>" in concept
    assert "Where people learn." in concept
    assert f'href="http://localhost/it/glossary/{school.identifier}/"' in concept
    assert Client().get(f"/embed/{item_path(glossary, route='C-9999/')}").status_code == 404
    for route in ("x/", "%00/", "..%2F", "%FF", "x" * 70_000, "../../admin/", "/"):
        assert Client().get(f"/embed/{item_path(about, route=route)}").status_code == 404, route


def test_what_was_withdrawn_leads_to_the_site_and_says_nothing_of_itself(site: SiteTree) -> None:
    page = NewsPageFactory(parent=site.news, title="Withdrawn")
    page.unpublish()

    response = Client().get(f"/embed/{item_path(page, 'it')}")

    html = response.content.decode()
    assert response.status_code == 404
    assert "Withdrawn" not in html
    assert 'href="http://localhost/it/"' in html
    assert "frame-ancestors *" in response["Content-Security-Policy"]
