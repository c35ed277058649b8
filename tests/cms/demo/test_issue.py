"""The demo's newsletter: read and sent in each language of the demo."""

import pytest
from django.test import Client

from cms.demo.pages import find_page
from communication.newsletters.issues.versions import outdated_versions
from communication.newsletters.rendering.issues import issue_languages

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]


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
    assert not outdated_versions(issue)
