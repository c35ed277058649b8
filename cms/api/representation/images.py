"""Images with what must be shown beside them, in the sizes that the site's own pages use."""

from collections.abc import Collection
from typing import Any, Final

from wagtail.images import get_image_model

from v2v_snippets.credits import image_credit
from v2v_snippets.images import PICTURE_SIZES, stored_versions, url_maker, versions_of
from v2v_snippets.keeping import MOST_OF_A_KIND, facts_of
from v2v_snippets.prepared import prepared

from .addresses import Addresses

SIZE: Final = "body"

Urls = dict[str, dict[int, str]]
"""Absolute addresses by format and width."""


Told = dict[str, Any]
"""An image as items tell of it, with its own description."""


class Images:
    """The images of one answer: two queries for all that no answer of this version has told yet.

    A format whose versions are still being made is an empty string, never one that is not there.
    """

    def __init__(self, keys: Collection[int], addresses: Addresses) -> None:
        self._addresses = addresses
        self._known: dict[tuple[str, int], Told] = facts_of(Images)
        self._told: dict[int, Told | None] = {
            key: self._known[addresses.root_url, key]
            for key in keys
            if (addresses.root_url, key) in self._known
        }
        wanted = sorted(set(keys) - self._told.keys())
        images = _images(get_image_model(), keys=wanted) if wanted else []
        self._by_key = {image.pk: image for image in images}
        self._stored = stored_versions(self._by_key.keys(), SIZE)
        self._url_of = url_maker()

    def image(self, key: int | None, *, alt: str | None = None) -> Told | None:
        """Returns an image; None where there is none, or where its file is missing or broken.

        Args:
            key: Its primary key.
            alt: What it shows at this place; without it, its own description.
        """
        if not key:
            return None
        if key not in self._told:
            self._told[key] = self._tell(key)
        told = self._told[key]
        return told if told is None or alt is None else {**told, "alt": alt}

    def _tell(self, key: int) -> Told | None:
        image = self._by_key.get(key)
        urls = (self._stored_urls(key) or self._made_urls(image)) if image is not None else None
        if image is None or urls is None:
            return None
        credit = image_credit(image)
        told = {
            "id": getattr(image, "public_id", None),
            **_sources(urls),
            "width": image.width,
            "height": image.height,
            "alt": image.default_alt_text,
            "credit": credit.credit,
            "licence": credit.licence,
            "focal_point": _focal_point(image),
        }
        if len(self._known) < MOST_OF_A_KIND:
            self._known[self._addresses.root_url, key] = told
        return told

    def _stored_urls(self, key: int) -> Urls | None:
        """Returns the addresses of versions by format and width; None if some must still be made.

        The last format never waits for the worker.
        """
        stored, wanted = self._stored[key], PICTURE_SIZES[SIZE]
        ready = [n for n in wanted.formats if stored.keys() >= set(wanted.specs_in(n))]
        if self._url_of is None or wanted.formats[-1] not in ready:
            return None
        return {
            name: {
                stored[spec].width: self._addresses.absolute(self._url_of(stored[spec].file))
                for spec in wanted.specs_in(name)
            }
            for name in ready
        }

    def _made_urls(self, image: Any) -> Urls | None:
        """Returns the same with what is missing made, or None for a broken file."""
        versions = versions_of(image, SIZE)
        if versions is None:
            return None
        return {
            name: {each.width: self._addresses.absolute(each.url) for each in made}
            for name, made in versions.items()
        }


def _sources(urls: Urls) -> dict[str, Any]:
    wanted = PICTURE_SIZES[SIZE].formats
    srcset = {
        # a picture smaller than a size is not enlarged: each width counts once
        name: ", ".join(f"{url} {width}w" for width, url in urls.get(name, {}).items())
        for name in wanted
    }
    return {"url": list(urls[wanted[-1]].values())[-1], "srcset": srcset}


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
