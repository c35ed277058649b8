"""No upload takes more than 150 megabytes of memory, whatever it is and whatever it claims."""

import struct
import sys
from collections.abc import Callable
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any, Final

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from PIL import ExifTags, Image
from wagtail.models import Collection

from tests.memory import peak_of
from tests.uploads import animation, archive, corrupt, huge_png, picture

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(sys.platform != "linux", reason="asks Linux's kernel"),
]

MOST: Final = 150
"""In megabytes."""

LARGEST: Final = (3650, 2735)
"""The largest that is taken, nearly: 10 megapixels."""

LARGEST_OF_SOME: Final = (2820, 2120)
"""Of WebP and AVIF: 6 megapixels."""

TAKEN, REFUSED = 302, 200
Case = tuple[Callable[[], bytes], int]


@pytest.fixture
def editor(admin_client: Client) -> Client:
    return admin_client


def plain(mode: str, size: tuple[int, int] = LARGEST) -> Image.Image:
    return Image.new(mode, size, "#d00000" if len(mode) > 1 else 208)


def grainy(mode: str, size: tuple[int, int] = LARGEST) -> Image.Image:
    """Returns a picture of many bytes, whose content is the same each time."""
    grain = Image.effect_noise((500, 500), 90)
    bands = [grain.rotate(90 * number) for number, _band in enumerate(mode)]
    return Image.merge(mode, bands).resize(size, Image.Resampling.NEAREST)


def saved(image: Image.Image, name: str, **options: Any) -> bytes:
    buffer = BytesIO()
    image.save(buffer, name, **options)
    return buffer.getvalue()


def sideways(image: Image.Image, name: str, **options: Any) -> bytes:
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 6
    return saved(image, name, exif=exif, **options)


def deep_avif() -> bytes:
    """Returns 6 megapixels of 12 bits and with transparency, in a file as large as may be.

    Pillow writes 8 bits only. This came out of libavif: ``imagecodecs.avif_encode(pixels,
    bitspersample=12, pixelformat="444")``. Its last box, that of the pixels, is filled up here.
    """
    data = Path(__file__).with_name("deep.avif").read_bytes()
    start = data.rindex(b"mdat") - 4
    filled = data + bytes(10 * 1024 * 1024 - len(data))
    return filled[:start] + struct.pack(">I", len(filled) - start) + filled[start + 4 :]


def many_parts() -> bytes:
    """Returns a handbook that lists 400,000 parts, each with a name of one byte."""
    data = archive(**{"[Content_Types].xml": "", "word/document.xml": ""})
    end = data.rindex(b"PK\5\6")
    (start,) = struct.unpack_from("<I", data, end + 16)
    part = struct.pack("<4s6H3L5H2L", b"PK\1\2", 20, 20, *[0] * 7, 1, *[0] * 6) + b"a"
    parts = data[start:end] + part * (19_000_000 // len(part))
    closing = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 0, 0, len(parts), start, 0)
    return data[:start] + parts + closing


