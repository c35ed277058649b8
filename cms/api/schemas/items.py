"""Pages as items: what news, stories and other pages tell about themselves."""

from datetime import date, datetime, time
from typing import Any, ClassVar, Literal
from uuid import UUID

from pydantic import BaseModel, Field

from .blocks import BlockSchema, StrandSchema, TimelineEntrySchema
from .events import AgendaEntrySchema, EventKindName, EventStatusName
from .inclusions import (
    EventInclusionsSchema,
    NewsInclusionsSchema,
    RepositoryInclusionsSchema,
    StoryInclusionsSchema,
    VETSystemInclusionsSchema,
)
from .media import DocumentSchema, ImageSchema, LicenceCode, TextSchema
from .process import PhaseSchema, StepSchema
from .records import (
    CountryReferenceSchema,
    PartnerReferenceSchema,
    TopicReferenceSchema,
    TwinningReferenceSchema,
)
from .selection import Selectable, on_request
from .vet_systems import VETProgrammeSchema, VETValueSchema

Origin = Literal["original", "official", "project", "machine"]
ReviewStateName = Literal["fresh", "due", "outdated"]
TargetGroupName = Literal["learners", "staff", "organisers"]


class ItemLocaleSchema(BaseModel):
    """Which language was asked for, and which one the text is in."""

    requested: str
    served: str


class AlternateSchema(BaseModel):
    """The item in one of the languages it exists in."""

    locale: str
    url: str
    state: Origin | None = Field(description="Where that text comes from; null where unknown.")
    updated_at: datetime | None
    translation_is_outdated: bool = Field(
        description="Whether the words of the original have changed since they were translated."
    )


class ItemLicenceSchema(BaseModel):
    """Under what terms the item may be reused, and who is to be named."""

    code: LicenceCode
    url: str | None
    attribution: str


class FundingSchema(BaseModel):
    """What every copy of the item must show: the line beside the emblem, and the disclaimer."""

    emblem_line: TextSchema | None
    disclaimer: TextSchema | None


class TagSchema(BaseModel):
    """A tag; the parameter ``tag`` takes its slug."""

    slug: str
    name: str


class ItemSchema(Selectable):
    """What every page has."""

    core: ClassVar[tuple[str, ...]] = ("id", "type", "locale", "title", "url")
    on_demand: ClassVar[tuple[str, ...]] = ("search_title", "search_description", "review_on")

    id: UUID = Field(description="The same in all languages.")
    locale: ItemLocaleSchema
    title: str
    url: str = Field(description="Where a reader of the language asked for reads the item.")
    summary: str
    canonical_url: str = Field(description="The one address of this text, for search engines.")
    first_published_at: datetime | None
    updated_at: datetime | None
    image: ImageSchema | None
    translation_is_outdated: bool = Field(
        description="Whether the words of the original have changed since they were translated."
    )
    alternates: list[AlternateSchema]
    footnotes: list[TextSchema] = Field(description="To be shown with the item.")
    search_title: str
    search_description: str


class ProjectItemSchema(ItemSchema):
    """What pages of the project have besides."""

    licence: ItemLicenceSchema
    funding: FundingSchema | None
    translation_origin: Origin
    review_on: date | None


class ArticleSchema(ProjectItemSchema):
    """What news and stories have in common."""

    on_demand: ClassVar[tuple[str, ...]] = (*ProjectItemSchema.on_demand, "reading_minutes")

    published_on: date
    is_date_assumed: bool = Field(description="The source gives no date; this one is assumed.")
    is_demo_text: bool = Field(description="The text is an example and reports nothing.")
    body: list[BlockSchema]
    reading_minutes: int


class NewsSchema(ArticleSchema):
    """A piece of news."""

    includes = ("authors", "twinnings")

    type: Literal["news"]
    twinnings: list[TwinningReferenceSchema] = Field(description="Pairs that the article is about.")
    authors: list[PartnerReferenceSchema]
    tags: list[TagSchema]
    included: NewsInclusionsSchema = on_request()


class StorySchema(ArticleSchema):
    """A story of one pair of schools."""

    includes = ("twinning",)

    type: Literal["stories"]
    twinning: TwinningReferenceSchema
    included: StoryInclusionsSchema = on_request()


