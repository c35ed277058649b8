"""The demo's translations: whole, marked as the project's own, and open to whoever goes on."""

import itertools
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from wagtail.models import Page
from wagtail_localize.models import Translation

from cms.demo import issues
from cms.demo.pages import english_pages, find_page
from cms.demo.translations import IN_SERBIAN
from cms.services.roles import COMMUNICATION_TEAM
from communication.newsletters.issues.versions import outdated_versions, ready_versions
from communication.newsletters.rendering.issues import issue_languages
from tests.v2v_pages.documents import one, read, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]

TRANSLATED = ("it", "sq")
"""What has all pages; Serbian has a few."""

PAGES = [
    *itertools.product([*english_pages(), *issues.issue_names()], TRANSLATED),
    *((name, "sr") for name in IN_SERBIAN),
]


@pytest.mark.parametrize(("name", "language"), PAGES)
def test_each_page_is_wholly_translated_by_the_project(name: str, language: str) -> None:
    page = find_page(name, language)
    translation = Translation.objects.get(
        source__object_id=page.translation_key, target_locale=page.locale
    )

    total, translated = translation.get_progress()
    assert total == translated
    assert page.translation_origin == "project"
    assert page.alias_of_id is None


def test_there_is_no_finnish_page_so_that_finns_see_the_fallback() -> None:
    assert not Page.objects.filter(locale__language_code="fi").exists()


@pytest.mark.parametrize(
    ("asked", "path", "heading"),
    [
        ("/sr/", "/sr/", "Пет европских школа, пет балканских школа, један заједнички подухват"),
        ("/sr/news/kick-off/", "/sr/vesti/pocetak-projekta/", "пилот-пројекат V2V-VET to VET"),
        ("/sr/partners/", "/sr/partneri/", "Партнери"),
    ],
)
def test_serbs_read_pages_of_their_own_that_search_engines_list(
    client: Client, asked: str, path: str, heading: str
) -> None:
    answer = client.get(asked, follow=True)
    page = read(path)

    assert answer.request["PATH_INFO"] == path
    assert "X-Robots-Tag" not in answer
    assert heading in text_of(one(page, "h1"))
    assert one(page, "html")["lang"] == "sr"
    assert not one(page, "main").get("lang")
    assert one(page, "link[rel=canonical]")["href"] == f"http://localhost{path}"
    assert "Европск" in text_of(one(page, ".fund"))


@pytest.mark.parametrize("language", ["sr-latn", "cnr", "bs", "hr"])
def test_nobody_else_is_shown_cyrillic(client: Client, language: str) -> None:
    path = f"/{language}/news/kick-off/"

    assert text_of(one(read(path), "h1")).endswith("took off!")
    assert client.get(path)["X-Robots-Tag"] == "noindex"


@pytest.mark.parametrize(
    ("name", "italian", "albanian"),
    [
        ("news", "notizie", "lajme"),
        ("twinnings", "gemellaggi", "binjakezime"),
        ("kick-off", "kick-off", "takimi-nises"),
        ("about", "il-progetto", "rreth-projektit"),
        ("newsletters", "newsletter", "buletine"),
    ],
)
def test_addresses_are_translated(name: str, italian: str, albanian: str) -> None:
    assert find_page(name, "it").slug == italian
    assert find_page(name, "sq").slug == albanian


@pytest.mark.parametrize(
    ("language", "path", "title", "mark"),
    [
        (
            "it",
            "newsletter/kick-off",
            "Il progetto ha preso il via",
            "Traduzione a cura del progetto.",
        ),
        ("sq", "buletine/takimi-nises", "Projekti nisi", "Përkthyer nga projekti."),
    ],
)
def test_the_issue_is_read_in_each_language_and_says_who_translated_it(
    client: Client, language: str, path: str, title: str, mark: str
) -> None:
    archive = path.partition("/")[0]

    page = client.get(f"/{language}/{path}/").content.decode()
    [item] = client.get("/api/v1/newsletters/", {"locale": language}).json()["items"]

    assert title in page
    assert mark in page
    assert title in client.get(f"/{language}/{archive}/").content.decode()
    assert (item["title"], item["translation_origin"]) == (title, "project")
    assert item["locale"] == {"requested": language, "served": language}


def test_the_issue_goes_out_in_the_languages_of_the_demo() -> None:
    issue = find_page("newsletter-kick-off")

    assert issue_languages(issue) == ("en", "it", "sq")
    assert not outdated_versions(issue, ready_versions(issue))


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_translated_article_keeps_tags_pairs_and_dates(language: str) -> None:
    english, page = find_page("kick-off"), find_page("kick-off", language)

    assert set(page.tags.names()) == set(english.tags.names()) != set()
    assert [t.pk for t in page.twinnings.all()] == [t.pk for t in english.twinnings.all()]
    assert [block.block_type for block in page.body] == [block.block_type for block in english.body]
    assert page.is_date_assumed


@pytest.mark.parametrize("language", TRANSLATED)
def test_an_editor_goes_on_in_the_translation_editor(client: Client, language: str) -> None:
    editor = get_user_model().objects.create_user("editor", password="a long password")
    editor.groups.add(Group.objects.get(name=COMMUNICATION_TEAM))
    client.force_login(editor)

    for name in english_pages():
        page = find_page(name, language)
        response = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
        assert response.status_code == 200
        assert "wagtail_localize/admin/edit_translation.html" in template_names(response)


def template_names(response: Any) -> set[str]:
    """The names of all templates that made a response."""
    return {template.name for template in response.templates}
