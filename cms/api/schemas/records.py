"""The project's records: countries, partners, twinnings, languages."""

from datetime import date
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, Field

from .media import ImageSchema, TextSchema
from .selection import Inclusions, Selectable, on_request

Next = Field(description="Address of the next page, or null on the last one.")


class PositionSchema(BaseModel):
    """A place on the map in degrees, never more exact than what is known."""

    longitude: float
    latitude: float
    precision: Literal["country", "city"]


class CountryReferenceSchema(BaseModel):
    """A country. The footnote must be shown wherever the name is; the name carries its mark."""

    code: str = Field(description="ISO 3166-1 code; XK for Kosovo*.")
    name: str
    footnote: TextSchema | None


class PartnerReferenceSchema(BaseModel):
    """A school or network, as other items name it."""

    id: UUID
    slug: str
    name: str
    url: str
    country: CountryReferenceSchema


class TwinningReferenceSchema(BaseModel):
    """A pair of schools, as other items name it."""

    id: UUID
    number: int
    name: str
    url: str
    european_school: PartnerReferenceSchema
    balkan_school: PartnerReferenceSchema


class TopicReferenceSchema(BaseModel):
    """A topic of the repository, as other items name it."""

    id: UUID
    slug: str = Field(description="As the parameter `topic` takes it.")
    name: TextSchema | None = Field(description="Null where nobody has named it yet.")
    url: str = Field(description="The list of its articles; empty while there is none.")


class TopicSchema(Selectable):
    """A topic of the repository."""

    core = ("id", "slug", "name", "url")

    id: UUID
    slug: str = Field(description="As the parameter `topic` of `/repository/` takes it.")
    name: TextSchema | None
    url: str = Field(description="The list of its articles; empty while there is none.")
    description: TextSchema | None
    sort_order: int = Field(description="Topics with small numbers come first.")


class TopicListSchema(BaseModel):
    """A page of the list of topics."""

    items: list[TopicSchema]
    next: str | None = Next


class IncludedPartnerSchema(Selectable):
    """A school or network, as other items embed it."""

    core = ("id", "slug", "name", "url")

    id: UUID
    slug: str
    name: str
    url: str = Field(description="Its page on the site; empty while there is none.")
    official_name: str
    other_names: list[str]
    kind: Literal["vet_provider", "network"]
    side: Literal["eu", "wb"] | None = Field(description="Half of a twinning; null for networks.")
    is_lead: bool
    country: CountryReferenceSchema
    city: str
    position: PositionSchema
    website: str
    logo: ImageSchema | None
    description: TextSchema | None
    sectors: TextSchema | None
    teams: list[Literal["steering", "communication", "financial"]]
    twinning: int | None = Field(description="Number of the twinning the school is in.")


class IncludedTwinningSchema(Selectable):
    """A pair of schools, one European and one Western Balkan, as other items embed it."""

    core = ("id", "number", "name", "url")

    id: UUID
    number: int
    name: str
    url: str = Field(description="Its page on the site; empty while there is none.")
    european_school: PartnerReferenceSchema
    balkan_school: PartnerReferenceSchema
    status: Literal["planned", "active", "completed"]
    started_on: date | None
    ended_on: date | None
    goals: TextSchema | None
    learners_count: int | None
    staff_count: int | None
    visits_count: int | None


class CountrySchema(Selectable):
    """A country of the partnership."""

    core = ("code", "name")

    code: str = Field(description="ISO 3166-1 code; XK for Kosovo*.")
    name: str = Field(description="With the mark of its footnote, where it has one.")
    language: str = Field(description="BCP 47 code of the language the name is in.")
    footnote: TextSchema | None = Field(description="To be shown wherever the name is.")
    position: PositionSchema


class PartnerInclusionsSchema(Inclusions):
    """What a partner can embed."""

    country: CountrySchema
    twinning: IncludedTwinningSchema | None


class TwinningInclusionsSchema(Inclusions):
    """What a twinning can embed."""

    european_school: IncludedPartnerSchema
    balkan_school: IncludedPartnerSchema


class PartnerSchema(IncludedPartnerSchema):
    """A school or network of the partnership."""

    includes = ("country", "twinning")

    included: PartnerInclusionsSchema = on_request()


class PartnerListSchema(BaseModel):
    """A page of the list of partners."""

    items: list[PartnerSchema]
    next: str | None = Next


class TwinningSchema(IncludedTwinningSchema):
    """A pair of schools, one European and one Western Balkan."""

    includes = ("european_school", "balkan_school")

    included: TwinningInclusionsSchema = on_request()


class TwinningListSchema(BaseModel):
    """A page of the list of twinnings."""

    items: list[TwinningSchema]
    next: str | None = Next


class CountryListSchema(BaseModel):
    """A page of the list of countries."""

    items: list[CountrySchema]
    next: str | None = Next


class LocaleSchema(Selectable):
    """A language of the site."""

    core = ("code",)

    code: str = Field(description="BCP 47 code, as in the parameter `locale`.")
    name: str = Field(description="The language's name in itself.")
    english_name: str
    direction: Literal["ltr", "rtl"] = Field(description="In which its texts are written.")
    url: str = Field(description="The home page for readers of this language.")
    is_default: bool
    fallbacks: list[str] = Field(
        description="Where readers of this language are sent when a text is missing, nearest first."
    )
    item_count: int = Field(
        description="How many public items there are with a text in this language itself."
    )


class LocaleListSchema(BaseModel):
    """All languages of the site."""

    items: list[LocaleSchema]
