"""A site whose log knows what is public."""

from collections.abc import Callable
from typing import Any

import pytest

from communication.syndication.services.change_log import refresh_change_log
from tests.factories import NewsPageFactory
from tests.sites import SiteTree


@pytest.fixture
def logged(site: SiteTree) -> SiteTree:
    """The site, with its pages in the log."""
    refresh_change_log()
    return site


@pytest.fixture
def publish(site: SiteTree) -> Callable[..., list[Any]]:
    """Publishes articles of these titles, all alike; the log knows them."""

    def articles(*titles: str, **fields: Any) -> list[Any]:
        pages = [NewsPageFactory(parent=site.news, title=title, **fields) for title in titles]
        refresh_change_log()
        return pages

    return articles
