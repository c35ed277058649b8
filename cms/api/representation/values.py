"""Stored values of blocks without a schema, by what they are made of.

So that the blocks of a site that this project does not know come out complete, and with the same
care: links lead to public pages only, and nothing is looked up for each.
"""

from collections.abc import Callable
from typing import Any

from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageBlock, ImageChooserBlock

from v2v_pages.blocks import ConsentChooserBlock
from v2v_pages.blocks.consent import list_item_value
from v2v_snippets.models import Twinning

from .by_kind import ByKind
from .library import Library
from .references import image_key


class ValueWriter:
    """Writes stored values; ``write_stream`` writes those that are bodies within bodies."""

    def __init__(self, library: Library, write_stream: Callable[[Any, Any], Any]) -> None:
        self.library = library
        self.write_stream = write_stream

    def value(self, block: blocks.Block, raw: Any) -> Any:
        """Returns a stored value as JSON.

        A block that says itself how it is to be represented is asked; what it then looks up is its
        own business.
        """
        if not type(block).get_api_representation.__module__.startswith("wagtail."):
            context = {"request": self.library.request}
            return block.get_api_representation(block.to_python(raw), context)
        return self.plain(block, raw)

    @ByKind
    def plain(self, block: blocks.Block, raw: Any) -> Any:
        """Returns a stored value by the kind of its block."""
        return raw

    @plain.register
    def _(self, block: blocks.StreamBlock, raw: Any) -> Any:
        return self.write_stream(block, raw or [])

    @plain.register
    def _(self, block: blocks.ListBlock, raw: Any) -> Any:
        return [self.value(block.child_block, list_item_value(item)) for item in raw or ()]

    @plain.register
    def _(self, block: blocks.StructBlock, raw: Any) -> Any:
        stored = raw or {}
        children = block.child_blocks.items()
        return {name: self.value(child, stored.get(name)) for name, child in children}

    @plain.register
    def _(self, block: TypedTableBlock, raw: Any) -> Any:
        return self.table(block, raw)

    @plain.register
    def _(self, block: blocks.RichTextBlock, raw: Any) -> Any:
        return self.library.running_text(raw)

    @plain.register
    def _(self, block: blocks.RawHTMLBlock, raw: Any) -> Any:
        return self.library.running_text(raw)

    @plain.register
    def _(self, block: blocks.DecimalBlock, raw: Any) -> Any:
        return None if raw in {None, ""} else float(raw)

    @plain.register
    def _(self, block: ImageBlock, raw: Any) -> Any:
        return self.image(raw)

    @plain.register
    def _(self, block: blocks.ChooserBlock, raw: Any) -> Any:
        kinds = {
            ImageChooserBlock: self.library.image,
            DocumentChooserBlock: self.library.document,
            blocks.PageChooserBlock: self.library.link,
            ConsentChooserBlock: self.library.person,
        }
        write = next((write for kind, write in kinds.items() if isinstance(block, kind)), None)
        if write is None and block.target_model is Twinning:
            write = self.library.twinning
        return write(raw) if write else raw

    def image(self, raw: Any) -> dict[str, Any] | None:
        """Returns the image of a stored ``ImageBlock``, described as it is at this place."""
        alt = None
        if isinstance(raw, dict):
            alt = "" if raw.get("decorative") else raw.get("alt_text") or None
        return self.library.images.image(image_key(raw), alt=alt)

    def table(self, block: TypedTableBlock, raw: Any) -> dict[str, Any]:
        """Returns a stored table; columns of a kind that there is no more are left out."""
        stored = raw or {}
        columns = stored.get("columns", ())
        known = [n for n, column in enumerate(columns) if column["type"] in block.child_blocks]
        children = {n: block.child_blocks[columns[n]["type"]] for n in known}
        return {
            "caption": stored.get("caption") or "",
            "columns": [{name: columns[n][name] for name in ("heading", "type")} for n in known],
            "rows": [
                [self.value(children[n], row["values"][n]) for n in known]
                for row in stored.get("rows", ())
            ],
        }
