"""Lists lead on from page to page, whatever is published meanwhile."""

import random
from datetime import date

import pytest
from django.test import Client

from tests.factories import NewsPageFactory
from tests.sites import SiteTree

from .test_news import titles


def walked(client: Client, address: str) -> list[list[str]]:
    """Follows ``next`` to the end; returns the titles on each page."""
    seen = []
    while address:
        answer = client.get(address)
        assert answer.status_code == 200
        seen.append(titles(answer))
        address = answer.json()["next"]
    return seen


def test_following_next_gives_each_article_once(client: Client, tree: SiteTree) -> None:
    for number in range(7):
        NewsPageFactory(parent=tree.news, title=str(number))

    seen = walked(client, "/api/v1/news/?limit=3&fields=title&order=published_on")

    assert seen == [["0", "1", "2"], ["3", "4", "5"], ["6"]]


@pytest.mark.parametrize("order", ["-published_on", "title", "-updated_at", "first_published_at"])
def test_an_article_added_meanwhile_shifts_no_page(
    client: Client, tree: SiteTree, order: str
) -> None:
    for number in range(4):
        NewsPageFactory(parent=tree.news, title=str(number))
    whole = titles(client.get(f"/api/v1/news/?order={order}"))
    first = client.get(f"/api/v1/news/?order={order}&limit=2")
    title = "!" if order == "title" else "new"
    NewsPageFactory(parent=tree.news, title=title, slug="added", published_on=date(2021, 4, 1))

    second = client.get(first.json()["next"].replace("limit=2", "limit=4"))

    assert titles(first) == whole[:2]
    assert titles(second)[:2] == whole[2:]


@pytest.mark.parametrize(
    "letters", ["абвгдђежзијклљмнњопрстћуфхцчџш", "教育交流合作学校新闻活动计划报告"]
)
def test_the_longest_title_in_any_script_leads_on(
    client: Client, tree: SiteTree, letters: str
) -> None:
    chance = random.Random(1)
    for number in range(3):
        title = "".join(chance.choices(letters, k=255))
        NewsPageFactory(parent=tree.news, title=title, slug=f"article-{number}")
    whole = titles(client.get("/api/v1/news/?order=title"))

    seen = walked(client, "/api/v1/news/?limit=1&fields=title&order=title")

    assert seen == [[title] for title in whole]
    assert len(seen) == 3


def test_a_cursor_belongs_to_its_list(client: Client, tree: SiteTree) -> None:
    for number in range(2):
        NewsPageFactory(parent=tree.news, title=str(number), tags=["visits"])
    following = client.get("/api/v1/news/?limit=1&tag=visits").json()["next"]

    for changed in (
        following.replace("tag=visits", "tag=other"),
        following.replace("/news/", "/stories/").replace("tag=visits&", ""),
        following.replace("cursor=", "cursor=x"),
    ):
        answer = client.get(changed)

        assert answer.status_code == 400
        assert answer.json()["errors"][0]["parameter"] == "cursor"
