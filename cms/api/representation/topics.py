"""Topics of the repository, as items name them."""

from functools import cached_property
from typing import Any

from v2v_snippets.language.fallback import best_of
from v2v_snippets.models import MobilityTopic, MobilityTopicText

from .versions import Versions


class Topics:
    """Names of all topics, in all languages: one query an answer."""

    def __init__(self, versions: Versions, language: str) -> None:
        self._versions = versions
        self._language = language

    @cached_property
    def _names(self) -> dict[int, dict[str, str]]:
        names: dict[int, dict[str, str]] = {}
        rows = MobilityTopicText.objects.order_by("topic_id", "language")
        for topic, language, name in rows.values_list("topic_id", "language", "name"):
            names.setdefault(topic, {})[language] = name
        return names

    @cached_property
    def _list_url(self) -> str:
        return self._versions.list_url("RepositoryIndexPage", self._language)

    def reference(self, topic: MobilityTopic) -> dict[str, Any]:
        """Returns a topic in the language asked for, or the nearest other."""
        names = self._names.get(topic.pk, {})
        best = best_of({code: (name, code) for code, name in names.items()}, self._language)
        return {
            "id": topic.public_id,
            "slug": topic.slug,
            "name": {"text": best[0], "language": best[1]} if best else None,
            "url": self.url(topic),
        }

    def url(self, topic: MobilityTopic) -> str:
        """Returns the list of the articles on a topic; "" while there is no repository."""
        return f"{self._list_url}topic/{topic.slug}/" if self._list_url else ""
