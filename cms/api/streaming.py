"""Lists without an end, as lines of JSON: an item each, and a last one that says it was all."""

from collections.abc import Iterator
from itertools import chain
from typing import Any, Final

from .caching import encoded

MEDIA_TYPE: Final = "application/x-ndjson"
END: Final = "end"
"""The type of the last line, which no item has."""


def in_lines(chunks: Iterator[list[dict[str, Any]]]) -> Iterator[bytes]:
    """Returns the lines of some items, chunk by chunk, and the one that closes them.

    The first chunk is made at once: an error in it is still an answer of its own. One that comes
    later breaks the connection, and the last line is missing.

    Args:
        chunks: The items; more are made only when the reader has taken those before.
    """
    first = next(chunks, [])
    return _lines(chain([first], chunks))


def _lines(chunks: Iterator[list[dict[str, Any]]]) -> Iterator[bytes]:
    count = 0
    for items in chunks:
        count += len(items)
        yield b"".join(encoded(item) + b"\n" for item in items)
    yield encoded({"type": END, "count": count}) + b"\n"
