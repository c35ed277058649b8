"""What networks and search engines are told of issues and their archive, as of all pages."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests.factories import ImageFactory
from tests.issues import NewsletterPageFactory, figure
from tests.sites import translate
from tests.v2v_pages.documents import graph, properties, read
from tests.v2v_pages.schema_org import mistakes

HOST = "http://localhost"
LIST = "/en/newsletters/"
ISSUE = "/en/newsletters/first-issue/"


@pytest.fixture
def issue(archive: Any) -> Any:
    """An issue with a picture, in English and Italian, in an archive that says what it holds."""
    archive.introduction = "What the schools do."
    archive.save_revision().publish()
    issue = NewsletterPageFactory(parent=archive, body=[figure(ImageFactory())])
    translate(archive, "it", title="Notiziari", slug="notiziari")
    translate(issue, "it", title="Primo numero", lead="<p>Ciao.</p>", slug="primo")
    return issue


def described(path: str, kind: str) -> dict[str, Any]:
    """Returns the only node of that type at the top of a page's graph."""
    [found] = [node for node in graph(read(path))["@graph"] if node["@type"] == kind]
    return dict(found)


def test_a_shared_issue_tells_title_language_day_and_picture(issue: Any) -> None:
    told = properties(read(ISSUE))

    assert (told["og:type"], told["og:title"]) == ("article", "First issue")
    assert told["og:description"] == issue.preheader
    assert told["og:url"] == f"{HOST}{ISSUE}"
    assert (told["og:locale"], told["og:locale:alternate"]) == ("en_GB", "it_IT")
    assert told["og:image"].startswith("http://testserver/media/images/")
    assert told["article:published_time"] == timezone.localdate().isoformat()


def test_an_issue_without_picture_is_shared_with_a_card_of_its_title(
    archive: Any, client: Client
) -> None:
    NewsletterPageFactory(parent=archive)

    address = properties(read(ISSUE))["og:image"].removeprefix("http://testserver")

    assert address == "/sharing/en/newsletters/first-issue.png"
    card = client.get(address)
    assert (card.status_code, card["Content-Type"]) == (200, "image/png")
    assert card.content != client.get("/sharing/en/newsletters.png").content


@pytest.mark.parametrize("state", [{"draft": True}, {"restriction": "login"}])
def test_an_issue_that_the_public_cannot_read_has_no_card(
    archive: Any, client: Client, admin_client: Client, state: dict[str, Any]
) -> None:
    NewsletterPageFactory(parent=archive, **state)

    for reader in (client, admin_client):
        assert reader.get("/sharing/en/newsletters/first-issue.png").status_code == 404


@pytest.mark.parametrize("path", [LIST, ISSUE, "/it/notiziari/", "/it/notiziari/primo/"])
def test_the_pages_say_only_what_the_vocabulary_knows(issue: Any, path: str) -> None:
    assert mistakes(graph(read(path))) == []


def test_an_issue_is_news_and_names_its_translation_and_grant(issue: Any) -> None:
    original = described(ISSUE, "NewsArticle")
    translation = described("/it/notiziari/primo/", "NewsArticle")

    assert original["headline"] == "First issue"
    assert original["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert original["image"]["creditText"] == "Photo: V2V"
    assert original["funding"] == {"@id": described(ISSUE, "Grant")["@id"]}
    assert original["workTranslation"][0]["@id"] == translation["@id"]
    assert translation["translationOfWork"]["@id"] == original["@id"]


def test_the_archive_names_its_issues(issue: Any) -> None:
    archive = described(LIST, "CollectionPage")

    assert archive["description"] == "What the schools do."
    listed = archive["mainEntity"]["itemListElement"]
    assert [(each["name"], each["item"]) for each in listed] == [("First issue", f"{HOST}{ISSUE}")]


def test_a_fallback_is_told_as_the_text_that_it_is(issue: Any) -> None:
    assert described("/fi/newsletters/first-issue/", "NewsArticle")["inLanguage"] == "en"
    told = properties(read("/fi/newsletters/first-issue/"))
    assert (told["og:locale"], told["og:url"]) == ("en_GB", f"{HOST}{ISSUE}")


def test_the_form_and_pages_for_one_reader_tell_networks_nothing(news: Any) -> None:
    assert properties(read("/en/subscriptions/")) == {}