class SourceSchema(BaseModel):
    """What an article relies on."""

    title: TextSchema
    publisher: str
    url: str = Field(description="Empty where it is not on the web.")
    checked_on: date | None = Field(description="When somebody last read it; null: nobody yet.")


class RepositorySchema(ArticleSchema):
    """How to find out about a topic of mobility. Show `state` and `last_reviewed_on` with it."""

    on_demand: ClassVar[tuple[str, ...]] = tuple(
        name for name in ArticleSchema.on_demand if name != "review_on"
    )
    includes = ("topics", "sending_countries", "host_countries")

    type: Literal["repository"]
    state: ReviewStateName = Field(
        description="Today: `fresh`, `due` once its review is, `outdated` once it holds no more."
    )
    valid_until: date | None = Field(description="The last day on which it holds, if one is known.")
    last_reviewed_on: date | None
    topics: list[TopicReferenceSchema]
    sending_countries: list[CountryReferenceSchema] = Field(description="Empty: any country.")
    host_countries: list[CountryReferenceSchema] = Field(description="Empty: any country.")
    target_groups: list[TargetGroupName] = Field(description="Empty: everybody.")
    sources: list[SourceSchema]
    attachments: list[DocumentSchema]
    included: RepositoryInclusionsSchema = on_request()


class EventSchema(ArticleSchema):
    """A kick-off session, professional visit or meeting; `published_on` is when it was announced.

    Show `status` with a cancelled or postponed one, and say of an assumed day that it is one.
    """

    includes = ("country", "hosts", "twinnings")

    type: Literal["events"]
    kind: EventKindName
    status: EventStatusName
    starts_on: date
    starts_at: time | None = Field(description="In `time_zone`; null: the whole day.")
    ends_on: date | None
    ends_at: time | None
    time_zone: str = Field(description="By its IANA name, such as Europe/Rome.")
    date_precision: Literal["day", "month"]
    is_date_assumed: bool = Field(description="The source does not give these days exactly.")
    is_online: bool
    online_url: str = Field(description="Empty where only participants may come.")
    venue: str
    city: str
    country: CountryReferenceSchema | None
    hosts: list[PartnerReferenceSchema]
    twinnings: list[TwinningReferenceSchema]
    agenda: list[AgendaEntrySchema]
    calendar_url: str = Field(description="Of an iCalendar file; empty where there is none.")
    included: EventInclusionsSchema = on_request()


class ProcessSchema(ArticleSchema):
    """A mobility process with the steps of all its modules; it names no participants."""

    type: Literal["process"]
    phases: list[PhaseSchema]


class ModuleSchema(ProjectItemSchema):
    """A module of the mobility process, on its own."""

    type: Literal["process-modules"]
    is_demo_text: bool = Field(description="The text is an example and reports nothing.")
    steps: list[StepSchema]


class StandardPageSchema(ProjectItemSchema):
    """A standing page, such as the one about the project."""

    type: Literal["page"]
    body: list[BlockSchema]


class HomeSchema(ProjectItemSchema):
    """The first page of the site."""

    type: Literal["home"]
    headline: str
    introduction: str
    dates: list[TimelineEntrySchema]
    strands: list[StrandSchema]


class SectionSchema(ProjectItemSchema):
    """A page that lists others."""

    type: Literal["section"]


class VETSystemSchema(ProjectItemSchema):
    """The VET system of a country, or of one of its regions."""

    includes = ("country",)

    type: Literal["vet-systems"]
    country: CountryReferenceSchema
    region: str = Field(description="Entity, canton or district; empty for the whole country.")
    values: list[VETValueSchema] = Field(description="What is not documented is left out.")
    programmes: list[VETProgrammeSchema]
    body: list[BlockSchema]
    included: VETSystemInclusionsSchema = on_request()


class OtherPageSchema(ItemSchema):
    """A page of a type that this version of the API has no schema for."""

    core: ClassVar[tuple[str, ...]] = (*ItemSchema.core, "page_type")
    on_demand: ClassVar[tuple[str, ...]] = ("search_title", "search_description")

    type: Literal["other"]
    page_type: str = Field(description="As the parameter `type` takes it.")
    values: dict[str, Any] = Field(description="What the page type itself gives out, by name.")
