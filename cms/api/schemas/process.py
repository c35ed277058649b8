"""What the mobility process consists of: phases, modules, steps."""

from typing import Literal
from uuid import UUID

from pydantic import BaseModel, Field

from .blocks import MARKDOWN, Html
from .media import DocumentSchema, PageLinkSchema
from .records import CountryReferenceSchema
from .selection import on_request

RoleName = Literal[
    "sending_school", "host_school", "company", "learner", "accompanying_person", "network"
]
DirectionName = Literal["eu_wb", "wb_eu"]


class DeadlineSchema(BaseModel):
    """Until when a step is to be done, counted from the departure."""

    amount: int = Field(description="0 is the day of departure.")
    unit: Literal["days", "weeks"]
    side: Literal["before", "after"]
    days: int = Field(description="The same in days; less than 0 before the departure.")


class StepLinkSchema(BaseModel):
    """What belongs to a step: exactly one of a page, a file and an address elsewhere."""

    title: str = Field(description="Empty where the page or file has its own.")
    page: PageLinkSchema | None
    document: DocumentSchema | None
    url: str


class CountryTipSchema(BaseModel):
    """What is different where one country takes part."""

    country: CountryReferenceSchema
    text: str


class StepSchema(BaseModel):
    """One thing to do; it names functions and no person."""

    id: str | None
    title: str
    roles: list[RoleName] = Field(description="The responsible one first; empty: everybody.")
    direction: DirectionName | None = Field(description="Null: both.")
    deadline: DeadlineSchema | None
    html: Html
    markdown: str = on_request(description=MARKDOWN)
    inputs: list[str]
    checklist: list[str]
    documents: list[StepLinkSchema]
    tips: list[CountryTipSchema]


class ModuleReferenceSchema(BaseModel):
    """A module with its steps, in the best language there is for it."""

    id: UUID
    locale: str
    title: str
    summary: str
    url: str
    steps: list[StepSchema]


class PhaseSchema(BaseModel):
    """A part of the process; a module may stand in several."""

    id: str | None
    title: str
    text: str
    modules: list[ModuleReferenceSchema]
