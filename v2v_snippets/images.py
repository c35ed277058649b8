"""The sizes in which pictures go out. Page, feed and API take them from here, and no others exist.

A list of sizes that anybody may ask for would let a stranger fill the disk; a list that only pages
know would make partner sites fetch originals.
"""

import logging
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any, Final, NamedTuple, cast

from wagtail.images import get_image_model
from wagtail.images.exceptions import InvalidFilterSpecError
from wagtail.images.models import AbstractRendition, Filter, SourceImageIOError

from .keeping import MOST_OF_A_KIND, facts_of
from .prepared import one_of, prepared
from .signals import rows_written

logger = logging.getLogger(__name__)

MIME_TYPES: Final = {
    "avif": "image/avif",
    "webp": "image/webp",
    "jpeg": "image/jpeg",
    "png": "image/png",
}


@dataclass(frozen=True, slots=True)
class PictureSize:
    """The versions of one picture for one place on a page: each operation in each format.

    ``sizes`` is the HTML attribute: how wide the picture stands, by width of the window. The last
    format is the one for browsers that know no other.
    """

    operations: tuple[str, ...]
    sizes: str
    formats: tuple[str, ...] = ("avif", "webp", "jpeg")

    @property
    def specs(self) -> list[str]:
        """Wagtail's filter specs of all versions."""
        return [spec for name in self.formats for spec in self.specs_in(name)]

    def specs_in(self, name: str) -> list[str]:
        """Returns the filter specs of the versions in one format, narrow ones first."""
        return [f"{operation}|format-{name}" for operation in self.operations]


PICTURE_SIZES: Final = {
    "body": PictureSize(
        ("width-480", "width-800", "width-1400"), "(min-width: 48rem) 43rem, calc(100vw - 2.25rem)"
    ),
    "half": PictureSize(("width-400", "width-800"), "(min-width: 48rem) 21rem, 50vw"),
    "card": PictureSize(("fill-320x200", "fill-640x400"), "(min-width: 48rem) 20rem, 100vw"),
    "portrait": PictureSize(("fill-96x96", "fill-192x192"), "6rem"),
    "logo": PictureSize(("max-160x80", "max-320x160"), "10rem", ("webp", "png")),
}
"""Every place in which a picture can stand, by name."""

SOCIAL_SPEC: Final = "fill-1200x630|format-jpeg"
"""The one version for previews of links, in the proportion that social networks show."""

ALL_SPECS: Final = frozenset(
    [SOCIAL_SPEC, *(spec for size in PICTURE_SIZES.values() for spec in size.specs)]
)
"""Every version that may be made."""


