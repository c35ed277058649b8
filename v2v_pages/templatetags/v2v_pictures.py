"""Pictures in every size and format that a browser may choose from."""

from collections.abc import Iterable
from typing import Any

from django import template

from v2v_snippets.credits import image_credit
from v2v_snippets.enums import Licence, licence_url
from v2v_snippets.images import picture_of, prefetch_pictures

register = template.Library()


@register.inclusion_tag("v2v_components/picture.html")
def picture(image: Any, size: str = "body", *, lazy: bool = True) -> dict[str, Any]:
    """Shows an image in one of the sizes of ``v2v_snippets.images``; nothing if its file is broken.

    The description is the one written for this place, if there is one.
    """
    description = getattr(image, "contextual_alt_text", None)
    if description is None:
        description = image.default_alt_text
    decorative = getattr(image, "decorative", False)
    return {
        "picture": picture_of(image, size),
        "description": "" if decorative else description,
        "lazy": lazy,
    }


@register.filter
def credit(image: Any) -> str:
    """Returns who made an image, as it is to be shown; "" if nobody says so."""
    return image_credit(image).credit


@register.filter
def licence(image: Any) -> tuple[str, str]:
    """Returns the licence of an image and where to read it; "" where the site knows of none."""
    code = image_credit(image).licence
    label = Licence(code).label if code in Licence.values else ""
    return str(label), licence_url(code)


@register.simple_tag
def load_pictures(items: Iterable[Any], attribute: str, size: str) -> str:
    """Loads the pictures of all items of a list at once, before the list shows them one by one."""
    prefetch_pictures((getattr(item, attribute) for item in items), size)
    return ""
