"""Frees pictures of metadata, and refuses those that are broken, huge or something else.

Originals keep their pixels: metadata is cut out of the file. Only a picture that lies on its side,
or whose colours browsers cannot show, is written anew.
"""

import math
import struct
from collections.abc import Callable
from io import BytesIO
from typing import Any, Final

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from PIL import ExifTags, Image, ImageCms, ImageOps

from . import avif, gif, jpeg, png, webp
from .layout import BrokenImageError, Layout

_NONSENSE: Final = (
    ArithmeticError,
    LookupError,
    OSError,
    SyntaxError,
    TypeError,
    ValueError,
    struct.error,
)
"""What Pillow raises for metadata that nobody can read, which make no picture broken."""

MOST_FRAMES: Final = 60
"""Of an animation; its frames together may have no more pixels than a still picture."""

_DEFAULT_MOST_PIXELS: Final = 10_000_000
_MOST_PIXELS_OF: Final = {"avif": 6_000_000, "webp": 6_000_000}
"""Of formats that take up to 20 bytes a pixel: decoders keep what they then hand to Pillow.

WebP is decoded as an animation, which needs the frame before; AVIF may have 12 bits a colour.
"""

_SHOWABLE_MODES: Final = frozenset(["1", "L", "LA", "P", "PA", "RGB", "RGBA"])
_READERS: Final[dict[str, Callable[[bytes], Layout]]] = {
    "avif": avif.read_layout,
    "gif": gif.read_layout,
    "jpeg": jpeg.read_layout,
    "png": png.read_layout,
    "webp": webp.read_layout,
}
_SAVING: Final[dict[str, dict[str, Any]]] = {
    "jpeg": {"quality": 95, "subsampling": 0},
    "png": {"optimize": True},
    "webp": {"quality": 95, "method": 2},
}
"""How a picture that must be written anew is written: so that nobody sees the difference."""


def image_format(data: bytes) -> str | None:
    """Tells the format by the first bytes; None for all that is no picture in a known format."""
    if data.startswith(jpeg.SIGNATURE):
        return "jpeg"
    if data.startswith(png.SIGNATURE):
        return "png"
    if data.startswith(gif.SIGNATURES):
        return "gif"
    if webp.is_webp(data):
        return "webp"
    return "avif" if avif.is_avif(data) else None


def image_size(data: bytes) -> tuple[int, int] | None:
    """Returns width and height in pixels from the header; None for what is no picture."""
    name = image_format(data)
    try:
        layout = _READERS[name](data) if name else None
    except BrokenImageError:
        return None
    return (layout.width, layout.height) if layout else None


def clean_image(data: bytes) -> bytes:
    """Returns a picture without metadata and without what lies behind its end, and upright.

    EXIF with its GPS position and thumbnail, XMP, IPTC, comments and texts are left out; the colour
    profile stays. The picture is decoded once, so that what is stored can be shown.

    Raises:
        ValidationError: with a sentence for the editor, when it is no picture, broken or too large.
    """
    name = image_format(data)
    if name is None:
        raise ValidationError(
            _("This file is no picture in a format that can be shown: save it as JPEG or PNG."),
            code="invalid_image",
        )
    try:
        layout = _READERS[name](data)
        _refuse_large(layout, name)
        return _upright(data, name) or _showable(layout.stripped(data), name)
    except ValidationError:
        raise
    except Exception as error:  # decoders of hostile files raise whatever they like
        raise ValidationError(
            _("This picture is broken: open it in a program for pictures and save it anew."),
            code="broken_image",
        ) from error


def _refuse_large(layout: Layout, name: str) -> None:
    pixels = layout.width * layout.height
    most = getattr(settings, "WAGTAILIMAGES_MAX_IMAGE_PIXELS", None) or _DEFAULT_MOST_PIXELS
    most = min(most, _MOST_PIXELS_OF.get(name, most))
    if pixels > most:
        scale = math.sqrt(most / pixels)
        raise ValidationError(
            _(
                "This picture has %(size)s megapixels (%(width)s × %(height)s); at most %(most)s "
                "are possible. Make it smaller, for example %(new_width)s × %(new_height)s pixels, "
                "and upload it again."
            ),
            code="file_too_many_pixels",
            params={
                "size": number_format(round(pixels / 1e6, 1), 1),
                "most": number_format(most / 1e6, 0),
                "width": layout.width,
                "height": layout.height,
                "new_width": int(layout.width * scale),
                "new_height": int(layout.height * scale),
            },
        )
    _refuse_long(layout, most)


