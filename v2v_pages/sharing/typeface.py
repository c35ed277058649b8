"""The typeface of the site, for pictures: its files are chosen sign by sign, as by browsers."""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Final, NamedTuple

from PIL import ImageDraw, ImageFont

STATIC: Final = Path(__file__).parent.parent / "static" / "v2v_pages"
FACE: Final = re.compile(r'@font-face\{[^}]*?url\("([^"]+\.woff2)"\)[^}]*?unicode-range:([^;}]+)')
Colour = str


class Face(NamedTuple):
    """One file of the typeface, and the signs that are read from it."""

    file: Path
    signs: frozenset[int]


@cache
def faces() -> tuple[Face, ...]:
    """Returns the files that the style sheet names, each with its ``unicode-range``."""
    css = (STATIC / "site.css").read_text(encoding="utf-8")
    return tuple(
        Face(STATIC / file, frozenset(_signs(ranges))) for file, ranges in FACE.findall(css)
    )


def _signs(ranges: str) -> Iterator[int]:
    """Yields what "U+20-7E,U+131" names, after CSS Fonts 4, 4.5."""
    for part in ranges.split(","):
        first, _, last = part.strip().removeprefix("U+").partition("-")
        yield from range(int(first, 16), int(last or first, 16) + 1)


@cache
def _font(file: Path, size: int, weight: int) -> ImageFont.FreeTypeFont:
    font = ImageFont.truetype(file, size)
    font.set_variation_by_axes([weight])
    return font


def legible(text: str) -> str:
    """Returns a text in one line, without the signs that the typeface lacks."""
    known = (
        sign for sign in unicodedata.normalize("NFC", text) if sign.isspace() or _file_of(sign)
    )
    return " ".join("".join(known).split())


class Type(NamedTuple):
    """Letters of one size, in pixels, and one weight, from 100 to 900; for ``legible()`` texts."""

    size: int
    weight: int

    def width(self, text: str) -> float:
        """Returns how wide a line is, in pixels."""
        return sum(font.getlength(part) for font, part in self._parts(text))

    def write(
        self, canvas: ImageDraw.ImageDraw, at: tuple[float, float], text: str, colour: Colour
    ) -> None:
        """Writes a line whose letters stand on the point ``at``."""
        x, y = at
        for font, part in self._parts(text):
            canvas.text((x, y), part, fill=colour, font=font, anchor="ls")
            x += font.getlength(part)

    def _parts(self, text: str) -> Iterator[tuple[ImageFont.FreeTypeFont, str]]:
        """Yields what is written with one file after the other."""
        for file, signs in groupby(text, key=_file_of):
            if file:
                yield _font(file, *self), "".join(signs)


def _file_of(sign: str) -> Path | None:
    return next((face.file for face in faces() if ord(sign) in face.signs), None)