@dataclass(frozen=True, slots=True)
class Source:
    """One format of a picture in all its widths."""

    mime_type: str
    srcset: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture in one size, ready for ``<picture>``."""

    sources: tuple[Source, ...]
    url: str
    width: int
    height: int
    sizes: str


def picture_of(image: Any, size: str) -> Picture | None:
    """Returns ``image`` in the named size, or None where its file is missing or broken.

    Costs no query for images that went through ``prefetch_pictures()``; see ``versions_of()``.
    """
    versions = versions_of(image, size)
    if versions is None:
        return None
    # a picture smaller than the operation is not enlarged: each width counts once
    sources = tuple(
        Source(
            MIME_TYPES[name],
            ", ".join(f"{r.url} {r.width}w" for r in {r.width: r for r in renditions}.values()),
        )
        for name, renditions in versions.items()
    )
    wanted = PICTURE_SIZES[size]
    plain = versions[wanted.formats[-1]][-1]
    return Picture(sources, plain.url, plain.width, plain.height, wanted.sizes)


def versions_of(image: Any, size: str) -> dict[str, list[Any]] | None:
    """Returns the renditions for one place by format; None where the file is missing or broken.

    The last format is always among them: what is not there yet is made now, in a fraction of a
    second. AVIF and WebP take seconds, for which no reader waits: they are left out until
    ``services.renditions`` has made all their widths.
    """
    wanted = PICTURE_SIZES[size]
    found = {f.spec for f in image.find_existing_renditions(*map(_filter, wanted.specs))}
    ready = [name for name in wanted.formats if found.issuperset(wanted.specs_in(name))]
    formats = [*ready, *(name for name in wanted.formats[-1:] if name not in ready)]
    renditions = renditions_of(image, [spec for name in formats for spec in wanted.specs_in(name)])
    if renditions is None:
        return None
    return {name: [renditions[spec] for spec in wanted.specs_in(name)] for name in formats}


def missing_specs(image: Any) -> list[str]:
    """Returns which of all versions of ``image`` are not there yet."""
    found = {f.spec for f in image.find_existing_renditions(*map(_filter, sorted(ALL_SPECS)))}
    return sorted(ALL_SPECS - found)


def social_picture(image: Any) -> Any:
    """Returns the rendition for previews of links, or None where the file is missing or broken."""
    known = facts_of(social_picture)
    if image.pk not in known:
        renditions = renditions_of(image, [SOCIAL_SPEC])
        if renditions is None:
            return None
        if len(known) >= MOST_OF_A_KIND:
            return renditions[SOCIAL_SPEC]
        known[image.pk] = renditions[SOCIAL_SPEC]
    return known[image.pk]


def renditions_of(image: Any, specs: list[str]) -> dict[str, Any] | None:
    """Returns the renditions by spec, or None where the file is missing or broken.

    What is made now is told of, as the worker does: lists of the versions are others from then on.
    """
    filters = [_filter(spec) for spec in specs]
    found = image.find_existing_renditions(*filters)
    if lacking := [each for each in filters if each not in found]:
        try:
            made = image.get_renditions(*lacking)
        except (SourceImageIOError, InvalidFilterSpecError, OSError) as error:
            logger.warning("Image %s cannot be shown: %s", image.pk, error)
            return None
        rows_written.send(sender=type(image), keys=[image.pk])
        found |= {each: made[each.spec] for each in lacking}
    return {each.spec: found[each] for each in filters}


@cache
def _filter(spec: str) -> Filter:
    """Parses a spec once: for lists of pictures that would be most of the work."""
    return Filter(spec)


LOADED: Final = "prefetched_renditions"
"""The attribute in which Wagtail looks for versions that were loaded for many images at once."""


def prefetch_pictures(images: Iterable[Any], *sizes: str, social: bool = False) -> None:
    """Loads the versions of all ``images`` in the named sizes: one query, however many images."""
    shown = [image for image in images if image is not None and LOADED not in image.__dict__]
    specs = [spec for size in sizes for spec in PICTURE_SIZES[size].specs]
    if social:
        specs.append(SOCIAL_SPEC)
    by_image: dict[int, list[Any]] = {image.pk: [] for image in shown}
    keys = sorted(by_image)
    for rendition in _renditions(tuple(specs), images=keys) if keys else ():
        by_image[rendition.image_id].append(rendition)
    for image in shown:
        image.__dict__[LOADED] = by_image[image.pk]


class StoredVersion(NamedTuple):
    """A version of an image that has been made, as far as its address needs it."""

    image_id: int
    filter_spec: str
    file: str
    width: int


def stored_versions(keys: Collection[int], size: str) -> dict[int, dict[str, StoredVersion]]:
    """Returns what there is of images in the named size, by image and filter spec: one query.

    For answers that show hundreds of versions and need no more than their addresses. The size must
    not cut, so that focal points do not matter.
    """
    found: dict[int, dict[str, StoredVersion]] = {key: {} for key in keys}
    specs = tuple(PICTURE_SIZES[size].specs)
    for row in _stored(specs, images=sorted(found)) if found else ():
        found[row[0]][row[1]] = StoredVersion(*row)
    return found


def url_maker() -> Callable[[str], str] | None:
    """Returns what makes the address of a version of its file's name; None where no rule is known.

    A rendition model whose addresses are its own says how they are made by ``url_of``.
    """
    model = get_image_model().get_rendition_model()
    if hasattr(model, "url_of"):
        return cast("Callable[[str], str]", model.url_of)
    if model.url is AbstractRendition.url:
        return cast("Callable[[str], str]", model._meta.get_field("file").storage.url)
    return None


@prepared
def _stored(specs: tuple[str, ...], *, images: Any) -> Any:
    versions = get_image_model().get_rendition_model().objects
    rows = versions.filter(one_of("image_id", images), filter_spec__in=specs)
    return rows.values_list(*StoredVersion._fields)


@prepared
def _renditions(specs: tuple[str, ...], *, images: Any) -> Any:
    versions = get_image_model().get_rendition_model().objects
    return versions.filter(one_of("image_id", images), filter_spec__in=specs)
