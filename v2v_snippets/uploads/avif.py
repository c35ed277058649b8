"""AVIF (ISO/IEC 14496-12 and 23008-12): boxes within boxes, with addresses from one to another.

Since items are found by their position in the file, nothing is cut out: metadata is overwritten.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from .layout import MOST_RANGES, BrokenImageError, Layout, unpack

_BRANDS: Final = frozenset([b"avif", b"mif1"])
_PICTURE: Final = frozenset([b"ftyp", b"meta", b"mdat"])
_METADATA_ITEMS: Final = frozenset([b"Exif", b"mime", b"uri "])
_NOTHING: Final = b"free"


@dataclass(frozen=True, slots=True)
class Box:
    """A box: its kind, and where its content begins and ends."""

    kind: bytes
    start: int
    end: int


def is_avif(data: bytes) -> bool:
    """Tells an AVIF still by its first bytes; sequences have another brand first."""
    return data[4:8] == b"ftyp" and data[8:12] in _BRANDS


def read_layout(data: bytes) -> Layout:
    """Walks through the boxes; what follows the last one is no part of the image.

    Raises:
        BrokenImageError: when a box ends early, no item has a size, or it is a film.
    """
    layout = Layout()
    seen = set()
    for box in _boxes(data, 0, len(data), tail_follows=True):
        seen.add(box.kind)
        if box.kind == b"moov":
            raise BrokenImageError("The image is a film.")
        if box.kind == b"meta":
            _read_meta(data, box, layout)
        elif box.kind not in _PICTURE:
            layout.patches.append((box.start, bytes(box.end - box.start)))
        layout.kept = [(0, box.end)]
    if not seen >= {b"meta", b"mdat"} or not layout.width:
        raise BrokenImageError("The image has no size or no data.")
    return layout


def _boxes(data: bytes, start: int, end: int, *, tail_follows: bool = False) -> Iterator[Box]:
    while start + 8 <= end:
        (size,) = unpack(">I", data, start)
        kind = data[start + 4 : start + 8]
        header = 8
        if size == 1:
            (size,) = unpack(">Q", data, start + 8)
            header = 16
        elif size == 0:
            size = end - start
        if size < header or start + size > end:
            if tail_follows and kind not in _PICTURE:
                return
            raise BrokenImageError("A box ends early.")
        yield Box(kind, start + header, start + size)
        start += size


def _read_meta(data: bytes, meta: Box, layout: Layout) -> None:
    is_turned = False
    inner = {box.kind: box for box in _boxes(data, meta.start + 4, meta.end)}
    for properties in _inside(data, inner.get(b"iprp")):
        if properties.kind == b"ipco":
            for box in _boxes(data, properties.start, properties.end):
                if box.kind == b"ispe":
                    _note_size(data, box, layout)
                elif box.kind == b"irot" and unpack("B", data, box.start)[0] & 1:
                    is_turned = True
    if is_turned:
        layout.width, layout.height = layout.height, layout.width
    metadata = _metadata_items(data, inner.get(b"iinf"), layout)
    own_data = inner.get(b"idat")
    length = 0
    for start, end in _extents(data, inner.get(b"iloc"), metadata, own_data):
        length += end - start
        if end > len(data) or length > len(data):
            raise BrokenImageError("An item ends early.")
        layout.patches.append((start, bytes(end - start)))


def _inside(data: bytes, box: Box | None) -> Iterator[Box]:
    return iter(()) if box is None else _boxes(data, box.start, box.end)


def _note_size(data: bytes, box: Box, layout: Layout) -> None:
    """Keeps the largest size, which is that of the whole where the image is made of tiles."""
    width, height = unpack(">II", data, box.start + 4)
    if width * height > layout.width * layout.height:
        layout.width, layout.height = width, height


def _metadata_items(data: bytes, box: Box | None, layout: Layout) -> set[int]:
    """Returns the numbers of the items that are metadata, and makes them items of no meaning."""
    found: set[int] = set()
    if box is None:
        return found
    version = data[box.start]
    for entry in _boxes(data, box.start + (6 if version == 0 else 8), box.end):
        version = data[entry.start]
        form, kind_at = (">H", entry.start + 8) if version == 2 else (">I", entry.start + 10)
        if entry.kind == b"infe" and data[kind_at : kind_at + 4] in _METADATA_ITEMS:
            found.add(unpack(form, data, entry.start + 4)[0])
            layout.patches.append((kind_at, _NOTHING))
    return found


def _extents(
    data: bytes, box: Box | None, wanted: set[int], own_data: Box | None
) -> Iterator[tuple[int, int]]:
    """Yields where the wanted items lie in the file."""
    if box is None or not wanted:
        return
    reader = _Reader(data, box.start + 4)
    version = data[box.start]
    sizes, more = reader.number(1), reader.number(1)
    pieces = 0
    for _item in range(reader.number(4 if version == 2 else 2)):
        number = reader.number(4 if version == 2 else 2)
        method = reader.number(2) & 15 if version else 0
        reader.number(2)
        base = reader.number(more >> 4)
        if method == 1 and own_data is not None:
            base += own_data.start
        extents = reader.number(2)
        pieces += extents
        if pieces > MOST_RANGES:
            raise BrokenImageError("The file is in too many pieces.")
        for _extent in range(extents):
            reader.number(more & 15 if version else 0)
            start = base + reader.number(sizes >> 4)
            length = reader.number(sizes & 15)
            if number in wanted:
                yield start, start + length


@dataclass(slots=True)
class _Reader:
    """Reads numbers of any width one after the other."""

    data: bytes
    position: int

    def number(self, width: int) -> int:
        if self.position + width > len(self.data):
            raise BrokenImageError("A table ends early.")
        self.position += width
        return int.from_bytes(self.data[self.position - width : self.position], "big")
