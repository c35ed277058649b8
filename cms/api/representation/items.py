"""Pages as items.

A property has the name of the field that it writes; all other fields are the page's own attributes.
"""

import builtins
from collections.abc import Collection
from typing import Any, ClassVar

from wagtail.blocks import StreamValue

from v2v_pages.blocks.consent import without_ended_consents
from v2v_pages.blocks.rendering import reading_minutes

from ..schemas.items import (
    HomeSchema,
    ItemSchema,
    NewsSchema,
    SectionSchema,
    StandardPageSchema,
    StorySchema,
)
from .blocks import BlockWriter, timeline_entry
from .directory import PartnerRecord, TwinningRecord
from .embedded import Embedding, Relation
from .library import Library
from .references import References
from .relations import Relations


class Item(Embedding):
    """Writes a page of any type."""

    schema: ClassVar[builtins.type[ItemSchema]] = ItemSchema
    type: ClassVar[str]
    streams: ClassVar[dict[str, str]] = {}
    """Which StreamField of the page each field is made from."""

    def __init__(self, page: Any, library: Library) -> None:
        self.page = page
        self.library = library
        self.language = str(page.locale.language_code)
        """Of the text."""

    def collect(self, fields: Collection[str], found: References) -> None:
        """Adds what these fields refer to."""
        if "image" in fields and self.image_key:
            found.images.add(self.image_key)
        for name in {self.streams[field] for field in fields if field in self.streams}:
            stream = getattr(self.page, name)
            found.read(stream.stream_block, stored(stream))
        self.collect_included(fields)

    @property
    def image_key(self) -> int | None:
        """The primary key of the image that stands for the page; nobody in it has withdrawn."""
        key = getattr(self.page, "listing_image_id", None)
        return None if key is None or key in self.library.withdrawn_images else key

    def write(self, fields: Collection[str]) -> dict[str, Any]:
        """Returns these fields of the item."""
        own = self.names
        return {name: getattr(self if name in own else self.page, name) for name in fields}

    @property
    def id(self) -> Any:
        """The same for all translations."""
        return self.page.translation_key

    @property
    def locale(self) -> dict[str, str]:
        """The language asked for and the language of the text."""
        return {"requested": self.library.language, "served": self.language}

    @property
    def url(self) -> str:
        """Where a reader of the language asked for reads it."""
        return self.library.addresses.of_page(self.page, self.library.language)

    @property
    def canonical_url(self) -> str:
        """Elsewhere, if it was first published there; else where the text is at home."""
        elsewhere = getattr(self.page, "canonical_address", "")
        return elsewhere or self.library.addresses.of_page(self.page, self.language)

    @property
    def summary(self) -> str:
        """One or two sentences; a page type without summary has its description for searches."""
        return getattr(self.page, "summary", "") or self.page.search_description

    @property
    def updated_at(self) -> Any:
        """When the text was last published."""
        return self.page.last_published_at

    @property
    def translation_is_outdated(self) -> bool:
        """Whether the words of the original have changed since; no page of others knows."""
        return bool(getattr(self.page, "translation_is_outdated", False))

    @property
    def image(self) -> dict[str, Any] | None:
        """The image that stands for the page."""
        return self.library.images.image(self.image_key)

    @property
    def search_title(self) -> str:
        """The title for search engines."""
        return str(self.page.seo_title)

    @property
    def alternates(self) -> list[dict[str, Any]]:
        """The public versions in all languages, this one included."""
        own_url = self.library.addresses.of_page
        versions = (
            (page, page.locale.language_code)
            for page in self.library.versions.of(self.page.translation_key)
        )
        return [
            {
                "locale": code,
                "url": url,
                "state": page.origin or None,
                "updated_at": page.last_published_at,
                "translation_is_outdated": page.changed_at is not None,
            }
            for page, code in versions
            if (url := own_url(page, code))
        ]

    @property
    def footnotes(self) -> list[dict[str, str]]:
        """The footnotes of marked countries, in the language of the text."""
        return self.library.countries.footnotes(self.language)


