"""Ten thousand articles: a client that follows the changes is told no more than has changed."""

from typing import Any

import pytest

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
