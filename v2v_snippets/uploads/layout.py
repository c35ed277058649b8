"""What the walk through an image file finds, before anything of it is decoded."""

import struct
from dataclasses import dataclass, field
from typing import Final

MOST_RANGES: Final = 10_000
"""A file in more pieces than that was made to waste memory."""


class BrokenImageError(ValueError):
    """The file ends early, or is not in the format that its first bytes claim."""


@dataclass(slots=True)
class Layout:
    """The size of an image from its header, and which of its bytes are the picture.

    All other bytes are metadata, or something hidden between or behind the picture's data.
    """

    width: int = 0
    height: int = 0
    frames: int = 1
    kept: list[tuple[int, int]] = field(default_factory=list)
    patches: list[tuple[int, bytes]] = field(default_factory=list)
    """Bytes to be written over others, by position in the original file; only where kept."""

    def keep(self, start: int, end: int) -> None:
        """Adds a piece of the file to the picture; pieces that touch become one."""
        if self.kept and self.kept[-1][1] == start:
            self.kept[-1] = (self.kept[-1][0], end)
        elif len(self.kept) == MOST_RANGES:
            raise BrokenImageError("The file is in too many pieces.")
        else:
            self.kept.append((start, end))

    def stripped(self, data: bytes) -> bytes:
        """Returns the picture alone."""
        view = memoryview(data)
        if self.patches:
            patched = bytearray(data)
            for start, replacement in self.patches:
                patched[start : start + len(replacement)] = replacement
            view = memoryview(patched)
        if self.kept == [(0, len(data))]:
            return bytes(view) if self.patches else data
        return b"".join(view[start:end] for start, end in self.kept)


def unpack(form: str, data: bytes, position: int) -> tuple[int, ...]:
    """Reads numbers as ``struct`` does.

    Raises:
        BrokenImageError: when the file ends before.
    """
    try:
        return struct.unpack_from(form, data, position)
    except struct.error as error:
        raise BrokenImageError("The file ends early.") from error
