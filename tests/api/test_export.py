"""Everything in one answer: complete or seen to be cut off, in memory and queries that are few."""

import json
from collections.abc import Callable, Iterator
from typing import Any
from unittest.mock import patch

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pydantic import TypeAdapter

from cms.api import export
from cms.api.schemas.content import ContentSchema
from tests.factories import NewsPageFactory, StandardPageFactory
from tests.sites import SiteTree, translate
from v2v_pages.models import NewsPage, TwinningStoryPage

from .test_frame import assert_problem

ITEM: TypeAdapter[Any] = TypeAdapter(ContentSchema)
ADDRESS = "/api/v1/export.ndjson"

Ask = Callable[..., list[dict[str, Any]]]


@pytest.fixture
def ask(client: Client) -> Ask:
    """Asks for the export; returns its lines, the last one included."""

    def lines(**parameters: Any) -> list[dict[str, Any]]:
        answer = client.get(ADDRESS, parameters)
        assert answer.status_code == 200
        return [json.loads(line) for line in answer.getvalue().splitlines()]

    return lines


@pytest.fixture
def by_threes() -> Iterator[None]:
    """Makes chunks so small that a few pages need several."""
    with patch.object(export, "CHUNK", 3):
        yield


@pytest.mark.usefixtures("by_threes")
def test_it_holds_all_items_as_the_list_of_content_does(
    ask: Ask,
    client: Client,
    tree: SiteTree,
    make_news: Callable[[int], list[NewsPage]],
    make_stories: Callable[[int], list[TwinningStoryPage]],
) -> None:
    make_news(4)
    make_stories(1)
    listed = client.get("/api/v1/content/?limit=100&fields=*&locale=it").json()["items"]

    *items, end = ask(fields="*", locale="it")

    for item in items:
        ITEM.validate_python(item, extra="forbid")
    assert end == {"type": "end", "count": len(listed)}
    assert {item["id"]: item for item in items} == {item["id"]: item for item in listed}


def test_its_lines_are_of_their_media_type_and_nobody_keeps_them(
    client: Client, tree: SiteTree
) -> None:
    answer = client.get(ADDRESS, headers={"Origin": "https://school.example"})

    assert answer["Content-Type"] == "application/x-ndjson"
    assert answer["Cache-Control"] == "no-store"
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert answer.streaming
    assert "ETag" not in answer
    assert answer.getvalue().endswith(b"}\n")


def test_head_answers_without_the_lines(client: Client, tree: SiteTree) -> None:
    answer = client.head(ADDRESS)

    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/x-ndjson"
    assert answer["Cache-Control"] == "no-store"
    assert answer.getvalue() == b""
    assert "Content-Length" not in answer


def test_types_and_languages_are_chosen_as_in_lists(ask: Ask, tree: SiteTree) -> None:
    StandardPageFactory(parent=tree.home)
    article = NewsPageFactory(parent=tree.news)
    NewsPageFactory(parent=tree.news)
    translate(tree.news, "it", slug="notizie")
    translate(article, "it", title="Incontro", slug="incontro")

    everything = ask(type="news", fields="title")
    italian = ask(type="news", locale="it", fallback="none", fields="title", rich_text="markdown")

    assert [line["type"] for line in everything] == ["news", "news", "end"]
    assert [line.get("title") for line in italian] == ["Incontro", None]


def test_a_site_without_such_pages_has_the_last_line_alone(ask: Ask, tree: SiteTree) -> None:
    assert ask(type="events") == [{"type": "end", "count": 0}]


def test_each_chunk_costs_the_same_queries(
    ask: Ask, make_news: Callable[[int], list[NewsPage]]
) -> None:
    def cost(chunk: int) -> int:
        with patch.object(export, "CHUNK", chunk), CaptureQueriesContext(connection) as captured:
            ask(type="news", include="authors")
        return len(captured)

    make_news(2)
    ask(type="news")
    one = cost(2)
    make_news(2)
    whole, two = cost(4), cost(2)

    assert whole == one
    assert two - one <= 21


@pytest.mark.usefixtures("by_threes")
def test_items_are_written_only_when_the_reader_has_taken_those_before(
    client: Client, tree: SiteTree
) -> None:
    for _number in range(7):
        NewsPageFactory(parent=tree.news)
    client.get(ADDRESS, {"type": "news"}).getvalue()

    with CaptureQueriesContext(connection) as captured:
        answer = client.get(ADDRESS, {"type": "news"})
        at_first = len(captured)
        list(answer)

    assert at_first < len(captured) / 2


@pytest.mark.usefixtures("by_threes")
def test_what_breaks_off_has_no_last_line(client: Client, tree: SiteTree) -> None:
    for _number in range(5):
        NewsPageFactory(parent=tree.news)
    answer = client.get(ADDRESS, {"type": "news"})

    def refuse(*arguments: Any) -> None:
        raise OperationalError("the server closed the connection")

    read: list[bytes] = []
    with connection.execute_wrapper(refuse), pytest.raises(OperationalError):
        read.extend(answer)

    assert len(b"".join(read).splitlines()) == 3
    assert b'"end"' not in b"".join(read)


def test_what_goes_wrong_at_once_is_a_problem(client: Client, tree: SiteTree) -> None:
    def refuse(*arguments: Any) -> None:
        raise OperationalError("the server closed the connection")

    with connection.execute_wrapper(refuse):
        answer = client.get(ADDRESS)

    assert_problem(answer, 503)


@pytest.mark.parametrize("query", ["type=colour", "limit=10", "cursor=x", "locale=tlh"])
def test_what_it_does_not_know_is_refused(client: Client, tree: SiteTree, query: str) -> None:
    assert_problem(client.get(f"{ADDRESS}?{query}"), 400)
