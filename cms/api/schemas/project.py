"""What a front end needs around the content: funding, navigation, settings of the project."""

from datetime import date
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, Field

from .items import FundingSchema, ItemLicenceSchema
from .media import TextSchema
from .records import Next
from .selection import Selectable


class EmblemSchema(BaseModel):
    """The emblem that stands beside the funding line."""

    url: str = Field(description="An SVG file; show it unchanged.")
    width: int
    height: int
    alt: TextSchema


class WordingSchema(BaseModel):
    """One prescribed sentence in one language that somebody vouches for."""

    kind: Literal["emblem_line", "disclaimer"]
    language: str = Field(description="BCP 47 code.")
    text: str
    status: Literal["official", "national_agency", "project"] = Field(
        description="Who stands behind it: the funder, a national agency, or the project."
    )
    source: str = Field(description="Where it is prescribed.")


class FundingStatementSchema(Selectable):
    """What must be shown with everything that one grant paid for."""

    core = ("id", "grant")

    id: UUID
    grant: str
    is_default: bool = Field(description="It holds wherever an item names no other.")
    emblem: EmblemSchema | None
    emblem_line: TextSchema | None = Field(description="To be shown beside the emblem.")
    disclaimer: TextSchema | None = Field(description="To be shown below.")
    wordings: list[WordingSchema] = Field(description="Both sentences in every language.")


class FundingStatementListSchema(BaseModel):
    """A page of the list of funding statements."""

    items: list[FundingStatementSchema]
    next: str | None = Next


class NavigationLinkSchema(BaseModel):
    """A page as menus name it."""

    id: UUID = Field(description="Of the page, as in `/content/`.")
    type: str = Field(description="Of the page, as the parameter `type` of `/content/` takes it.")
    title: str
    url: str = Field(description="Where a reader of the language asked for reads it.")
    language: str = Field(description="BCP 47 code of the language the title is in.")


class NavigationSchema(Selectable):
    """Menus of the site, as its own pages show them."""

    core = ("locale",)

    locale: str = Field(description="The language asked for.")
    home: str = Field(description="Address of the home page; empty while there is none.")
    menu: list[NavigationLinkSchema]
    footer: list[NavigationLinkSchema]


class ControllerSchema(BaseModel):
    """Who answers for personal data (GDPR, article 4.7)."""

    name: str
    address: str


class AccessibilitySchema(BaseModel):
    """What a statement on accessibility says."""

    assessed_on: date | None
    email: str


class SocialLinkSchema(BaseModel):
    """A place outside the site where the project can be followed."""

    label: str
    url: str


class SettingsSchema(Selectable):
    """What the project says about itself on every page."""

    core = ("name",)

    name: str
    url: str = Field(description="The home page for readers of the language asked for.")
    tagline: TextSchema | None
    contact_email: str
    controller: ControllerSchema
    accessibility: AccessibilitySchema
    social_links: list[SocialLinkSchema]
    default_locale: str = Field(description="The language of requests that name none.")
    licence: ItemLicenceSchema = Field(description="Of items that say nothing else.")
    funding: FundingSchema | None = Field(description="To be shown on every page.")
    footnotes: list[TextSchema] = Field(description="To be shown on every page.")
