"""Translations begin as drafts, never become aliases, and go through the review."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Locale
from wagtail_localize.models import Translation, TranslationSource

from cms.demo.pages import find_page
from cms.services.roles import COMMUNICATION_TEAM, PARTNER_EDITOR
from tests.cms.editing.people import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]

Commits = Callable[..., AbstractContextManager[Any]]
ROLES = [PARTNER_EDITOR, COMMUNICATION_TEAM]
PUBLISHES = [(PARTNER_EDITOR, False), (COMMUNICATION_TEAM, True)]


def translate_into_finnish(client: Client, name: str) -> Any:
    """Starts a translation as an editor does, and returns the page it makes."""
    url = reverse("wagtail_localize:submit_page_translation", args=[find_page(name).pk])
    client.post(url, {"locales": [Locale.objects.get(language_code="fi").pk]})
    return find_page(name, "fi")


@pytest.mark.parametrize("role", ROLES)
def test_a_translation_begins_as_a_draft(
    role: str, django_capture_on_commit_callbacks: Commits
) -> None:
    client = signed_in(role)

    with django_capture_on_commit_callbacks(execute=True):
        page = translate_into_finnish(client, "home")

    page.refresh_from_db()
    assert not page.live
    assert page.translation_origin == "project"
    assert client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).status_code == 200


@pytest.mark.parametrize("role", ROLES)
def test_no_translation_becomes_an_alias(role: str) -> None:
    page = find_page("kick-off", "it")
    client = signed_in(role)
    translations = Translation.objects.filter(target_locale=page.locale, enabled=True)
    before = translations.count()

    url = reverse("wagtail_localize:convert_to_alias", args=[page.pk])
    answers = [client.get(url, follow=True), client.post(url, follow=True)]

    assert all("next best language" in answer.content.decode() for answer in answers)
    page.refresh_from_db()
    assert page.alias_of_id is None
    assert translations.count() == before > 0


@pytest.mark.parametrize("role", ROLES)
def test_nobody_is_offered_an_alias(role: str) -> None:
    client = signed_in(role)
    page = find_page("kick-off", "it")
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])

    in_the_translation_editor = client.get(edit).content.decode()
    Translation.objects.update(enabled=False)
    in_the_page_editor = client.get(edit).content.decode()

    assert "convert_to_alias" not in in_the_translation_editor
    assert "data-props" in in_the_translation_editor
    assert "localize-convert-to-alias" not in in_the_page_editor
    assert "localize-restart-translation" not in in_the_page_editor
    assert "v2v-resume-translation" in in_the_page_editor


@pytest.mark.parametrize(
    ("role", "is_published"), [(PARTNER_EDITOR, False), (COMMUNICATION_TEAM, True)]
)
def test_updated_translations_are_published_only_by_who_may_publish(
    role: str, is_published: bool, django_capture_on_commit_callbacks: Commits
) -> None:
    page = find_page("kick-off", "it")
    source = TranslationSource.objects.get(object_id=page.translation_key)
    before = page.live_revision_id

    with django_capture_on_commit_callbacks(execute=True):
        signed_in(role).post(
            reverse("wagtail_localize:update_translations", args=[source.pk]),
            {"publish_translations": "on"},
        )

    page.refresh_from_db()
    assert (page.live_revision_id != before) == is_published


def test_a_partner_editor_is_told_who_publishes_translations() -> None:
    source = TranslationSource.objects.get(object_id=find_page("kick-off").translation_key)
    url = reverse("wagtail_localize:update_translations", args=[source.pk])

    html = signed_in(PARTNER_EDITOR).get(url).content.decode()

    assert "Somebody who may publish these pages" in html


@pytest.mark.parametrize(
    ("role", "is_published"), [(PARTNER_EDITOR, False), (COMMUNICATION_TEAM, True)]
)
def test_the_translation_editor_publishes_for_who_may_publish(
    role: str, is_published: bool, django_capture_on_commit_callbacks: Commits
) -> None:
    page = find_page("about", "sq")
    before = page.live_revision_id

    with django_capture_on_commit_callbacks(execute=True):
        url = reverse("wagtailadmin_pages:edit", args=[page.pk])
        signed_in(role).post(url, {"action": "publish"})

    page.refresh_from_db()
    assert (page.live_revision_id != before) == is_published
