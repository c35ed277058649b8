"""Issues of newsletters: what was sent by mail, as the archive shows it."""

from typing import Annotated, ClassVar, Literal

from pydantic import BaseModel, Field
from typing_extensions import TypeAliasType

from .blocks import MARKDOWN, Html
from .items import FundingSchema, ItemLicenceSchema, ItemSchema, Origin
from .selection import on_request


class IssuePictureSchema(BaseModel):
    """A picture in one size, as mail programs show it."""

    url: str
    width: int = Field(description="As it is shown, in CSS pixels; the file may have more.")
    height: int
    alt: str


class IssueHeadingSchema(BaseModel):
    """A heading between the parts."""

    kind: Literal["heading"]
    text: str


class IssueWordsSchema(BaseModel):
    """Running text."""

    kind: Literal["words"]
    html: Html
    markdown: str = on_request(description=MARKDOWN)


class IssueFigureSchema(BaseModel):
    """A picture with its caption."""

    kind: Literal["figure"]
    picture: IssuePictureSchema
    caption: str


class IssueCardSchema(BaseModel):
    """Something to be read elsewhere: a page that is public today, an event, a term."""

    kind: Literal["card"]
    label: str = Field(description="What it is, in the language of the issue.")
    title: str
    title_language: str = Field(description="Empty: that of the issue.")
    summary: str
    summary_language: str = Field(description="Empty: that of the issue.")
    url: str = Field(description="Empty where there is nothing to be read.")
    when: str
    place: str
    picture: IssuePictureSchema | None
    marks: list[str] = Field(description="To be shown with it.")


IssuePartSchema = TypeAliasType(
    "IssuePartSchema",
    Annotated[
        IssueHeadingSchema | IssueWordsSchema | IssueFigureSchema | IssueCardSchema,
        Field(discriminator="kind"),
    ],
)


class IssueSchema(ItemSchema):
    """An issue of a newsletter. Pages that it names and that are public no more are left out."""

    on_demand: ClassVar[tuple[str, ...]] = ("search_title", "search_description")

    type: Literal["newsletters"]
    subject: str
    preheader: str
    html: Html = Field(description="The lead text.")
    markdown: str = on_request(description=MARKDOWN)
    parts: list[IssuePartSchema]
    licence: ItemLicenceSchema
    funding: FundingSchema | None
    translation_origin: Origin


class ArchiveSchema(ItemSchema):
    """The page that lists all issues."""

    on_demand: ClassVar[tuple[str, ...]] = ("search_title", "search_description")

    type: Literal["newsletter-archive"]
    introduction: str
