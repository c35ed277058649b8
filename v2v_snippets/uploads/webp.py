"""WebP (RFC 9649): a RIFF file of chunks, padded to even lengths."""

from typing import Final

from .layout import BrokenImageError, Layout, unpack

_PICTURE: Final = frozenset([b"VP8 ", b"VP8L", b"VP8X", b"ANIM", b"ANMF", b"ALPH", b"ICCP"])
_EXIF_AND_XMP: Final = 0b1100
"""The flags in VP8X that announce what is left out."""


def is_webp(data: bytes) -> bool:
    """Tells a WebP file by its first bytes."""
    return data.startswith(b"RIFF") and data[8:12] == b"WEBP"


def read_layout(data: bytes) -> Layout:
    """Walks through the chunks up to the end that the file itself names.

    Raises:
        BrokenImageError: when the file or a chunk ends early, or no chunk says the size.
    """
    (size,) = unpack("<I", data, 4)
    if size + 8 > len(data):
        raise BrokenImageError("The file ends early.")
    layout = Layout(frames=0)
    layout.keep(0, 12)
    position, kept = 12, 4
    while position < size + 8:
        name = data[position : position + 4]
        (length,) = unpack("<I", data, position + 4)
        end = position + 8 + length + length % 2
        if end > size + 8:
            raise BrokenImageError("A chunk ends early.")
        if name in _PICTURE:
            layout.keep(position, end)
            kept += end - position
            _read_size(data, name, position + 8, layout)
            layout.frames += name == b"ANMF"
        position = end
    if not layout.width:
        raise BrokenImageError("The image has no size.")
    layout.patches.append((4, kept.to_bytes(4, "little")))
    layout.frames = max(1, layout.frames)
    return layout


def _read_size(data: bytes, name: bytes, position: int, layout: Layout) -> None:
    if name == b"VP8X":
        (flags, low, high, low_height, high_height) = unpack("<B3xHBHB", data, position)
        layout.width = 1 + low + (high << 16)
        layout.height = 1 + low_height + (high_height << 16)
        layout.patches.append((position, bytes([flags & ~_EXIF_AND_XMP])))
    elif name == b"VP8 " and not layout.width:
        width, height = unpack("<HH", data, position + 6)
        layout.width, layout.height = width & 0x3FFF, height & 0x3FFF
    elif name == b"VP8L" and not layout.width:
        (bits,) = unpack("<I", data, position + 1)
        layout.width, layout.height = 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
