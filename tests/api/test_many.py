"""Ten thousand articles: changes tell no more than has changed, an export holds few at once."""

import gc
import tracemalloc
from collections.abc import Iterator
from itertools import islice
from typing import Any

import pytest
from django.test import Client

from benchmarks.articles import multiply
from communication.syndication.services.change_log import refresh_change_log
from tests.factories import NewsPageFactory
from tests.following import Follower
from tests.sites import SiteTree
from v2v_pages.models import NewsPage
from v2v_snippets.publication.changes import recording_changes

from .conftest import block

pytestmark = pytest.mark.slow

ARTICLES = 10_000
FEW = 2_000
HELD = 10
"""In megabytes: what an export may hold at once, however long it is."""
COLLECTED_AFTER = 100
"""In lines."""


@pytest.fixture
def articles(tree: SiteTree) -> list[int]:
    """Articles that the log knows; returns their keys."""
    body = [block("paragraph", f"<p>{'They showed it to others at home. ' * 40}</p>")]
    first = NewsPageFactory(parent=tree.news, body=body)
    keys = [first.pk, *multiply(first, ARTICLES - 2)]
    link = f'<p>See <a linktype="page" id="{keys[ARTICLES // 2]}">the other</a>.</p>'
    linking = NewsPageFactory(parent=tree.news, title="Linking", body=[block("paragraph", link)])
    refresh_change_log()
    return [*keys, linking.pk]


def test_one_edit_among_many_is_told_with_its_dependants_only(articles: list[int]) -> None:
    follower = Follower(type="news", fields="title", limit=100)
    follower.sync()
    assert len(follower.copy) == ARTICLES
    page: Any = NewsPage.objects.get(pk=articles[ARTICLES // 2])
    page.title = "Edited"
    with recording_changes():
        page.save_revision().publish()

    told = follower.sync()

    assert [(change["operation"], change["item"]["title"]) for change in told] == [
        ("upsert", "Edited"),
        ("upsert", "Linking"),
    ]
    assert follower.sync() == []


@pytest.fixture
def traced() -> Iterator[None]:
    """Counts what is allocated from now on; what there is already is never looked at again."""
    gc.freeze()
    tracemalloc.start()
    yield
    tracemalloc.stop()


def test_an_export_of_many_holds_no_more_at_once_than_one_of_few(
    articles: list[int], request: pytest.FixtureRequest
) -> None:
    list(islice(exported(), 500))  # what is loaded once is no part of it
    lines = exported()
    request.getfixturevalue("traced")

    few, held = held_while(islice(lines, FEW))
    rest, held_at_last = held_while(lines)

    assert few + rest == len(articles) + 1, "The last line says that it was all."
    assert held <= HELD
    assert held_at_last <= 1.5 * held  # pieces of an answer overlap


def exported() -> Iterator[bytes]:
    """Yields the lines of an export as they come."""
    for chunk in Client().get("/api/v1/export.ndjson?type=news&fields=*"):
        yield from chunk.splitlines()


def held_while(lines: Iterator[bytes]) -> tuple[int, float]:
    """Reads to the end; returns how many lines there were, and the most megabytes held.

    When Python looks for garbage depends on all that the process has done before, so it is told to.
    """
    tracemalloc.reset_peak()
    count = 0
    for count, _line in enumerate(lines, 1):
        if count % COLLECTED_AFTER == 0:
            gc.collect()
    return count, tracemalloc.get_traced_memory()[1] / 1024**2
