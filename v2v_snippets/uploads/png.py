"""PNG (W3C, third edition): chunks of length, name, data and checksum."""

from typing import Final

from .layout import BrokenImageError, Layout, unpack

SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
_PICTURE: Final = frozenset(
    b"IHDR PLTE IDAT IEND tRNS cHRM gAMA iCCP sBIT sRGB cICP bKGD hIST pHYs acTL fcTL fdAT".split()
)
"""Pixels and how to show them. Texts, times, EXIF and unknown chunks are left out."""


def read_layout(data: bytes) -> Layout:
    """Walks through the chunks up to IEND; what follows is no part of the image.

    Raises:
        BrokenImageError: when a chunk ends early or the header does not come first.
    """
    layout = Layout()
    layout.keep(0, len(SIGNATURE))
    position = len(SIGNATURE)
    name = b""
    frames = 0
    while name != b"IEND":
        (length,) = unpack(">I", data, position)
        name = data[position + 4 : position + 8]
        end = position + length + 12
        if end > len(data):
            raise BrokenImageError("A chunk ends early.")
        if name == b"IHDR":
            layout.width, layout.height = unpack(">II", data, position + 8)
        elif not layout.width:
            raise BrokenImageError("The image has no size.")
        frames += name == b"fcTL"
        if name in _PICTURE:
            layout.keep(position, end)
        position = end
    layout.frames = max(1, frames)
    return layout
