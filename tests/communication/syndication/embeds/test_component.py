"""What the web component is made of: its script, and lists with all that it has to show."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from communication.syndication.embeds.component import SCRIPT
from tests.communication.syndication.rules import json_feed_faults
from tests.factories import NewsPageFactory, TwinningFactory
from tests.glossary import ConceptFactory, GlossaryIndexPageFactory
from tests.sites import SiteTree

pytestmark = pytest.mark.django_db


def test_the_script_is_small_and_kept_by_browsers_under_one_address() -> None:
    url = reverse("communication_embeds:component")
    response = Client().get(url)

    assert url == "/embed.js"
    assert len(response.content) < 5_000
    assert response["Content-Type"] == "text/javascript; charset=utf-8"
    assert response["Cache-Control"] == "public, max-age=86400, stale-while-revalidate=604800"
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert not response.cookies
    assert Client().get(f"{url}?ver=6.8.1").content == response.content
    known = Client().get(url, headers={"if-none-match": response["ETag"]})
    assert known.status_code == 304


def test_the_script_waits_for_two_seconds_at_most_and_asks_the_cache_within_them() -> None:
    script = Client().get(reverse("communication_embeds:component")).content.decode()

    waits = {name: int(ms) for name, ms in re.findall(r"const (FIRST|ALL) = (\d+);", script)}

    assert waits["ALL"] == 2000
    assert 0 < waits["FIRST"] < waits["ALL"]
    assert 'ask("default", FIRST)' in script
    assert 'ask("force-cache", ALL - FIRST)' in script
    assert "AbortSignal.timeout(wait)" in script


def test_the_script_makes_no_markup_of_words_and_keeps_nothing() -> None:
    script = SCRIPT.read_text(encoding="utf-8")

    for forbidden in (
        "innerHTML", "outerHTML", "insertAdjacent", "document.write", "eval(", "Function(",
        "localStorage", "sessionStorage", "indexedDB", "cookie =", ".style", "<style", "import ",
    ):  # fmt: skip
        assert forbidden not in script


def test_a_list_for_the_component_is_a_json_feed_without_whole_texts(site: SiteTree) -> None:
    page = NewsPageFactory(
        parent=site.news, title="Kick-off", summary="We met.", body=[("paragraph", "<p>Long</p>")]
    )

    response = Client().get("/embed/fi/news.json")
    feed = response.json()

    assert list(json_feed_faults(feed)) == []
    assert response["Content-Type"] == "application/feed+json"
    assert response["Access-Control-Allow-Origin"] == "*"
    assert "Long" not in response.content.decode()
    (item,) = feed["items"]
    assert item["id"] == f"urn:uuid:{page.translation_key}#en"
    assert item["url"] == f"http://localhost/fi/news/{page.slug}/"
    assert (item["title"], item["content_text"], item["language"]) == ("Kick-off", "We met.", "en")
    assert item["_v2v"]["when"] == "29. maaliskuuta 2021"
    assert item["_v2v"]["marks"] == [{"text": "English", "language": "en"}]
    own = feed["_v2v"]
    assert own["site"] == "V2V"
    assert own["licences"] == [
        {"name": "CC BY 4.0", "url": "https://creativecommons.org/licenses/by/4.0/"}
    ]
    assert own["funding"][0] == {"text": "Funded by the European Union.", "language": "en"}
    assert own["footnotes"] == [
        {"text": "* This designation is without prejudice.", "language": "en"}
    ]


def test_the_component_gets_ten_items_of_any_list_and_its_parts(site: SiteTree) -> None:
    pair = TwinningFactory(number=2)
    NewsPageFactory.create_batch(11, parent=site.news)
    NewsPageFactory(parent=site.news, title="Theirs", twinnings=[pair])
    GlossaryIndexPageFactory(parent=site.home)
    ConceptFactory(terms={"en": "school"})

    def shown(name: str) -> list[str]:
        return [item["title"] for item in Client().get(f"/embed/{name}.json").json()["items"]]

    assert len(shown("en/news")) == 10
    assert shown("en/news/twinning/2") == ["Theirs"]
    assert shown("en/terms") == ["school"]
    assert shown("en/stories") == []


@pytest.mark.parametrize("name", ["xx/news", "en/weather", "en/news/twinning/9", "en/terms/tag/x"])
def test_a_list_that_is_not_there_is_not_found(site: SiteTree, name: str) -> None:
    for path in (f"/embed/{name}.json", f"/embed/{name}/"):
        assert Client().get(path).status_code == 404


@pytest.mark.parametrize(
    ("said", "language"),
    [("it-it", "it"), ("en-us", "en"), ("sr-latn-rs", "sr-latn"), ("sr-cyrl-rs", "sr")],
)
def test_a_page_may_say_where_its_language_is_from(
    site: SiteTree, said: str, language: str
) -> None:
    response = Client().get(f"/embed/{said}/news.json")

    assert response["Content-Language"] == language
    assert response.json()["language"] == language


def test_a_language_that_the_site_does_not_speak_has_no_list(site: SiteTree) -> None:
    assert Client().get("/embed/de-at/news.json").status_code == 404
