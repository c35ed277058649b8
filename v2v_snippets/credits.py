"""Reads credit and licence of an image, whichever image model the site uses."""

from dataclasses import dataclass
from typing import Any, Final

from wagtail.images import get_image_model

CREDIT_FIELDS: Final = ("credit", "licence")


@dataclass(frozen=True, slots=True)
class ImageCredit:
    """Who made an image and under which licence (SPDX); empty where the site keeps neither."""

    credit: str = ""
    licence: str = ""


def image_credit(image: Any) -> ImageCredit:
    """Returns the credit of ``image``; a stock Wagtail image has none."""
    return ImageCredit(*(getattr(image, field, "") for field in CREDIT_FIELDS))


def available_credit_fields() -> tuple[str, ...]:
    """Returns those of our credit fields that the site's image model has, for ``only()``."""
    names = {field.name for field in get_image_model()._meta.get_fields()}
    return tuple(field for field in CREDIT_FIELDS if field in names)
