"""GIF (89a): a screen, then blocks of images and extensions, each in parts of 255 bytes."""

from typing import Final

from .layout import BrokenImageError, Layout, unpack

SIGNATURES: Final = (b"GIF87a", b"GIF89a")
_EXTENSION: Final = 0x21
_IMAGE: Final = 0x2C
_TRAILER: Final = 0x3B
_TIMING: Final = 0xF9
_APPLICATION: Final = 0xFF
_KEPT_APPLICATIONS: Final = (b"\x0bNETSCAPE2.0", b"\x0bANIMEXTS1.0", b"\x0bICCRGBG1012")
"""How often the animation runs, and its colours. Comments, texts and XMP are left out."""


def read_layout(data: bytes) -> Layout:
    """Walks through the blocks up to the trailer; what follows is no part of the image.

    Raises:
        BrokenImageError: when a block ends early or is of no known kind.
    """
    width, height, flags = unpack("<HHB", data, 6)
    layout = Layout(width, height, frames=0)
    position = 13 + _table_length(flags)
    layout.keep(0, position)
    while True:
        start = position
        (kind,) = unpack("B", data, position)
        if kind == _TRAILER:
            break
        if kind == _EXTENSION:
            position = _end_of_parts(data, start + 2)
            if _is_picture(data, start):
                layout.keep(start, position)
        elif kind == _IMAGE:
            (flags,) = unpack("B", data, start + 9)
            position = _end_of_parts(data, start + 11 + _table_length(flags))
            layout.keep(start, position)
            layout.frames += 1
        else:
            raise BrokenImageError("There is a block of no known kind.")
    layout.keep(position, position + 1)
    if not (layout.frames and width and height):
        raise BrokenImageError("The image has no size.")
    return layout


def _table_length(flags: int) -> int:
    """Returns the length of the colour table that these flags announce, in bytes."""
    return 3 * 2 ** ((flags & 7) + 1) if flags & 0x80 else 0


def _end_of_parts(data: bytes, position: int) -> int:
    try:
        while length := data[position]:
            position += length + 1
    except IndexError as error:
        raise BrokenImageError("A block ends early.") from error
    return position + 1


def _is_picture(data: bytes, start: int) -> bool:
    label = data[start + 1]
    if label == _APPLICATION:
        return data.startswith(_KEPT_APPLICATIONS, start + 2)
    return label == _TIMING
