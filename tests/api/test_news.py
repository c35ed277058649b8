from collections.abc import Callable
from typing import Any

from v2v_pages.models import NewsPage


def test_the_first_answer_is_useful(
    get: Callable[..., Any], make_news: Callable[[int], list[NewsPage]]
) -> None:
    make_news(1)

    [item] = get("news/").json()["items"]

    useful = ("title", "summary", "body", "image", "url", "published_on", "twinnings", "funding")
    assert all(item[name] for name in useful)
