"""The first pass: what all items of an answer refer to, so that each kind is loaded once.

Nothing is decided here. What turns out not to be public is loaded, too, and left out when the items
are written.
"""

from dataclasses import dataclass, field
from typing import Any, Final

from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageBlock, ImageChooserBlock
from wagtail.rich_text.rewriters import FIND_A_TAG, extract_attrs

from v2v_pages.blocks import ConsentChooserBlock
from v2v_pages.blocks.consent import list_item_value
from v2v_pages.blocks.project import TwinningsBlock
from v2v_snippets.models import Twinning

from .by_kind import ByKind

LINK: Final = "<a"
"""What stands in every text that links to something, or has parts in other languages."""


@dataclass
class References:
    """Primary keys of everything that some texts and blocks point to, by kind."""

    pages: set[int] = field(default_factory=set)
    documents: set[int] = field(default_factory=set)
    images: set[int] = field(default_factory=set)
    consents: set[int] = field(default_factory=set)
    twinnings: set[int] = field(default_factory=set)
    all_twinnings: bool = False
    terms: set[str] = field(default_factory=set)
    """Identifiers of concepts."""

    def add_links(self, html: str | None) -> None:
        """Adds the pages, files and concepts that a stored rich text links to."""
        if not html or LINK not in html:
            return
        by_kind = {"page": self.pages, "document": self.documents}
        for attributes in FIND_A_TAG.findall(html):
            attrs = extract_attrs(attributes)
            kind, key = attrs.get("linktype", ""), attrs.get("id", "")
            if kind in by_kind and is_key(key):
                by_kind[kind].add(int(key))
            elif kind == "term":
                self.terms.add(attrs.get("identifier", ""))

    @ByKind
    def read(self, block: blocks.Block, raw: Any) -> None:
        """Adds what a stored value refers to; plain values refer to nothing.

        Args:
            block: The definition of the value.
            raw: The value as it is stored.
        """

    @read.register
    def _(self, block: blocks.StreamBlock, raw: Any) -> None:
        read, children = self.read, block.child_blocks
        for item in raw or ():
            child = children.get(item["type"])
            if isinstance(child, blocks.RichTextBlock):
                self.add_links(item["value"])  # such as a paragraph, of which there are most
            elif child is not None:
                read(child, item["value"])

    @read.register
    def _(self, block: blocks.ListBlock, raw: Any) -> None:
        for item in raw or ():
            self.read(block.child_block, list_item_value(item))

    @read.register
    def _(self, block: blocks.StructBlock, raw: Any) -> None:
        for name, child in block.child_blocks.items():
            self.read(child, (raw or {}).get(name))

    @read.register
    def _(self, block: TwinningsBlock, raw: Any) -> None:
        chosen = list((raw or {}).get("twinnings") or ())
        self.twinnings.update(key for item in chosen if (key := list_item_value(item)))
        self.all_twinnings |= not chosen

    @read.register
    def _(self, block: TypedTableBlock, raw: Any) -> None:
        for cell_block, cell in table_cells(block, raw):
            self.read(cell_block, cell)

    @read.register
    def _(self, block: blocks.RichTextBlock, raw: Any) -> None:
        self.add_links(raw)

    @read.register
    def _(self, block: ImageBlock, raw: Any) -> None:
        if key := image_key(raw):
            self.images.add(key)

    @read.register
    def _(self, block: blocks.ChooserBlock, raw: Any) -> None:
        kinds = {
            ImageChooserBlock: self.images,
            DocumentChooserBlock: self.documents,
            blocks.PageChooserBlock: self.pages,
            ConsentChooserBlock: self.consents,
        }
        keys = next((keys for kind, keys in kinds.items() if isinstance(block, kind)), None)
        if keys is None and block.target_model is Twinning:
            keys = self.twinnings
        if keys is not None and raw:
            keys.add(raw)


def is_key(text: str) -> bool:
    """Tells whether an attribute can be a primary key that a database understands."""
    return text.isascii() and text.isdecimal() and len(text) < 19


def image_key(raw: Any) -> int | None:
    """Returns the key in a stored ``ImageBlock``, which may once have been a plain chooser."""
    return raw.get("image") if isinstance(raw, dict) else raw


def table_cells(block: TypedTableBlock, raw: Any) -> list[tuple[blocks.Block, Any]]:
    """Returns the cells of a stored table, row after row, each with its definition."""
    columns = [block.child_blocks.get(column["type"]) for column in (raw or {}).get("columns", ())]
    return [
        (column, cell)
        for row in (raw or {}).get("rows", ())
        for column, cell in zip(columns, row["values"], strict=False)
        if column is not None
    ]
