"""Texts, images and files, as they appear inside items."""

from typing import Literal
from uuid import UUID

from pydantic import BaseModel, Field

LicenceCode = Literal["CC-BY-4.0", "CC-BY-SA-4.0", "CC0-1.0", "all-rights-reserved", ""]


class TextSchema(BaseModel):
    """Words that may be in another language than the one asked for."""

    text: str
    language: str = Field(description="BCP 47 code of the language the text is in.")


class FocalPointSchema(BaseModel):
    """What must stay visible when an image is cropped, from 0 to 1 from the top left corner."""

    x: float
    y: float


class SrcsetSchema(BaseModel):
    """Ready for the attribute ``srcset`` of one ``<source>`` a format."""

    avif: str
    webp: str
    jpeg: str


class ImageSchema(BaseModel):
    """An image with what must be shown beside it. Empty ``alt``: the image is decoration."""

    id: UUID | None = Field(description="Empty where the site's images have no public identifier.")
    url: str = Field(description="A JPEG for programs that know nothing else.")
    srcset: SrcsetSchema
    width: int
    height: int
    alt: str
    credit: str
    licence: LicenceCode
    focal_point: FocalPointSchema | None


class DocumentSchema(BaseModel):
    """A file for download."""

    id: UUID | None = Field(description="Empty where the site's files have no public identifier.")
    title: str
    url: str
    extension: str
    size: int | None = Field(description="In bytes.")


class PageLinkSchema(BaseModel):
    """A public page of the site, at its address in the language asked for."""

    id: UUID
    title: str
    url: str
