"""Images and files as items of their own lists, as far as public pages show them."""

from collections.abc import Iterable, Sequence
from typing import Any, Final
from uuid import UUID

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Prefetch
from wagtail.images import get_image_model

from v2v_snippets.images import ALL_SPECS, PICTURE_SIZES
from v2v_snippets.publication.files import in_open_collections, publicly_shown

from ..schemas.files import DocumentItemSchema, ImageItemSchema
from .directory import Record
from .images import SIZE
from .references import References

SIZES_OF: Final[dict[str, list[str]]] = {
    spec: [name for name, size in PICTURE_SIZES.items() if spec in size.specs] or ["social"]
    for spec in sorted(ALL_SPECS)
}
"""What each version is made for; one may serve several places."""

MADE_WHEN_ASKED_FOR: Final = frozenset(
    PICTURE_SIZES[SIZE].specs_in(PICTURE_SIZES[SIZE].formats[-1])
)
"""The versions that an image's own addresses never wait for."""


def images_in_use() -> Any:
    """Returns the images that public pages or records show, with their versions."""
    images = publicly_shown(in_open_collections(get_image_model().objects.all()))
    return images.prefetch_related(Prefetch("renditions", _versions(), to_attr="known_renditions"))


def _versions() -> Any:
    versions = get_image_model().get_rendition_model().objects
    return versions.filter(filter_spec__in=ALL_SPECS).order_by("filter_spec")


def with_public_id(records: Any, key: UUID) -> Any:
    """Keeps the record with this identifier; none where the site's model has no identifiers."""
    try:
        records.model._meta.get_field("public_id")
    except FieldDoesNotExist:
        return records.none()
    return records.filter(public_id=key)


def all_images(images: Sequence[Any]) -> References:
    """Returns references to images themselves."""
    return References(images={image.pk for image in images})


def all_documents(documents: Sequence[Any]) -> References:
    """Returns references to files themselves."""
    return References(documents={document.pk for document in documents})


class ImageRecord(Record):
    """Writes an image."""

    schema = ImageItemSchema

    def write(self, fields: Any) -> dict[str, Any]:
        """Returns these fields of the image."""
        image = self.record
        bare = {
            "id": getattr(image, "public_id", None),
            "url": "",
            "srcset": None,
            "width": image.width,
            "height": image.height,
            "alt": image.default_alt_text,
            "credit": getattr(image, "credit", ""),
            "licence": getattr(image, "licence", ""),
            "focal_point": None,
        }
        shown = self.library.image(image.pk)
        known = image.known_renditions
        if shown and not MADE_WHEN_ASKED_FOR.issubset(each.filter_spec for each in known):
            known = _versions().filter(image=image)  # made since, for the addresses in ``shown``
        written = {**bare, **(shown or {}), "renditions": self._renditions(known)}
        return {name: written[name] for name in fields}

    def _renditions(self, renditions: Iterable[Any]) -> list[dict[str, Any]]:
        return [
            {
                "sizes": SIZES_OF[rendition.filter_spec],
                "format": rendition.filter_spec.rpartition("format-")[2],
                "width": rendition.width,
                "height": rendition.height,
                "url": self.library.addresses.absolute(rendition.url),
            }
            for rendition in renditions
        ]


class DocumentRecord(Record):
    """Writes a file for download."""

    schema = DocumentItemSchema

    def write(self, fields: Any) -> dict[str, Any]:
        """Returns these fields of the file."""
        written = self.library.document(self.record.pk) or {
            "id": getattr(self.record, "public_id", None),
            "title": self.record.title,
            "url": "",
            "extension": self.record.file_extension.lower(),
            "size": self.record.file_size,
        }
        return {name: written[name] for name in fields}
