"""Images and files as items of their own lists."""

from uuid import UUID

from pydantic import BaseModel, Field

from .media import FocalPointSchema, LicenceCode, SrcsetSchema
from .records import Next
from .selection import Selectable


class RenditionSchema(BaseModel):
    """One version of an image, in one of the sizes that the site's own pages use."""

    sizes: list[str] = Field(description="What it is made for: `body`, `card`, `social`, …")
    format: str
    width: int
    height: int
    url: str


class ImageItemSchema(Selectable):
    """An image that a public page shows. Empty `alt`: it says nothing by itself."""

    core = ("id",)

    id: UUID | None = Field(description="Empty where the site's images have no public identifier.")
    url: str = Field(description="A JPEG; empty while the file is missing or broken.")
    srcset: SrcsetSchema | None
    width: int
    height: int
    alt: str
    credit: str
    licence: LicenceCode
    focal_point: FocalPointSchema | None
    renditions: list[RenditionSchema] = Field(description="All versions made so far.")


class ImageListSchema(BaseModel):
    """A page of the list of images."""

    items: list[ImageItemSchema]
    next: str | None = Next


class DocumentItemSchema(Selectable):
    """A file that a public page offers for download."""

    core = ("id",)

    id: UUID | None = Field(description="Empty where the site's files have no public identifier.")
    title: str
    url: str
    extension: str
    size: int | None = Field(description="In bytes.")


class DocumentListSchema(BaseModel):
    """A page of the list of files."""

    items: list[DocumentItemSchema]
    next: str | None = Next