PROGRESSIVE: Final = {"progressive": True, "subsampling": 0}
LARGEST_PICTURES: Final[dict[str, Case]] = {
    "plain.jpeg": (lambda: picture("jpeg", LARGEST), TAKEN),
    "plain.png": (lambda: picture("png", LARGEST), TAKEN),
    "plain.gif": (lambda: picture("gif", LARGEST), TAKEN),
    "plain.webp": (lambda: picture("webp", LARGEST_OF_SOME, method=0), TAKEN),
    "plain.avif": (lambda: picture("avif", LARGEST_OF_SOME, speed=10), TAKEN),
    "deep.avif": (deep_avif, TAKEN),
    "sideways.png": (lambda: sideways(plain("RGBA"), "PNG"), TAKEN),
}
HEAVY: Final[dict[str, Case]] = {
    "heavy.png": (lambda: saved(grainy("L"), "PNG", compress_level=0), TAKEN),
    "deep.png": (lambda: saved(Image.new("I;16", LARGEST, 40_000), "PNG"), TAKEN),
    "printed plain.jpeg": (lambda: saved(plain("CMYK"), "JPEG", **PROGRESSIVE), TAKEN),
    "sideways.webp": (lambda: sideways(plain("RGB", LARGEST_OF_SOME), "WEBP", method=0), TAKEN),
    "printed.jpeg": (lambda: saved(grainy("CMYK"), "JPEG", quality=50, **PROGRESSIVE), TAKEN),
    "sideways.jpeg": (lambda: sideways(grainy("RGB"), "JPEG", quality=80, **PROGRESSIVE), TAKEN),
    "heavy.webp": (
        lambda: saved(grainy("RGB", LARGEST_OF_SOME), "WEBP", quality=99, method=0),
        TAKEN,
    ),
    "profile.webp": (
        lambda: saved(plain("RGBA", LARGEST_OF_SOME), "WEBP", icc_profile=bytes(9_000_000)),
        TAKEN,
    ),
    "heavy.avif": (
        lambda: saved(grainy("RGBA", LARGEST_OF_SOME), "AVIF", speed=10, subsampling="4:4:4"),
        TAKEN,
    ),
}
HOSTILE: Final[dict[str, Case]] = {
    "88.png": (lambda: huge_png(9400), REFUSED),
    "400.png": (lambda: huge_png(20_000), REFUSED),
    "seven.webp": (lambda: picture("webp", (3000, 2334), method=0), REFUSED),
    "seven.avif": (lambda: picture("avif", (3000, 2334), speed=10), REFUSED),
    "moving.gif": (lambda: animation("gif", 1500), REFUSED),
    "moving.webp": (lambda: animation("webp", 1500), REFUSED),
    "broken.jpeg": (lambda: picture("jpeg", LARGEST)[:-5000], REFUSED),
    "broken.png": (lambda: corrupt("png", LARGEST)["its second half overwritten"], REFUSED),
}
DOCUMENTS: Final[dict[str, Case]] = {
    "large.pdf": (lambda: b"%PDF-" + b"\xa7" * 20_000_000, TAKEN),
    "parts.docx": (many_parts, REFUSED),
}


def upload(editor: Client, kind: str, name: str, data: bytes) -> Callable[[], Any]:
    """Returns what sends a file, all of which is written down already: a browser is elsewhere."""
    words = {"title": "Workshop", "collection": Collection.get_first_root_node().pk}
    if kind == "images":
        words |= {"description": "A bench", "credit": "SEDU", "licence": "CC-BY-4.0"}
    body = encode_multipart(BOUNDARY, {**words, "file": SimpleUploadedFile(name, data)})
    return partial(editor.generic, "POST", f"/admin/{kind}/add/", body, MULTIPART_CONTENT)


def check_cost(editor: Client, kind: str, name: str, case: Case) -> None:
    make, expected = case
    upload(editor, kind, "first.png", picture("png"))()  # what is loaded once is not its cost
    statuses: list[int] = []
    send = upload(editor, kind, name, make())

    cost = peak_of(lambda: statuses.append(send().status_code))

    assert statuses == [expected]
    assert cost < MOST


@pytest.mark.parametrize("name", LARGEST_PICTURES)
def test_the_largest_pictures(editor: Client, name: str) -> None:
    check_cost(editor, "images", name, LARGEST_PICTURES[name])


@pytest.mark.slow
@pytest.mark.parametrize("name", HEAVY)
def test_the_largest_pictures_of_many_bytes(editor: Client, name: str) -> None:
    check_cost(editor, "images", name, HEAVY[name])


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_pictures(editor: Client, name: str) -> None:
    check_cost(editor, "images", name, HOSTILE[name])


@pytest.mark.parametrize("name", DOCUMENTS)
def test_documents(editor: Client, name: str) -> None:
    check_cost(editor, "documents", name, DOCUMENTS[name])


def test_what_took_more_before_hides_nothing() -> None:
    assert peak_of(lambda: b"\xa7" * 90_000_000) > 80

    assert 40 < peak_of(lambda: b"\xa7" * 50_000_000) < 60
