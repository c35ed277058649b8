"""The second pass: stored blocks as typed JSON, from what was loaded for all of them.

Each kind of block that the API has a schema for is written by its class, so that it is typed
wherever a site uses it; all others are written by what they are made of.
"""

from typing import Any

from wagtail import blocks

from communication.newsletters.blocks import SubscribeBlock
from v2v_pages.blocks.consent import list_item_value, without_ended_consents
from v2v_pages.blocks.media import DocumentsBlock, GalleryBlock, PictureBlock, VideoLinkBlock
from v2v_pages.blocks.project import PeopleBlock, TimelineBlock, TwinningsBlock
from v2v_pages.blocks.table import TableBlock
from v2v_pages.blocks.text import CalloutBlock, ParagraphBlock, QuoteBlock

from .by_kind import ByKind
from .library import Library
from .markdown import piped_table
from .values import ValueWriter

Raw = dict[str, Any]


class BlockWriter:
    """Writes the blocks of bodies, each by its kind."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self.values = ValueWriter(library, self.stream)

    def stream(self, block: blocks.StreamBlock, raw: Any) -> list[Raw]:
        """Returns the blocks of a stored stream as the public may see them today."""
        written, typed_as = [], self.typed
        for item in without_ended_consents(block, raw, set(self.library.consents)):
            child = block.child_blocks[item["type"]]
            typed = typed_as(child, {} if item["value"] is None else item["value"])
            if typed is None:
                value = self.values.value(child, item["value"])
                typed = {"type": "other", "block": item["type"], "value": value}
            if typed:
                written.append({"id": item.get("id"), **typed})
        return written

    @ByKind
    def typed(self, block: blocks.Block, raw: Any) -> Raw | None:
        """Returns a block that has a schema; None for other kinds, {} for what cannot be shown."""
        return None

    @typed.register
    def _(self, block: ParagraphBlock, raw: Any) -> Raw:
        return {"type": "paragraph", **self.library.rich_text(raw)}

    @typed.register
    def _(self, block: QuoteBlock, raw: Any) -> Raw:
        person = self.library.person(raw.get("consent"))
        return {"type": "quote", "person": person, **texts(raw, "quote", "source")}

    @typed.register
    def _(self, block: CalloutBlock, raw: Any) -> Raw:
        return {
            "type": "callout",
            "tone": raw.get("tone") or "note",
            **self.library.rich_text(raw.get("text")),
            **texts(raw, "heading"),
        }

    @typed.register
    def _(self, block: TableBlock, raw: Any) -> Raw:
        table = self.values.table(block, raw)
        piped = {"markdown": piped_table(table)} if self.library.asked.as_markdown else {}
        return {"type": "table", **table, **piped}

    @typed.register
    def _(self, block: PictureBlock, raw: Any) -> Raw:
        picture = self._picture(raw)
        return {"type": "image", **picture} if picture else {}

    @typed.register
    def _(self, block: GalleryBlock, raw: Any) -> Raw:
        pictures = [self._picture(list_item_value(item)) for item in raw or ()]
        images = [picture for picture in pictures if picture]
        return {"type": "gallery", "images": images} if images else {}

    @typed.register
    def _(self, block: VideoLinkBlock, raw: Any) -> Raw:
        return {"type": "video", **texts(raw, "title", "url", "description")}

    @typed.register
    def _(self, block: DocumentsBlock, raw: Any) -> Raw:
        keys = [list_item_value(item) for item in raw.get("documents") or ()]
        documents = [self.library.documents.document(key) for key in keys if key]
        shown = [document for document in documents if document]
        return {"type": "documents", "documents": shown, **texts(raw, "heading")} if shown else {}

    @typed.register
    def _(self, block: TwinningsBlock, raw: Any) -> Raw:
        chosen = [list_item_value(item) for item in raw.get("twinnings") or ()]
        pairs = [self.library.twinning(key) for key in chosen or self.library.twinnings]
        shown = [pair for pair in pairs if pair]
        return {"type": "twinnings", "twinnings": shown, **texts(raw, "heading")}

    @typed.register
    def _(self, block: TimelineBlock, raw: Any) -> Raw:
        entries = [timeline_entry(list_item_value(item)) for item in raw.get("entries") or ()]
        return {"type": "timeline", "entries": entries, **texts(raw, "heading")}

    @typed.register
    def _(self, block: SubscribeBlock, raw: Any) -> Raw:
        return {"type": "subscribe", **texts(raw, "heading", "text")}

    @typed.register
    def _(self, block: PeopleBlock, raw: Any) -> Raw:
        people = []
        for value in (list_item_value(item) for item in raw or ()):
            person = self.library.person(value.get("consent"))
            if person:
                image = self.values.image(value.get("image"))
                people.append({**person, "image": image, **texts(value, "text")})
        return {"type": "people", "people": people} if people else {}

    def _picture(self, raw: Any) -> Raw | None:
        image = self.values.image((raw or {}).get("image"))
        return {"image": image, **texts(raw, "caption")} if image else None


def timeline_entry(raw: Raw) -> Raw:
    """Returns one date of a timeline."""
    return {
        "starts_on": raw.get("starts_on"),
        "ends_on": raw.get("ends_on"),
        "precision": raw.get("precision") or "day",
        **texts(raw, "title", "text"),
    }


def texts(raw: Raw, *names: str) -> dict[str, str]:
    """Returns plain texts of a stored block; what is missing in old data is empty."""
    return {name: raw.get(name) or "" for name in names}
