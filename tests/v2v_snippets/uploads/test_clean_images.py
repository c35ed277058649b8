"""Pictures keep their pixels and lose all that they tell of place, people and device."""

from contextlib import suppress
from io import BytesIO
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from PIL import Image, ImageCms

from tests.uploads import (
    CANARY,
    FORMATS,
    TAILS,
    animation,
    corrupt,
    huge_png,
    picture,
    with_metadata,
)
from v2v_snippets.uploads.documents import check_document
from v2v_snippets.uploads.images import clean_image, image_format, image_size


def pixels(data: bytes) -> bytes:
    return Image.open(BytesIO(data)).convert("RGB").tobytes()


@pytest.mark.parametrize("name", FORMATS)
def test_metadata_is_cut_out_without_touching_a_pixel(name: str) -> None:
    told = with_metadata(name)
    assert CANARY in told, "the picture tells nothing that could be lost"

    cleaned = clean_image(told)

    assert CANARY not in cleaned
    assert dict(Image.open(BytesIO(cleaned)).getexif()) == {}
    assert pixels(cleaned) == pixels(told)
    assert clean_image(cleaned) == cleaned


@pytest.mark.parametrize("name", ["jpeg", "png", "webp"])
def test_a_picture_taken_sideways_is_stored_upright(name: str) -> None:
    cleaned = clean_image(with_metadata(name, orientation=6))

    upright: Any = Image.open(BytesIO(cleaned)).convert("RGB")
    assert upright.size == (40, 60) == image_size(cleaned)
    assert upright.getpixel((20, 5))[0] > 180
    assert upright.getpixel((20, 55))[2] > 180
    assert CANARY not in cleaned


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("tail", TAILS)
def test_what_hides_behind_a_picture_is_cut_off(name: str, tail: str) -> None:
    honest = picture(name)

    assert clean_image(honest + TAILS[tail]) == clean_image(honest)


@pytest.mark.parametrize("name", ["jpeg", "png", "webp", "avif"])
def test_the_colour_profile_stays(name: str) -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()

    cleaned = clean_image(picture(name, icc_profile=profile))

    assert Image.open(BytesIO(cleaned)).info["icc_profile"] == profile


def test_printing_colours_become_those_of_screens() -> None:
    buffer = BytesIO()
    Image.new("CMYK", (20, 20), (0, 255, 255, 0)).save(buffer, "JPEG")

    cleaned: Any = Image.open(BytesIO(clean_image(buffer.getvalue())))

    assert cleaned.mode == "RGB"
    red, green, blue = cleaned.getpixel((5, 5))
    assert red > 200
    assert max(green, blue) < 60


@pytest.mark.parametrize("name", FORMATS)
def test_broken_pictures_are_refused_with_a_sentence(name: str) -> None:
    for data in corrupt(name).values():
        with pytest.raises(ValidationError, match="picture"):
            clean_image(data)


@pytest.mark.parametrize("name", FORMATS)
def test_a_picture_with_any_byte_overwritten_raises_nothing_else(name: str) -> None:
    whole = with_metadata(name)
    for position in range(0, len(whole), max(1, len(whole) // 150)):
        damaged = whole[:position] + bytes([whole[position] ^ 0xFF]) + whole[position + 1 :]
        with suppress(ValidationError):
            assert image_format(clean_image(damaged)) == name


@pytest.mark.parametrize(("side", "size"), [(9400, "88.4"), (20_000, "400.0")])
def test_a_huge_picture_is_told_its_size_and_a_smaller_one(side: int, size: str) -> None:
    with pytest.raises(ValidationError, match=f"{size} megapixels.*3162 × 3162") as refused:
        clean_image(huge_png(side))

    assert refused.value.code == "file_too_many_pixels"


@pytest.mark.parametrize("name", ["gif", "webp"])
def test_an_animation_of_a_few_frames_stays_and_a_film_is_refused(name: str) -> None:
    moving: Any = Image.open(BytesIO(clean_image(animation(name, 12))))
    assert moving.n_frames == 12

    with pytest.raises(ValidationError, match="still picture"):
        clean_image(animation(name, 1500))


@pytest.mark.filterwarnings("ignore:Corrupt EXIF data")
def test_nonsense_in_the_metadata_does_not_make_a_picture_broken() -> None:
    nonsense = picture("jpeg", exif=b"Exif\0\0II*\0 sideways")

    assert clean_image(nonsense) == clean_image(picture("jpeg"))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", b"<html><script>alert(1)</script>"),
        ("a.pdf", b"\n%PDF-1.7 behind something else"),
        ("a.docx", TAILS["zip"]),
        ("a.xlsx", b"PK\x03\x04 cut off"),
        ("a.odt", TAILS["zip"]),
        ("a.txt", b"\xef\xbb\xbf  <SVG onload=alert(1)>"),
        ("a.csv", b"a,b\0c"),
    ],
)
def test_a_document_that_is_something_else_is_refused(name: str, content: bytes) -> None:
    with pytest.raises(ValidationError, match="whatever its name says"):
        check_document(BytesIO(content), name)
