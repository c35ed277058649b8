"""A table whose columns know what they hold, so that partner sites get numbers as numbers."""

from collections import defaultdict
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTable, TypedTableBlock
from wagtail.rich_text import RichText
from wagtail_localize.segments import StringSegmentValue, TemplateSegmentValue
from wagtail_localize.segments.ingest import organise_template_segments
from wagtail_localize.strings import extract_strings, restore_strings

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

    def get_translatable_segments(self, table: TypedTable) -> list[Any]:
        """Gives wagtail-localize, which does not know this block, its words with their places."""
        segments: list[Any] = [StringSegmentValue("caption", table.caption)]
        for number, column in enumerate(table.columns):
            segments.append(StringSegmentValue(f"heading-{number}", column["heading"]))
        for path, _row, _column, value in _words(table):
            segments.extend(_segments(path, value))
        return [segment for segment in segments if not segment.is_empty()]

    def restore_translated_segments(self, table: TypedTable, segments: list[Any]) -> TypedTable:
        """Puts translated words back into their places; what has no translation stays."""
        found: dict[str, list[Any]] = defaultdict(list)
        for segment in segments:
            found[segment.path].append(segment)
        strings = {path: _restored(place) for path, place in found.items()}
        table.caption = strings.get("caption", table.caption)
        for number, column in enumerate(table.columns):
            column["heading"] = strings.get(f"heading-{number}", column["heading"])
        for path, row, number, _value in list(_words(table)):
            if path in strings:
                block = table.columns[number]["block"]
                row["values"][number] = block.to_python(strings[path])
        return table


def _segments(path: str, value: Any) -> list[Any]:
    """Returns the words of a cell: formatted text sentence by sentence, as that of paragraphs."""
    if not isinstance(value, RichText):
        return [StringSegmentValue(path, value or "")]
    template, strings = extract_strings(value.source or "")
    sentences = [StringSegmentValue(path, string, attrs=attrs) for string, attrs in strings]
    return [TemplateSegmentValue(path, "html", template, len(sentences)), *sentences]


def _restored(segments: list[Any]) -> str:
    """Returns what stands at one place once it is translated."""
    if any(isinstance(segment, TemplateSegmentValue) for segment in segments):
        _format, template, strings = organise_template_segments(segments)
        html: str = restore_strings(template, strings)
        return html
    text: str = segments[0].render_text()
    return text


def _words(table: TypedTable) -> list[tuple[str, dict[str, Any], int, Any]]:
    """Lists the cells that hold words: (path, row, column number, value)."""
    words = []
    for row_number, row in enumerate(table.row_data):
        for number, (column, value) in enumerate(zip(table.columns, row["values"], strict=True)):
            if isinstance(column["block"], blocks.CharBlock | blocks.RichTextBlock):
                words.append((f"cell-{row_number}-{number}", row, number, value))
    return words
