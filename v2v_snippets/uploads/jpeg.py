"""JPEG (ITU-T T.81, annex B): segments, each behind a marker, then compressed data."""

import re
from typing import Final

from .layout import BrokenImageError, Layout, unpack

SIGNATURE: Final = b"\xff\xd8\xff"
_END_OF_IMAGE: Final = 0xD9
_START_OF_SCAN: Final = 0xDA
_FRAME_HEADERS: Final = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_WITHOUT_LENGTH: Final = frozenset([0x01, *range(0xD0, 0xD8)])
_APPLICATION: Final = range(0xE0, 0xF0)
_COMMENT: Final = 0xFE
_KEPT_APPLICATION: Final = {
    0xE0: re.compile(rb"JFIF\0.{9}", re.DOTALL),
    0xE2: re.compile(rb"ICC_PROFILE\0"),
    0xEE: re.compile(rb"Adobe"),
}
"""How colours are stored. All other application segments tell of camera, place, people."""

_AFTER_SCAN = re.compile(rb"\xff+[^\x00\xd0-\xd7\xff]")
_JFIF_LENGTH: Final = 16
_ADOBE_LENGTH: Final = 14


def read_layout(data: bytes) -> Layout:
    """Walks through the segments up to the end of the image; what follows is no part of it.

    Raises:
        BrokenImageError: when the image has no end or no size.
    """
    layout = Layout()
    layout.keep(0, 2)
    position = 2
    while True:
        start = position
        while data[position : position + 1] == b"\xff":
            position += 1
        if position == start:
            raise BrokenImageError("There is no marker where one must be.")
        (marker,) = unpack("B", data, position)
        position += 1
        if marker == _END_OF_IMAGE:
            break
        if marker not in _WITHOUT_LENGTH:
            position = _read_segment(data, position, marker, layout)
    if not layout.width or not layout.height:
        raise BrokenImageError("The image has no size.")
    layout.keep(position - 2, position)
    return layout


def _read_segment(data: bytes, position: int, marker: int, layout: Layout) -> int:
    (length,) = unpack(">H", data, position)
    end = position + length
    if length < 2 or end > len(data):
        raise BrokenImageError("A segment ends early.")
    if marker in _FRAME_HEADERS:
        layout.height, layout.width = unpack(">HH", data, position + 3)
    if _is_picture(data, position, marker, length):
        layout.keep(position - 2, end)
    if marker == _START_OF_SCAN:
        scan = _AFTER_SCAN.search(data, end)
        if scan is None:
            raise BrokenImageError("The image has no end.")
        layout.keep(end, scan.start())
        end = scan.start()
    return end


def _is_picture(data: bytes, position: int, marker: int, length: int) -> bool:
    if marker == _COMMENT:
        return False
    if marker not in _APPLICATION:
        return True
    wanted = _KEPT_APPLICATION.get(marker)
    if wanted is None or not wanted.match(data, position + 2):
        return False
    # longer ones carry a thumbnail or something hidden
    limits = {0xE0: _JFIF_LENGTH, 0xEE: _ADOBE_LENGTH}
    return length <= limits.get(marker, length)
