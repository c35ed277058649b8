"""Everything that is public, whatever its type."""

from collections.abc import Callable
from typing import Any

from django.test import Client

from tests.factories import NewsPageFactory, StandardPageFactory, TwinningStoryPageFactory
from tests.sites import SiteTree
from v2v_pages.models import HomePage

Get = Callable[..., Any]


def test_all_types_are_listed_latest_first(get: Get, tree: SiteTree) -> None:
    NewsPageFactory(parent=tree.news, title="An article")
    TwinningStoryPageFactory(parent=tree.twinnings, title="A story")
    StandardPageFactory(parent=tree.home, title="About")

    items = get("content/").json()["items"]

    assert [(item["type"], item["title"]) for item in items] == [
        ("page", "About"),
        ("stories", "A story"),
        ("news", "An article"),
        ("section", "Schools"),
        ("section", "Twinnings"),
        ("section", "News"),
        ("home", "V2V"),
    ]


def test_types_filter_and_may_be_repeated(client: Client, tree: SiteTree) -> None:
    NewsPageFactory(parent=tree.news)
    StandardPageFactory(parent=tree.home)

    def types(query: str) -> set[str]:
        items = client.get(f"/api/v1/content/?{query}").json()["items"]
        return {item["type"] for item in items}

    assert types("type=news") == {"news"}
    assert types("type=news&type=page") == {"news", "page"}
    assert types("type=section") == {"section"}


def test_unknown_types_are_refused_with_the_known_ones(get: Get, tree: SiteTree) -> None:
    answer = get("content/", type="poem")

    assert answer.status_code == 400
    [error] = answer.json()["errors"]
    assert error["parameter"] == "type"
    assert {"news", "stories", "page", "home", "section"} <= set(error["allowed"])


def test_a_standing_page_has_its_body(get: Get, tree: SiteTree) -> None:
    page = StandardPageFactory(parent=tree.home)

    item = get(f"content/{page.translation_key}/").json()

    assert item["body"][0]["html"] == "<p>About the project.</p>"


def test_the_home_page_has_its_dates_and_strands(get: Get, tree: SiteTree) -> None:
    about = StandardPageFactory(parent=tree.home, title="About")
    draft = StandardPageFactory(parent=tree.home, title="Secret", draft=True)
    home = HomePage.objects.get(pk=tree.home.pk)
    date = {"starts_on": "2021-04-01", "ends_on": None, "precision": "month", "title": "Work"}
    home.dates = [{"type": "date", "value": {**date, "text": ""}, "id": "a"}]
    home.strands = [
        {"type": "strand", "value": {"title": name, "text": "…", "page": page.pk}, "id": name}
        for name, page in (("Glossary", about), ("Hidden", draft))
    ]
    home.save_revision().publish()

    item = get(f"content/{home.translation_key}/").json()

    assert item["headline"] == home.headline
    assert item["dates"] == [{**date, "text": ""}]
    assert item["strands"] == [
        {
            "title": "Glossary",
            "text": "…",
            "page": {
                "id": str(about.translation_key),
                "title": "About",
                "url": "http://localhost/en/about/",
            },
        },
        {"title": "Hidden", "text": "…", "page": None},
    ]


def test_following_next_gives_each_item_once(client: Client, tree: SiteTree) -> None:
    for _number in range(5):
        NewsPageFactory(parent=tree.news)
    whole = [item["id"] for item in client.get("/api/v1/content/").json()["items"]]
    seen: list[str] = []
    address = "/api/v1/content/?limit=2&fields=title"
    while address:
        answer = client.get(address).json()
        seen += [item["id"] for item in answer["items"]]
        address = answer["next"]

    assert seen == whole
    assert len(whole) == len(set(whole)) == 9
