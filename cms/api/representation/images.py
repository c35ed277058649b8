"""Images with what must be shown beside them, in the sizes that the site's own pages use."""

from collections.abc import Collection
from typing import Any, Final

from wagtail.images import get_image_model

from v2v_snippets.credits import image_credit
from v2v_snippets.images import PICTURE_SIZES, prefetch_pictures, versions_of
from v2v_snippets.prepared import prepared

from .addresses import Addresses

SIZE: Final = "body"


class Images:
    """The images of one answer: two queries for all of them.

    A format whose versions are still being made is an empty string, never one that is not there.
    """

    def __init__(self, keys: Collection[int], addresses: Addresses) -> None:
        self._addresses = addresses
        wanted = sorted(keys)
        images = _images(get_image_model(), keys=wanted) if wanted else []
        self._by_key = {image.pk: image for image in images}
        prefetch_pictures(images, SIZE)
        self._versions: dict[int, dict[str, Any] | None] = {}

    def image(self, key: int | None, *, alt: str | None = None) -> dict[str, Any] | None:
        """Returns an image; None where there is none, or where its file is missing or broken.

        Args:
            key: Its primary key.
            alt: What it shows at this place; without it, its own description.
        """
        image = self._by_key.get(key) if key else None
        versions = self._versions_of(image) if image is not None else None
        if image is None or versions is None:
            return None
        credit = image_credit(image)
        return {
            "id": getattr(image, "public_id", None),
            **versions,
            "width": image.width,
            "height": image.height,
            "alt": image.default_alt_text if alt is None else alt,
            "credit": credit.credit,
            "licence": credit.licence,
            "focal_point": _focal_point(image),
        }

    def _versions_of(self, image: Any) -> dict[str, Any] | None:
        if image.pk not in self._versions:
            versions = versions_of(image, SIZE)
            self._versions[image.pk] = versions and self._sources(versions)
        return self._versions[image.pk]

    def _sources(self, versions: dict[str, list[Any]]) -> dict[str, Any]:
        srcset = {}
        for name in PICTURE_SIZES[SIZE].formats:
            # a picture smaller than a size is not enlarged: each width counts once
            by_width = {
                rendition.width: self._addresses.absolute(rendition.url)
                for rendition in versions.get(name, ())
            }
            srcset[name] = ", ".join(f"{url} {width}w" for width, url in by_width.items())
        return {"url": list(by_width.values())[-1], "srcset": srcset}


@prepared
def _images(model: Any, *, keys: Any) -> Any:
    return model._default_manager.filter(pk__in=keys)


def _focal_point(image: Any) -> dict[str, float] | None:
    if image.focal_point_x is None or not image.width or not image.height:
        return None
    return {
        "x": round(image.focal_point_x / image.width, 4),
        "y": round(image.focal_point_y / image.height, 4),
    }
