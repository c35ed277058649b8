"""A table whose columns know what they hold, so that partner sites get numbers as numbers."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTable, TypedTableBlock
from wagtail_localize.segments import StringSegmentValue

from .text import CALLOUT_FEATURES


class TableBlock(TypedTableBlock):
    """A typed table with caption; its words can be translated, its numbers are kept."""

    text = blocks.CharBlock(label=_("Text"), required=False, default="")
    number = blocks.DecimalBlock(label=_("Number"), required=False)
    rich_text = blocks.RichTextBlock(
        label=_("Formatted text"), features=CALLOUT_FEATURES, required=False, default=""
    )

    class Meta:
        icon = "table"
        label = _("Table")
        description = _("Columns of text, numbers or formatted text.")
        template = "v2v_pages/blocks/table_block.html"
        preview_value = {
            "caption": "Sessions of the kick-off",
            "columns": [
                {"type": "text", "heading": "Session"},
                {"type": "number", "heading": "Hours"},
            ],
            "rows": [{"values": ["Opening", 2]}, {"values": ["Twinnings", 2]}],
        }

    def get_translatable_segments(self, table: TypedTable) -> list[StringSegmentValue]:
        """Gives wagtail-localize, which does not know this block, its words with their places."""
        segments = [StringSegmentValue("caption", table.caption)]
        for number, column in enumerate(table.columns):
            segments.append(StringSegmentValue(f"heading-{number}", column["heading"]))
        for path, _row, _column, text in _words(table):
            segments.append(StringSegmentValue(path, text))
        return [segment for segment in segments if not segment.is_empty()]

    def restore_translated_segments(self, table: TypedTable, segments: list[Any]) -> TypedTable:
        """Puts translated words back into their places; what has no translation stays."""
        strings = {segment.path: segment.render_text() for segment in segments}
        table.caption = strings.get("caption", table.caption)
        for number, column in enumerate(table.columns):
            column["heading"] = strings.get(f"heading-{number}", column["heading"])
        for path, row, number, _text in list(_words(table)):
            if path in strings:
                block = table.columns[number]["block"]
                row["values"][number] = block.to_python(strings[path])
        return table


def _words(table: TypedTable) -> list[tuple[str, dict[str, Any], int, str]]:
    """Lists the cells that hold words: (path, row, column number, text)."""
    words = []
    for row_number, row in enumerate(table.row_data):
        for number, (column, value) in enumerate(zip(table.columns, row["values"], strict=True)):
            if isinstance(column["block"], blocks.CharBlock | blocks.RichTextBlock):
                text = getattr(value, "source", value) or ""
                words.append((f"cell-{row_number}-{number}", row, number, text))
    return words
