"""A site with news, and a double of it that can go down."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.factories import CountryFactory, NewsPageFactory, ProjectSettingsFactory
from tests.partners.double import Pages, answers_of, served
from tests.sites import build_site

EXAMPLES = Path(__file__).parents[2] / "docs/partners"
EXAMPLE_SITE = "https://v2v.example"
FEED = "/feeds/sq/news.rss"
LIST = "/embed/sq/news.json"


@pytest.fixture
def site(db: None) -> Iterator[Pages]:
    """What our site answers, served by a double of it."""
    tree = build_site("sq")
    ProjectSettingsFactory()
    CountryFactory(kosovo=True)
    for day in (1, 2):
        title = f"Day {day} <script>"
        NewsPageFactory(
            parent=tree.news, title=title, slug=f"day-{day}", published_on=date(2021, 3, day)
        )
    with served(answers_of(FEED, LIST)) as double:
        yield double
