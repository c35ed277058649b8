"""Model fields that every plugin uses."""

import json
from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils.functional import cached_property
from wagtail.blocks import StreamValue
from wagtail.fields import StreamField as WagtailStreamField

if TYPE_CHECKING:
    Text = models.CharField[str, str]
else:  # generic only in stubs
    Text = models.CharField


class SortKeyField(Text):
    """Keys of ``language.collation.sort_key``, which both databases order by code points."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 1000)
        super().__init__(*args, **kwargs)

    def db_parameters(self, connection: Any) -> Any:
        """Adds PostgreSQL's collation by code points; it is the only one that SQLite has."""
        parameters = super().db_parameters(connection)
        if connection.vendor == "postgresql":
            parameters["collation"] = "C"
        return parameters


class StreamField(WagtailStreamField):
    """A StreamField whose block definitions stay out of migrations.

    Wagtail writes them down, so that each changed label costs a migration of every page type. In a
    migration the field therefore knows no blocks: it hands out the stored list as ``raw_data`` and
    writes back what stands there.
    """

    def __init__(self, block_types: Any = (), **kwargs: Any) -> None:
        super().__init__(block_types, **kwargs)

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        """Describes the field for a migration without its blocks."""
        name, _path, _args, kwargs = super().deconstruct()
        kwargs.pop("block_lookup", None)
        return name, "v2v_snippets.fields.StreamField", [], kwargs

    @cached_property
    def json_field(self) -> Any:
        """How it is stored; Wagtail makes this anew for each row that is read."""
        return super().json_field

    @property
    def _knows_blocks(self) -> bool:
        return bool(self.stream_block.child_blocks)

    def to_python(self, value: Any) -> StreamValue:
        """Reads stored JSON; malformed JSON reads as an empty stream."""
        if self._knows_blocks or isinstance(value, StreamValue):
            return super().to_python(value)
        result = super().to_python([])
        result.raw_data = _blocks_in(value)
        return result

    def get_prep_value(self, value: Any) -> Any:
        """Prepares the stream for the database."""
        if not self._knows_blocks and isinstance(value, StreamValue):
            return list(value.raw_data)
        return super().get_prep_value(value)


def _blocks_in(value: Any) -> list[dict[str, Any]]:
    if isinstance(value, str):
        try:
            value = json.loads(value)
        except ValueError:
            return []
    return value if isinstance(value, list) else []
