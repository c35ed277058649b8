"""The fonts have every letter of the partnership's languages, and browsers load few of them."""

import re
import struct
from pathlib import Path

import brotli
import pytest
from bs4 import BeautifulSoup
from django.test import Client

from tests.sites import SiteTree, translate

STATIC = Path(__file__).parents[2] / "v2v_pages" / "static" / "v2v_pages"
KILOBYTE = 1024

LETTERS = {
    "it": "àèéìíòóùú",
    "nl": "áäéëíïóöúü",
    "fi": "åäöšž",
    "sl": "čšžćđ",
    "hr": "čćđšž",
    "bs": "čćđšž",
    "cnr": "čćđšžśź",
    "sr-latn": "čćđšž",
    "sr": "абвгдђежзијклљмнњопрстћуфхцчџш",
    "sq": "çë",
    "es": "áéíñóúü",
    "ca": "àçéèíïóòúü·",
    "en": "abcdefghijklmnopqrstuvwxyz",
}
"""Letters by language, from the exemplars of the CLDR."""

CYRILLIC_MARK = "\u0301"
"""Makes letters that only Montenegrin has in Cyrillic."""

FACE = re.compile(r'url\("fonts/([\w-]+)\.woff2"\)[^}]*unicode-range:([^}]*)\}')


def ranges_by_font() -> dict[str, set[int]]:
    """Returns for which characters the stylesheet asks for each font."""
    asked: dict[str, set[int]] = {}
    for name, ranges in FACE.findall((STATIC / "site.css").read_text(encoding="utf-8")):
        asked[name] = set()
        for span in ranges.split(","):
            first, _dash, last = span.strip().removeprefix("U+").partition("-")
            asked[name] |= set(range(int(first, 16), int(last or first, 16) + 1))
    return asked


def characters_of(name: str) -> set[int]:
    """Returns the characters that a font has: its table ``cmap``, of format 4.

    See https://www.w3.org/TR/WOFF2/ and OpenType's chapter on cmap.
    """
    data = (STATIC / "fonts" / f"{name}.woff2").read_bytes()
    cmap = _table(data, 0)
    count = struct.unpack_from(">H", cmap, 2)[0]
    offsets = [struct.unpack_from(">HHL", cmap, 4 + 8 * i)[2] for i in range(count)]
    found: set[int] = set()
    for at in offsets:
        if struct.unpack_from(">H", cmap, at)[0] == 4:
            segments = struct.unpack_from(">H", cmap, at + 6)[0] // 2
            ends = struct.unpack_from(f">{segments}H", cmap, at + 14)
            starts = struct.unpack_from(f">{segments}H", cmap, at + 16 + 2 * segments)
            for start, end in zip(starts, ends, strict=True):
                found |= set(range(start, end + 1))
    return found - {0xFFFF}


def _table(data: bytes, wanted: int) -> bytes:
    """Returns a table of a WOFF2 file by its number in the list of known tags; 0 is ``cmap``."""
    tables = struct.unpack_from(">H", data, 12)[0]
    size, at, offset, found = struct.unpack_from(">L", data, 20)[0], 48, 0, (0, 0)
    for _number in range(tables):
        flags, at = data[at], at + 1
        tag, version = flags & 0x3F, flags >> 6
        at += 4 if tag == 0x3F else 0
        length, at = _base128(data, at)
        is_transformed = version != 3 if tag in {10, 11} else version != 0
        if is_transformed:
            length, at = _base128(data, at)
        if tag == wanted:
            found = (offset, length)
        offset += length
    start, length = found
    unpacked: bytes = brotli.decompress(data[at : at + size])
    return unpacked[start : start + length]


def _base128(data: bytes, at: int) -> tuple[int, int]:
    """Reads a number of variable length; returns it and where the next one begins."""
    value = 0
    while True:
        byte, at = data[at], at + 1
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, at


@pytest.mark.parametrize("language", LETTERS)
def test_every_letter_of_a_language_is_in_a_font_that_is_asked_for_it(language: str) -> None:
    letters = LETTERS[language] + LETTERS[language].upper()
    asked = ranges_by_font()
    there = {name: characters_of(name) & asked[name] for name in asked}

    missing = {
        letter for letter in letters if not any(ord(letter) in font for font in there.values())
    }

    assert missing == set()


def test_the_accent_of_cyrillic_comes_with_cyrillic() -> None:
    assert ord(CYRILLIC_MARK) in characters_of("geologica-cyrillic")


def test_fonts_stay_within_their_budget() -> None:
    size = {path.stem: path.stat().st_size for path in (STATIC / "fonts").glob("*.woff2")}
    latin = size["geologica-latin"] + size["geologica-balkan"]

    assert latin <= 34 * KILOBYTE
    assert size["geologica-latin"] + size["geologica-latin-ext"] <= 34 * KILOBYTE
    assert latin + size["geologica-cyrillic"] <= 50 * KILOBYTE


@pytest.mark.django_db
@pytest.mark.parametrize(("language", "fonts"), [("en", ["latin"]), ("sr", ["latin", "cyrillic"])])
def test_what_is_seen_first_does_not_wait_for_the_stylesheet(
    site: SiteTree, language: str, fonts: list[str]
) -> None:
    """Else lines move once their letters are there: Lighthouse counted a shift of 0.023."""
    translate(site.home, "sr")

    page = BeautifulSoup(Client().get(f"/{language}/").content, "html.parser")

    links = [str(link["href"]) for link in page.select("link[rel=preload][as=font]")]
    assert [re.findall(r"geologica-([a-z]+)", link)[0] for link in links] == fonts
