"""Draws a card: the title on the project's ground, with its funding, as networks show it.

The ground and the emblem are static files, so that another site can have its own.
"""

from collections.abc import Iterator
from functools import lru_cache
from io import BytesIO
from typing import Final, NamedTuple

from django.contrib.staticfiles import finders
from PIL import Image, ImageDraw

from .typeface import Type, legible

SIZE: Final = (1200, 630)
"""Width and height in pixels, as networks show it whole: https://ogp.me."""
MARGIN: Final = 80
WIDTH: Final = SIZE[0] - 2 * MARGIN
GROUND: Final = "v2v_pages/sharing/ground.png"
EMBLEM: Final = "v2v_pages/sharing/emblem.png"

WHITE: Final = "#ffffff"
ACCENT: Final = "#f5a93b"
SITE: Final = Type(34, 700)
SITE_AT: Final = (164, 116)
SECTION: Final = Type(30, 600)
SECTION_BASELINE: Final = 212
TITLES: Final = ((Type(76, 750), 2), (Type(62, 750), 3), (Type(50, 750), 4))
"""The largest letters first, each with the number of lines for which there is room."""
TITLE_TOP: Final = 232
LEADING: Final = 1.16
FUNDING: Final = Type(26, 400)
FUNDING_LEFT: Final = MARGIN + 120
FUNDING_MIDDLE: Final = 540
COLOURS: Final = 48

KEPT: Final = 200
"""Cards; each is some 20 KB."""


class Card(NamedTuple):
    """What stands on a card; all but the title may be empty."""

    title: str
    section: str = ""
    site: str = ""
    funding: str = ""


@lru_cache(KEPT)
def draw(card: Card) -> bytes:
    """Returns the card as PNG, ``SIZE`` large.

    A title that is too long ends in "…". Signs that the site's typeface lacks are left out.
    """
    card = Card(*map(legible, card))
    picture = _picture(GROUND).convert("RGB")
    canvas = ImageDraw.Draw(picture)
    SITE.write(canvas, SITE_AT, _cut(SITE, card.site, SIZE[0] - MARGIN - SITE_AT[0]), WHITE)
    section = _cut(SECTION, card.section, WIDTH)
    SECTION.write(canvas, (MARGIN, SECTION_BASELINE), section, ACCENT)
    kind, lines = _set_title(card.title)
    for number, line in enumerate(lines, 1):
        baseline = TITLE_TOP + round(kind.size * (LEADING * number - 0.16))
        kind.write(canvas, (MARGIN, baseline), line, WHITE)
    if card.funding:
        emblem = _picture(EMBLEM)
        picture.paste(emblem, (MARGIN, FUNDING_MIDDLE - emblem.height // 2))
        line = _cut(FUNDING, card.funding, SIZE[0] - MARGIN - FUNDING_LEFT)
        FUNDING.write(canvas, (FUNDING_LEFT, FUNDING_MIDDLE + FUNDING.size // 3), line, WHITE)
    file = BytesIO()
    picture.quantize(COLOURS, dither=Image.Dither.NONE).save(file, "PNG", optimize=True)
    return file.getvalue()


def _picture(name: str) -> Image.Image:
    found = finders.find(name)
    if not found:
        raise FileNotFoundError(name)
    return Image.open(found)


def _set_title(title: str) -> tuple[Type, list[str]]:
    """Returns the largest letters in which a title has room, and its lines."""
    for kind, room in TITLES:
        lines = list(_lines(kind, title))
        if len(lines) <= room and all(kind.width(line) <= WIDTH for line in lines):
            return kind, lines
    kind, room = TITLES[-1]
    lines = list(_lines(kind, title))
    last = " ".join(lines[room - 1 :])
    return kind, [_cut(kind, line, WIDTH) for line in (*lines[: room - 1], last) if line]


def _lines(kind: Type, text: str) -> Iterator[str]:
    """Yields a text in lines, broken at its spaces."""
    line = ""
    for word in text.split():
        longer = f"{line} {word}".strip()
        if line and kind.width(longer) > WIDTH:
            yield line
            longer = word
        line = longer
    if line:
        yield line


def _cut(kind: Type, text: str, width: float) -> str:
    """Returns as much of a line as has room, with "…" where something is left out."""
    if kind.width(text) <= width:
        return text
    while text and kind.width(f"{text}…") > width:
        text = text[:-1]
    return f"{text.rstrip()}…"
