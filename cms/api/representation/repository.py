"""Articles of the repository as items, and the topics that they are about."""

from collections.abc import Collection
from typing import Any

from v2v_snippets.models import MobilityTopic

from ..schemas.items import RepositorySchema
from ..schemas.records import TopicSchema
from .directory import CountryRecord, Record
from .embedded import Relation
from .items import Article
from .references import References


class RepositoryItem(Article):
    """Writes an article of the repository."""

    type = "repository"
    schema = RepositorySchema

    def collect(self, fields: Collection[str], found: References) -> None:
        """Adds the attached files."""
        super().collect(fields, found)
        if "attachments" in fields:
            found.documents.update(row.document_id for row in self._rows("attachments"))

    def _rows(self, name: str) -> list[Any]:
        return self.library.relations(type(self.page)).rows_below(name)[self.page.pk]

    def _records(self, name: str) -> list[Any]:
        return self.library.relations(type(self.page)).records(name)[self.page.pk]

    def relation(self, name: str) -> Relation:
        """Returns its topics, or the countries for which it holds."""
        writer = TopicRecord if name == "topics" else CountryRecord
        return writer, [record.pk for record in self._records(name)]

    @property
    def topics(self) -> list[dict[str, Any]]:
        """What it is about."""
        return [self.library.topics.reference(topic) for topic in self._records("topics")]

    @property
    def sending_countries(self) -> list[dict[str, Any]]:
        """Where people come from for whom it holds."""
        countries = self._records("sending_countries")
        return [self.library.countries.reference(country) for country in countries]

    @property
    def host_countries(self) -> list[dict[str, Any]]:
        """Where they go."""
        countries = self._records("host_countries")
        return [self.library.countries.reference(country) for country in countries]

    @property
    def sources(self) -> list[dict[str, Any]]:
        """What it relies on, in the order that editors gave."""
        return [
            {
                "title": {"text": row.title, "language": row.language or self.language},
                "publisher": row.publisher,
                "url": row.url,
                "checked_on": row.checked_on,
            }
            for row in self._rows("sources")
        ]

    @property
    def attachments(self) -> list[dict[str, Any]]:
        """The files that come with it, as far as the public may fetch them."""
        found = (self.library.document(row.document_id) for row in self._rows("attachments"))
        return [document for document in found if document]


class TopicRecord(Record):
    """Writes a topic of the repository."""

    schema = TopicSchema

    @classmethod
    def records(cls) -> Any:
        """Returns all topics, in their order."""
        return MobilityTopic.objects.prefetch_related("texts")

    @property
    def name(self) -> dict[str, str] | None:
        """What it is called."""
        return self.text("name")

    @property
    def description(self) -> dict[str, str] | None:
        """What articles on it are about."""
        return self.text("description")

    @property
    def url(self) -> str:
        """The list of its articles."""
        return self.library.topics.url(self.record)