def _refuse_long(layout: Layout, most: int) -> None:
    pixels = layout.width * layout.height
    if layout.frames > MOST_FRAMES or pixels * layout.frames > most:
        message = ngettext(
            "This picture moves: it has %(frames)s frame of %(width)s × %(height)s pixels. That is "
            "too much. Upload a still picture.",
            "This picture moves: it has %(frames)s frames of %(width)s × %(height)s pixels. That "
            "is too much. Upload a still picture.",
            layout.frames,
        )
        numbers = {"frames": layout.frames, "width": layout.width, "height": layout.height}
        raise ValidationError(message % numbers, code="too_many_frames")


def _upright(data: bytes, name: str) -> bytes | None:
    """Returns a picture that lay on its side written anew, or None where it stands upright.

    An AVIF is turned by a property of the image, which is no metadata and stays.
    """
    if name == "avif" or _orientation(data) == 1:
        return None
    return _written(_turned(data), name)


def _turned(data: bytes) -> Image.Image:
    """Returns the upright picture, once its decoder and all that this keeps are gone."""
    with Image.open(BytesIO(data)) as image:
        image.load()
        image.fp = None
        return ImageOps.exif_transpose(image)


def _orientation(data: bytes) -> int:
    """Returns how the camera was held (EXIF 2.3, tag 274), 1 for upright and for nonsense."""
    try:
        with Image.open(BytesIO(data)) as image:
            value = image.getexif().get(ExifTags.Base.Orientation, 1)
    except (
        ArithmeticError,
        LookupError,
        OSError,
        SyntaxError,
        TypeError,
        ValueError,
        struct.error,
    ):
        return 1  # nonsense in the metadata does not make a picture broken
    return value if value in range(2, 9) else 1


def _showable(data: bytes, name: str) -> bytes:
    """Decodes every frame; writes the picture anew if no browser or no version could show it.

    Raises:
        Exception: of any kind, when the picture is broken.
    """
    with Image.open(BytesIO(data)) as image:
        for frame in range(getattr(image, "n_frames", 1)):
            image.seek(frame)
            image.load()
        if image.mode in _SHOWABLE_MODES and _profile(image) == image.info.get("icc_profile"):
            return data
        if name == "avif":
            raise BrokenImageError("The colour profile is broken.")
        image.seek(0)
        image.load()
        still = image.copy()
    del image  # which would take its memory along
    return _written(still, name)


def _profile(image: Image.Image) -> bytes | None:
    """Returns the colour profile, unless there is none or no version could be made with it."""
    profile: bytes | None = image.info.get("icc_profile")
    if not profile or int.from_bytes(profile[:4], "big") != len(profile):
        return None
    try:
        ImageCms.ImageCmsProfile(BytesIO(profile))
    except (OSError, ImageCms.PyCMSError):
        return None
    return profile


def _written(image: Image.Image, name: str) -> bytes:
    profile = _profile(image)
    if image.mode not in _SHOWABLE_MODES:
        image, profile = _in_screen_colours(image, profile), None
    image.info = {key: image.info[key] for key in ("transparency",) if key in image.info}
    buffer = BytesIO()
    image.save(buffer, name.upper(), icc_profile=profile, exif=b"", **_SAVING.get(name, {}))
    return buffer.getvalue()


def _in_screen_colours(image: Image.Image, profile: bytes | None) -> Image.Image:
    """Converts printing colours and measurements of 16 and 32 bits to what screens show."""
    if image.mode.startswith("I"):
        return image.convert("I").point(lambda value: value / 256).convert("L")
    if image.mode == "CMYK" and profile:
        own, screen = ImageCms.ImageCmsProfile(BytesIO(profile)), ImageCms.createProfile("sRGB")
        converted = ImageCms.profileToProfile(image, own, screen, outputMode="RGB")
        if converted is not None:
            return converted
    return image.convert("RGB")
