"""The picture of the demo: two halves joined by five dovetails, drawn instead of photographed.

A photograph would show people or places that nobody of the project has agreed to show.
"""

from io import BytesIO
from typing import Any, Final

from django.core.files.images import ImageFile
from PIL import Image, ImageDraw
from wagtail.images import get_image_model
from wagtail.models import Collection

from .identifiers import identifier

SIZE: Final = (1600, 1000)
OVERSAMPLING: Final = 2
DEEP: Final = "#063b36"
SPRUCE: Final = "#0b5b53"
MARIGOLD: Final = "#f5a93b"

TAILS: Final = 5
"""One for each twinning."""

SHOULDER, TIP = 690, 910
NARROW, WIDE = 84, 128
SEAM: Final = 10
"""Pixels: where tails begin and end, how high they are there, how thick the line between is."""


def save_illustration() -> Any:
    """Draws the picture and saves it with description, credit and licence."""
    model = get_image_model()
    public_id = identifier("image", "dovetail")
    fields = {
        "title": "Dovetail joint (illustration)",
        "description": (
            "Abstract illustration: a dark green and an orange half, joined by five dovetails."
        ),
        "credit": "Illustration: drawn by a program for the demo of V2V CMS",
        "licence": "CC0-1.0",
        "collection": Collection.get_first_root_node(),
    }
    image = model(public_id=public_id, **fields)
    image.file = ImageFile(BytesIO(draw()), name="dovetail-joint.png")
    image.save()
    return image


def draw() -> bytes:
    """Returns the picture as PNG; the same bytes each time."""
    width, height = (side * OVERSAMPLING for side in SIZE)
    canvas = Image.new("RGB", (width, height), MARIGOLD)
    pen = ImageDraw.Draw(canvas)
    joint = [(x * OVERSAMPLING, y * OVERSAMPLING) for x, y in joint_line()]
    pen.polygon([(0, 0), *joint, (0, height)], fill=SPRUCE)
    pen.line(joint, fill=DEEP, width=SEAM * OVERSAMPLING, joint="curve")
    picture = canvas.resize(SIZE, Image.Resampling.LANCZOS)
    buffer = BytesIO()
    picture.quantize(colors=64, dither=Image.Dither.NONE).save(buffer, "PNG", optimize=True)
    return buffer.getvalue()


def joint_line() -> list[tuple[float, float]]:
    """Returns the line between the halves, from top to bottom: the tails widen to their tips."""
    height = SIZE[1]
    line: list[tuple[float, float]] = [(SHOULDER, 0)]
    for number in range(TAILS):
        middle = (number + 0.5) * height / TAILS
        line += [
            (SHOULDER, middle - NARROW / 2),
            (TIP, middle - WIDE / 2),
            (TIP, middle + WIDE / 2),
            (SHOULDER, middle + NARROW / 2),
        ]
    return [*line, (SHOULDER, height)]
