"""No page may take the address under which another one is read in some language."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from wagtail.models import Locale, Page
from wagtail.test.utils.form_data import nested_form_data, streamfield

from cms.models import User
from tests.factories import NewsPageFactory, StandardPageFactory, TwinningFactory
from tests.sites import SiteTree, translate
from v2v_pages.models import StandardPage


@pytest.fixture
def about(site: SiteTree) -> Any:
    return StandardPageFactory(parent=site.home, slug="about", title="About us")


@pytest.fixture
def italian(site: SiteTree) -> Any:
    return site.home.get_translation(Locale.objects.get(language_code="it"))


@pytest.fixture
def editor(db: None) -> Client:
    client = Client()
    client.force_login(User.objects.create_superuser("editor"))
    return client


def form(slug: str) -> dict[str, Any]:
    return dict(
        nested_form_data(
            {
                "title": "Una pagina",
                "slug": slug,
                "summary": "In breve.",
                "body": streamfield([]),
                "licence": "CC-BY-4.0",
                "translation_origin": "original",
            }
        )
    )


def publish_below(parent: Page, slug: str, **fields: Any) -> Any:
    return StandardPageFactory(parent=parent, slug=slug, **fields)


def test_another_page_at_an_untranslated_pages_address_is_refused(about: Any, italian: Any) -> None:
    with pytest.raises(ValidationError, match="About us"):
        publish_below(italian, "about")


def test_the_translation_itself_may_have_the_same_slug(about: Any, italian: Any) -> None:
    assert translate(about, "it").url == "/it/about/"


def test_a_page_may_stand_where_both_can_be_read_in_every_language(
    site: SiteTree, about: Any
) -> None:
    translate(about, "it", slug="chi-siamo")
    other = StandardPageFactory(parent=site.home, slug="contact")

    italian_contact = translate(other, "it", slug="about")

    assert italian_contact.url == "/it/about/"
    assert Client().get("/fi/about/").context["page"].pk == about.pk
    assert Client().get("/fi/contact/").context["page"].pk == other.pk
    assert Client().get("/it/about/").context["page"].pk == italian_contact.pk


def test_a_translated_pages_address_is_taken_for_the_readers_of_other_languages(
    about: Any, italian: Any
) -> None:
    translate(about, "it", slug="chi-siamo")

    # a Finnish reader would look for both at /fi/about/
    with pytest.raises(ValidationError, match="About us"):
        publish_below(italian, "about")


def test_drafts_and_withdrawn_pages_take_no_address(about: Any, italian: Any) -> None:
    about.unpublish()

    assert publish_below(italian, "about").live


def test_the_editor_is_told_before_anything_is_saved(
    about: Any, italian: Any, editor: Client
) -> None:
    url = reverse("wagtailadmin_pages:add", args=["v2v_pages", "standardpage", italian.pk])

    refused = editor.post(url, form("about"))

    assert "slug" in refused.context["form"].errors
    assert "About us" in refused.content.decode()
    assert editor.post(url, form("chi-siamo")).status_code == 302


def test_a_draft_is_asked_for_another_slug_when_it_is_changed(
    about: Any, italian: Any, editor: Client
) -> None:
    draft = publish_below(italian, "pagina", draft=True)

    refused = editor.post(reverse("wagtailadmin_pages:edit", args=[draft.pk]), form("about"))

    assert "slug" in refused.context["form"].errors


def test_a_copy_is_refused_at_a_taken_address(about: Any, italian: Any, editor: Client) -> None:
    page = publish_below(italian, "pagina")
    copy = {"new_title": "Copia", "new_slug": "about", "new_parent_page": italian.pk}

    refused = editor.post(reverse("wagtailadmin_pages:copy", args=[page.pk]), copy)

    assert "About us" in str(refused.context["form"].errors["new_slug"])
    assert not StandardPage.objects.filter(title="Copia").exists()


def test_a_page_is_not_moved_to_a_taken_address(about: Any, italian: Any, editor: Client) -> None:
    parent = publish_below(italian, "progetto")
    page = publish_below(parent, "about")
    url = reverse("wagtailadmin_pages:move_confirm", args=[page.pk, italian.pk])

    answer = editor.post(url, follow=True)

    page.refresh_from_db()
    assert page.get_parent().pk == parent.pk
    assert "About us" in answer.content.decode()


def test_a_page_cannot_hide_behind_what_its_parent_shows(site: SiteTree) -> None:
    TwinningFactory(number=3)

    with pytest.raises(ValidationError, match="Twinnings"):
        NewsPageFactory(parent=site.twinnings, slug="3")
