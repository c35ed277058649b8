"""Words in another language keep it in the editor, on pages, in feeds, in the API and in search."""

import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter
from wagtail.rich_text import expand_db_html, get_text_for_indexing

from tests.factories import NewsPageFactory
from tests.sites import SiteTree, build_site
from v2v_pages.blocks.text import CALLOUT_FEATURES, PARAGRAPH_FEATURES
from v2v_snippets.language_parts import with_spans

pytestmark = pytest.mark.django_db

CHOOSER = "v2v_choose_language"
SHOWN = '<p>Say <span lang="sq">mirë <b>se</b> vini</span> there.</p>'


def part(language: str, words: str = "mirë <b>se</b> vini") -> str:
    return f'<a linktype="language" lang="{language}">{words}</a>'


@pytest.fixture
def site() -> SiteTree:
    tree = build_site()
    body = [("paragraph", f"<p>Say {part('sq')} there.</p>")]
    NewsPageFactory(parent=tree.news, slug="words", body=body)
    return tree


@pytest.mark.parametrize("language", ["sq", "sr-latn", "la", "de-AT", "zh-Hant"])
def test_words_are_shown_in_their_language(language: str) -> None:
    html = with_spans(expand_db_html(part(language)))

    assert html == f'<span lang="{language}">mirë <b>se</b> vini</span>'


@pytest.mark.parametrize("language", ["", "x", "sq mirë", "sq&quot;", "a" * 36, "sq-", "шћ"])
def test_what_is_no_language_is_plain_text(language: str) -> None:
    assert with_spans(expand_db_html(part(language, "x"))) == "<a>x</a>"


@pytest.mark.parametrize("features", [PARAGRAPH_FEATURES, CALLOUT_FEATURES])
@pytest.mark.parametrize(("language", "name"), [("sq", "shqip"), ("la", "la")])
def test_the_editor_gives_back_what_was_stored(
    features: list[str], language: str, name: str
) -> None:
    stored = f'<p data-block-key="abcde">Say {part(language)}.</p>'
    converter = ContentstateConverter(features=features)

    state = converter.from_database_format(stored)

    (entity,) = json.loads(state)["entityMap"].values()
    assert (entity["type"], entity["mutability"]) == ("LANGUAGE", "MUTABLE")
    assert entity["data"] == {"lang": language, "name": name}
    assert converter.to_database_format(state) == stored


def test_readers_feeds_and_the_api_are_told_the_language(client: Client, site: SiteTree) -> None:
    page = client.get("/en/news/words/").content.decode()
    feed = client.get("/feeds/en/news.json").json()
    api = client.get("/api/v1/news/", {"fields": "body"}).json()

    assert '<span lang="sq">mirë <b>se</b> vini</span>' in page
    assert SHOWN in feed["items"][0]["content_html"]
    assert api["items"][0]["body"][0]["html"] == SHOWN


def test_search_reads_the_words_alone() -> None:
    assert get_text_for_indexing(f"<p>Say {part('sq')}.</p>") == "Say mirë se vini."


@pytest.mark.parametrize(
    ("answers", "chosen"),
    [
        ({"language": "sq"}, {"lang": "sq", "name": "shqip"}),
        ({"language": "sr-latn"}, {"lang": "sr-latn", "name": "srpski (latinica)"}),
        ({"other": " la "}, {"lang": "la", "name": "la"}),
    ],
)
def test_the_dialog_answers_with_a_language(
    admin_client: Client, answers: dict[str, str], chosen: dict[str, str]
) -> None:
    answer = admin_client.post(reverse(CHOOSER), answers).json()

    assert answer == {"step": "chosen", "result": chosen}


@pytest.mark.parametrize(
    "answers",
    [{}, {"language": "sq", "other": "la"}, {"other": "Latin!"}, {"other": "x"}, {"language": "q"}],
)
def test_the_dialog_asks_again_unless_there_is_one_language(
    admin_client: Client, answers: dict[str, Any]
) -> None:
    answer = admin_client.post(reverse(CHOOSER), answers | {"sent": "1"}).json()

    assert answer["step"] == "choose"
    assert "error" in answer["html"]


def test_the_dialog_begins_with_the_language_that_the_words_have(admin_client: Client) -> None:
    listed = admin_client.get(reverse(CHOOSER), {"lang": "sq"}).json()["html"]
    written = admin_client.get(reverse(CHOOSER), {"lang": "la"}).json()["html"]

    assert '<option value="sq" selected>shqip</option>' in listed
    assert 'value="la"' in written


def test_only_editors_are_asked(client: Client) -> None:
    assert client.get(reverse(CHOOSER)).status_code == 302
