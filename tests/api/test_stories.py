"""Stories of twinned schools."""

from collections.abc import Callable
from typing import Any

from tests.factories import TwinningFactory, TwinningStoryPageFactory
from tests.sites import SiteTree
from v2v_pages.models import TwinningStoryPage

Get = Callable[..., Any]


def test_a_story_tells_of_its_pair(
    get: Get, make_stories: Callable[[int], list[TwinningStoryPage]]
) -> None:
    [story] = make_stories(1)

    item = get(f"stories/{story.translation_key}/").json()

    assert item["type"] == "stories"
    assert item["twinning"]["number"] == story.twinning.number
    assert item["twinning"]["url"] == f"http://localhost/en/twinnings/{story.twinning.number}/"
    assert item["body"]


def test_stories_filter_by_pair_and_by_school(get: Get, tree: SiteTree) -> None:
    first, second = TwinningFactory(number=1), TwinningFactory(number=2)
    TwinningStoryPageFactory(parent=tree.twinnings, title="one", twinning=first)
    TwinningStoryPageFactory(parent=tree.twinnings, title="two", twinning=second)

    def titles(**parameters: Any) -> list[str]:
        return [item["title"] for item in get("stories/", **parameters).json()["items"]]

    assert titles(twinning=1) == ["one"]
    assert titles(partner=second.european_school.slug) == ["two"]
    assert titles(partner=second.balkan_school.slug) == ["two"]
    assert titles(twinning=1, partner=second.balkan_school.slug) == []
    assert titles(twinning=9) == []


def test_a_story_is_no_news(get: Get, tree: SiteTree) -> None:
    story = TwinningStoryPageFactory(parent=tree.twinnings)

    assert get(f"news/{story.translation_key}/").status_code == 404
    assert get("news/").json()["items"] == []
