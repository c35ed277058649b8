"""Each item in the language asked for, or in the nearest one, and it says which."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.factories import (
    CountryFactory,
    NewsPageFactory,
    PartnerFactory,
    TwinningFactory,
    TwinningStoryPageFactory,
)
from tests.sites import SiteTree, translate
from tests.texts import PARTNERSHIP
from v2v_snippets.enums import TranslationOrigin

Get = Callable[..., Any]


@pytest.fixture
def articles(tree: SiteTree) -> dict[str, Any]:
    """An article in English and Italian, one in English only, a story born in Albanian."""
    translate(tree.news, "it", slug="notizie")
    albanian_list = translate(tree.twinnings, "sq", slug="binjakezime")
    both = NewsPageFactory(parent=tree.news, title="Both", slug="both")
    translate(both, "it", title="Ambedue", slug="ambedue")
    return {
        "both": both,
        "english": NewsPageFactory(parent=tree.news, title="English", slug="english"),
        "albanian": TwinningStoryPageFactory(parent=albanian_list, title="Shqip", slug="shqip"),
    }


def test_the_language_asked_for_is_served_where_there_is_one(
    get: Get, articles: dict[str, Any]
) -> None:
    answer = get(f"news/{articles['both'].translation_key}/", locale="it")

    item = answer.json()
    assert item["title"] == "Ambedue"
    assert item["locale"] == {"requested": "it", "served": "it"}
    assert item["url"] == "http://localhost/it/notizie/ambedue/"
    assert item["canonical_url"] == item["url"]
    assert answer["Content-Language"] == "it"


def test_what_is_missing_comes_in_the_nearest_language_and_says_so(
    get: Get, articles: dict[str, Any]
) -> None:
    answer = get(f"news/{articles['english'].translation_key}/", locale="it")

    item = answer.json()
    assert item["title"] == "English"
    assert item["locale"] == {"requested": "it", "served": "en"}
    assert item["url"] == "http://localhost/it/news/english/"
    assert item["canonical_url"] == "http://localhost/en/news/english/"
    assert answer["Content-Language"] == "en"


def test_a_story_born_elsewhere_is_in_everybodys_list(get: Get, articles: dict[str, Any]) -> None:
    for language in ("en", "it", "fi", "sq"):
        [item] = get("stories/", locale=language).json()["items"]

        assert item["title"] == "Shqip"
        assert item["locale"] == {"requested": language, "served": "sq"}
        assert item["url"] == f"http://localhost/{language}/binjakezime/shqip/"


def test_each_article_is_listed_once(get: Get, articles: dict[str, Any]) -> None:
    answer = get("news/", locale="it", order="title")

    assert [item["title"] for item in answer.json()["items"]] == ["Ambedue", "English"]
    assert answer["Content-Language"] == "it, en"


def test_without_fallback_only_that_language_is_served(get: Get, articles: dict[str, Any]) -> None:
    listed = get("news/", locale="it", fallback="none")
    missing = get(f"news/{articles['english'].translation_key}/", locale="it", fallback="none")
    story = get("stories/", locale="it", fallback="none")

    assert [item["title"] for item in listed.json()["items"]] == ["Ambedue"]
    assert missing.status_code == 404
    assert story.json()["items"] == []
    assert story["Content-Language"] == "it"


def test_without_a_language_the_sites_own_is_served(get: Get, articles: dict[str, Any]) -> None:
    item = get(f"content/{articles['both'].translation_key}/").json()

    assert item["locale"] == {"requested": "en", "served": "en"}


def test_alternates_name_each_version_with_the_state_of_its_text(
    get: Get, articles: dict[str, Any]
) -> None:
    machine = articles["both"].get_translations().get()
    machine.translation_origin = TranslationOrigin.MACHINE
    machine.save_revision().publish()

    for path in ("news", "content"):
        item = get(f"{path}/{articles['both'].translation_key}/").json()

        states = {(a["locale"], a["url"], a["state"]) for a in item["alternates"]}
        assert states == {
            ("en", "http://localhost/en/news/both/", "original"),
            ("it", "http://localhost/it/notizie/ambedue/", "machine"),
        }
    assert item["translation_origin"] == "original"


def test_names_of_records_come_in_the_language_asked_for(get: Get, tree: SiteTree) -> None:
    italy = CountryFactory(code="IT", texts={"en": {"name": "Italy"}, "it": {"name": "Italia"}})
    school = PartnerFactory(
        country=italy,
        texts={
            "en": {"description": "A school", "sectors": "tourism"},
            "it": {"description": "Una scuola", "sectors": ""},
        },
    )
    TwinningFactory(european_school=school, texts={"en": {"goals": "Exchange"}})

    partner = get("partners/", locale="it", side="eu").json()["items"][0]
    twinning = get("twinnings/", locale="it").json()["items"][0]
    countries = get("countries/", locale="it").json()["items"]

    assert partner["country"]["name"] == "Italia"
    assert partner["description"] == {"text": "Una scuola", "language": "it"}
    assert partner["sectors"] is None
    assert twinning["goals"] == {"text": "Exchange", "language": "en"}
    assert twinning["european_school"]["country"]["name"] == "Italia"
    assert {c["code"]: (c["name"], c["language"]) for c in countries} == {
        "IT": ("Italia", "it"),
        "XK": ("Kosovo*", "en"),
    }


def test_records_without_fallback_have_texts_in_that_language_only(
    get: Get, tree: SiteTree
) -> None:
    CountryFactory(code="IT", texts={"en": {"name": "Italy"}, "it": {"name": "Italia"}})
    TwinningFactory(texts={"en": {"goals": "Exchange"}})

    twinning = get("twinnings/", locale="it", fallback="none").json()["items"][0]
    countries = get("countries/", locale="it", fallback="none").json()["items"]

    assert twinning["goals"] is None
    assert [country["code"] for country in countries] == ["IT"]


def test_languages_are_listed_with_their_own_names(get: Get, tree: SiteTree) -> None:
    items = get("locales/").json()["items"]

    assert [item["code"] for item in items] == PARTNERSHIP
    assert items[10] == {
        "code": "sq",
        "name": "shqip",
        "url": "http://localhost/sq/",
        "is_default": False,
        "fallbacks": ["en"],
        "english_name": "Albanian",
        "direction": "ltr",
        "item_count": 1,
    }
    assert get("locales/", fields="name").json()["items"][0] == {"code": "en", "name": "English"}
