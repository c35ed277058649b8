"""Pictures and documents as honest cameras and hostile people make them, drawn by code."""

import struct
import zlib
from io import BytesIO
from typing import Any, Final
from zipfile import ZipFile

from PIL import ExifTags, Image

FORMATS: Final = ("jpeg", "png", "gif", "webp", "avif")
CANARY: Final = b"metadata-canary"
XMP: Final = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>metadata-canary 45.47</x:xmpmeta>"
GPS: Final = 0x8825


def picture(name: str = "jpeg", size: tuple[int, int] = (60, 40), **options: Any) -> bytes:
    """Returns a picture, red on its left side and blue on its right, in the named format."""
    image = Image.new("RGB", size, "#d00000")
    image.paste("#0000d0", (size[0] // 2, 0, *size))
    buffer = BytesIO()
    image.save(buffer, name.upper(), **options)
    return buffer.getvalue()


def with_metadata(name: str, *, orientation: int = 1) -> bytes:
    """Returns a picture that tells its maker, place and orientation in every way it can."""
    if name == "gif":
        return picture(name, comment=CANARY + b" 45.47")
    exif = Image.Exif()
    exif[ExifTags.Base.ImageDescription] = CANARY.decode()
    exif[ExifTags.Base.Orientation] = orientation
    exif.get_ifd(GPS).update({1: "N", 2: (45.0, 28.0, 12.0), 3: "E", 4: (9.0, 11.0, 0.0)})
    options: dict[str, Any] = {"exif": exif}
    if name == "png":
        return png_with_text(picture(name, **options))
    if name == "jpeg":
        options["comment"] = CANARY
    return picture(name, xmp=XMP, **options)


def png_with_text(data: bytes) -> bytes:
    """Adds a text chunk right behind the header."""
    return data[:33] + chunk(b"tEXt", b"Comment\0" + CANARY) + data[33:]


def chunk(name: bytes, content: bytes) -> bytes:
    """Returns a chunk of a PNG."""
    return struct.pack(">I", len(content)) + name + content + crc(name + content)


def crc(content: bytes) -> bytes:
    return struct.pack(">I", zlib.crc32(content))


def huge_png(side: int) -> bytes:
    """Returns a bomb: a whole, black PNG of this many pixels a side, in few bytes."""
    row = bytes(1 + side // 8)
    packer = zlib.compressobj()
    pixels = b"".join(packer.compress(row) for _ in range(side)) + packer.flush()
    header = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    chunks = chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + chunks


def animation(name: str, frames: int) -> bytes:
    """Returns a picture that moves."""
    images = [Image.new("P", (20, 10), number % 250) for number in range(frames)]
    buffer = BytesIO()
    options: dict[str, Any] = {"save_all": True, "append_images": images[1:], "duration": 20}
    if name == "webp":
        images = [image.convert("RGB") for image in images]
        options |= {"append_images": images[1:], "lossless": True, "method": 0}
    # frames that differ: equal ones would be merged into one
    for number, image in enumerate(images):
        image.putpixel((number % 20, number // 20 % 10), 255 if name == "gif" else (255, 255, 255))
    images[0].save(buffer, name.upper(), **options)
    return buffer.getvalue()


def archive(**parts: str) -> bytes:
    """Returns a ZIP file of these parts; ``__`` in a name stands for ``/``."""
    buffer = BytesIO()
    with ZipFile(buffer, "w") as packed:
        for name, content in parts.items():
            packed.writestr(name.replace("__", "/"), content)
    return buffer.getvalue()


SVG: Final = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML: Final = b"<!doctype html><script>alert(document.domain)</script>"
TAILS: Final = {
    "zip": archive(payload="alert(1)"),
    "html": HTML,
    "script": b"*/=1;alert(1)//",
}


def corrupt(name: str, size: tuple[int, int] = (60, 40)) -> dict[str, bytes]:
    """Returns broken pictures of a format, by what is wrong with them."""
    whole = picture(name, size)
    middle = len(whole) // 2
    return {
        "cut off in the middle": whole[:middle],
        "nothing but its first bytes": whole[:16],
        "its second half overwritten": whole[:middle] + b"\xa7" * (len(whole) - middle),
        "its beginning overwritten": b"\0" * 16 + whole[16:],
        "empty": b"",
        "something else": b"no picture " * 40,
    }