class ProjectItem(Item):
    """Writes what pages of the project have besides."""

    @property
    def licence(self) -> dict[str, Any]:
        """Under what terms the item may be reused."""
        return self.library.reuse(self.page.licence)

    @property
    def funding(self) -> dict[str, Any] | None:
        """What every copy must show."""
        return self.library.funding.texts(self.page.funding_statement_id, self.language)

    @property
    def body(self) -> list[dict[str, Any]]:
        """The body as the public may see it today."""
        stream = self.page.body
        return BlockWriter(self.library).stream(stream.stream_block, stored(stream))


class Article(ProjectItem):
    """Writes what news and stories have in common."""

    streams: ClassVar = {"body": "body", "reading_minutes": "body"}

    @property
    def reading_minutes(self) -> int:
        """How long reading takes."""
        block = self.page.body.stream_block
        shown = without_ended_consents(block, stored(self.page.body), set(self.library.consents))
        return reading_minutes(StreamValue(block, shown, is_lazy=True))


class NewsItem(Article):
    """Writes a piece of news."""

    type = "news"
    schema = NewsSchema

    def collect(self, fields: Collection[str], found: References) -> None:
        """Adds the pairs that the article is about."""
        super().collect(fields, found)
        if "twinnings" in fields:
            found.twinnings.update(self._relations.twinning_keys[self.page.pk])

    @property
    def _relations(self) -> Relations:
        return self.library.relations(type(self.page))

    @property
    def twinnings(self) -> list[dict[str, Any]]:
        """The pairs that the article is about, by number."""
        return self.library.twinnings_among(self._relations.twinning_keys[self.page.pk])

    def relation(self, name: str) -> Relation:
        """Returns its authors, or the pairs that it is about."""
        if name == "authors":
            return PartnerRecord, [each.pk for each in self._relations.authors[self.page.pk]]
        return TwinningRecord, self._relations.twinning_keys[self.page.pk]

    @property
    def authors(self) -> list[dict[str, Any] | None]:
        """The partners who wrote it, by name."""
        partners = self._relations.authors[self.page.pk]
        return [self.library.schools.partner(partner) for partner in partners]

    @property
    def tags(self) -> list[dict[str, str]]:
        """Its tags, by name."""
        return [{"slug": t.slug, "name": t.name} for t in self._relations.tags[self.page.pk]]


class StoryItem(Article):
    """Writes a story of one pair."""

    type = "stories"
    schema = StorySchema

    def collect(self, fields: Collection[str], found: References) -> None:
        """Adds the pair."""
        super().collect(fields, found)
        if "twinning" in fields:
            found.twinnings.add(self.page.twinning_id)

    def relation(self, name: str) -> Relation:
        """Returns the pair."""
        return TwinningRecord, self.page.twinning_id

    @property
    def twinning(self) -> dict[str, Any] | None:
        """The pair that the story tells of."""
        return self.library.twinning(self.page.twinning_id)


class StandardPageItem(ProjectItem):
    """Writes a standing page."""

    type = "page"
    schema = StandardPageSchema
    streams: ClassVar = {"body": "body"}


class HomeItem(ProjectItem):
    """Writes the first page of a site."""

    type = "home"
    schema = HomeSchema
    streams: ClassVar = {"dates": "dates", "strands": "strands"}

    @property
    def dates(self) -> list[dict[str, Any]]:
        """What happens when."""
        return [timeline_entry(block["value"]) for block in stored(self.page.dates)]

    @property
    def strands(self) -> list[dict[str, Any]]:
        """What the partners build, with the pages that tell more, where these are public."""
        return [
            {
                "title": value.get("title") or "",
                "text": value.get("text") or "",
                "page": self.library.link(value.get("page")),
            }
            for value in (block["value"] for block in stored(self.page.strands))
        ]


class SectionItem(ProjectItem):
    """Writes a page that lists others."""

    type = "section"
    schema = SectionSchema


def stored(stream: StreamValue) -> list[dict[str, Any]]:
    """Returns the blocks of a stream as they are stored, without making objects of them."""
    blocks: list[dict[str, Any]] = stream.raw_data[:]
    # those that were made or changed in memory are still to be written down
    return list(stream.raw_data) if None in blocks else blocks
