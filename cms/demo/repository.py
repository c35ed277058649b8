"""The demo's topics, and articles that show each state: they explain, and state no rule."""

import tomllib
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any, Final

from django.utils import timezone

from v2v_pages.models import RepositoryArticlePage, RepositorySource
from v2v_snippets.models import Country, MobilityTopic, MobilityTopicText

from .identifiers import identifier
from .pages import find_page, publish
from .records import checked
from .streams import stream

REPOSITORY: Final = Path(__file__).parent / "repository.toml"
INDEX: Final = "repository"


@cache
def content() -> dict[str, Any]:
    """Returns what ``repository.toml`` says."""
    return tomllib.loads(REPOSITORY.read_text(encoding="utf-8"))


def load_repository() -> None:
    """Saves the topics, then the articles below the English list."""
    for order, row in enumerate(content()["topics"], start=1):
        save_topic(row, order)
    for row in content()["articles"]:
        add_article(row)


def save_topic(row: dict[str, Any], order: int) -> MobilityTopic:
    """Saves a topic with its name in each language."""
    key = identifier("topic", row["slug"])
    topic = checked(MobilityTopic(public_id=key, slug=row["slug"], sort_order=order))
    for language, name in row["names"].items():
        checked(MobilityTopicText(topic=topic, language=language, name=name))
    return topic


def add_article(row: dict[str, Any]) -> RepositoryArticlePage:
    """Adds and publishes an article, in the state that it is to show on the day of loading."""
    parent = find_page(INDEX)
    page = RepositoryArticlePage(
        locale=parent.locale,
        translation_key=identifier("page", row["slug"]),
        live=False,
        is_demo_text=True,
        body=stream(row["slug"], [("paragraph", row["body"])]),
        **{name: row[name] for name in ("slug", "title", "summary")},
        **{f"for_{group}": True for group in row["groups"]},
        **dates_of(row.get("state", "fresh")),
    )
    page.topics = MobilityTopic.objects.filter(slug__in=row["topics"])
    page.host_countries = Country.objects.filter(code__in=row.get("host", ()))
    page.sources = [RepositorySource(**source) for source in row["sources"]]
    parent.add_child(instance=page)
    publish(page)
    return page


def dates_of(state: str) -> dict[str, Any]:
    """Returns dates that put an article into this state today."""
    today = timezone.localdate()
    if state == "due":
        return {"review_on": today}
    return {"valid_until": today - timedelta(days=1)} if state == "outdated" else {}
