"""The parts of a body. Each has a ``type`` of its own, so that generated clients are typed."""

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field
from typing_extensions import TypeAliasType

from .media import DocumentSchema, ImageSchema, PageLinkSchema
from .records import PartnerReferenceSchema, TwinningReferenceSchema
from .selection import on_request

Html = Annotated[str, Field(description="Sanitised HTML with absolute addresses.")]

MARKDOWN = "CommonMark with absolute addresses; comes with `rich_text=markdown` only."


class BodyBlock(BaseModel):
    """What all blocks have: an identifier that stays the same when the text around is edited."""

    id: str | None


class ParagraphBlockSchema(BodyBlock):
    """Running text with headings (h2, h3), lists and links."""

    type: Literal["paragraph"]
    html: Html
    markdown: str = on_request(description=MARKDOWN)


class PersonSchema(BaseModel):
    """Somebody who agreed to be named."""

    name: str
    role: str
    partner: PartnerReferenceSchema | None


class QuoteBlockSchema(BodyBlock):
    """A quotation, from a person or from a source."""

    type: Literal["quote"]
    quote: str
    person: PersonSchema | None
    source: str


class CalloutBlockSchema(BodyBlock):
    """A short text that must not be missed."""

    type: Literal["callout"]
    tone: Literal["note", "tip", "warning"]
    heading: str
    html: Html
    markdown: str = on_request(description=MARKDOWN)


class TableColumnSchema(BaseModel):
    """Heading of a column, and what its cells hold."""

    heading: str
    type: str = Field(
        description="text, number, or rich_text (cells are HTML, or Markdown if asked for)."
    )


class TableBlockSchema(BodyBlock):
    """A table. Cells of number columns are numbers, or null where there is none."""

    type: Literal["table"]
    caption: str
    columns: list[TableColumnSchema]
    rows: list[list[str | float | None]]
    markdown: str = on_request(
        description="The whole table with pipes (GFM), without its caption; comes with "
        "`rich_text=markdown` only."
    )


class CaptionedImageSchema(BaseModel):
    """An image of a body with its caption."""

    image: ImageSchema
    caption: str


class ImageBlockSchema(BodyBlock, CaptionedImageSchema):
    """One image."""

    type: Literal["image"]


class GalleryBlockSchema(BodyBlock):
    """Images that belong together."""

    type: Literal["gallery"]
    images: list[CaptionedImageSchema]


class VideoBlockSchema(BodyBlock):
    """A link to a film on another site."""

    type: Literal["video"]
    title: str
    url: str
    description: str


class DocumentsBlockSchema(BodyBlock):
    """Files for download."""

    type: Literal["documents"]
    heading: str
    documents: list[DocumentSchema]


class TwinningsBlockSchema(BodyBlock):
    """Pairs of schools, as they stand in the records today."""

    type: Literal["twinnings"]
    heading: str
    twinnings: list[TwinningReferenceSchema]


class TimelineEntrySchema(BaseModel):
    """A day, a span of days, or a month, and what happens then."""

    starts_on: date
    ends_on: date | None
    precision: Literal["day", "month"]
    title: str
    text: str


class TimelineBlockSchema(BodyBlock):
    """Dates in their order."""

    type: Literal["timeline"]
    heading: str
    entries: list[TimelineEntrySchema]


class PortraitSchema(PersonSchema):
    """Somebody who takes part, with a portrait where there is one."""

    image: ImageSchema | None
    text: str


class PeopleBlockSchema(BodyBlock):
    """People who take part."""

    type: Literal["people"]
    people: list[PortraitSchema]


class SubscribeBlockSchema(BodyBlock):
    """A form to subscribe to newsletters; see `/subscriptions/`."""

    type: Literal["subscribe"]
    heading: str
    text: str


class OtherBlockSchema(BodyBlock):
    """A block that this version of the API has no schema for; skip it, or look at ``block``."""

    type: Literal["other"]
    block: str = Field(description="The block's name in the body it stands in.")
    value: Any


# a named alias, so that it is one schema in the OpenAPI document, which others refer to
BlockSchema = TypeAliasType(
    "BlockSchema",
    Annotated[
        ParagraphBlockSchema
        | QuoteBlockSchema
        | CalloutBlockSchema
        | TableBlockSchema
        | ImageBlockSchema
        | GalleryBlockSchema
        | VideoBlockSchema
        | DocumentsBlockSchema
        | TwinningsBlockSchema
        | TimelineBlockSchema
        | PeopleBlockSchema
        | SubscribeBlockSchema
        | OtherBlockSchema,
        Field(discriminator="type"),
    ],
)


class StrandSchema(BaseModel):
    """One of the results that the partners work on."""

    title: str
    text: str
    page: PageLinkSchema | None
