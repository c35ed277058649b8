"""VET systems: indicators with typed values, and programmes."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, Field
from typing_extensions import TypeAliasType

from .media import TextSchema
from .records import CountryReferenceSchema
from .selection import Selectable

Group = Literal["structure", "governance", "participation", "learning", "progression", "mobility"]
Kind = Literal["text", "number", "percent", "years", "yes_no"]


class SourcedSchema(BaseModel):
    """Where a row comes from, and for which year it holds."""

    year: int
    source: str
    source_url: str
    is_sample: bool = Field(description="An example, and no statistic: say so where you show it.")


class VETValueBaseSchema(SourcedSchema):
    """What every value has; what is not documented has no value."""

    indicator: str = Field(description="Key of the indicator, the same for ever.")
    group: Group
    label: TextSchema | None
    note: TextSchema | None


class VETNumberSchema(VETValueBaseSchema):
    """A value that is a number."""

    kind: Literal["number", "percent", "years"]
    value: float
    unit: str = Field(description="What is counted; empty for percentages and years.")


class VETYesNoSchema(VETValueBaseSchema):
    """A value that is yes or no."""

    kind: Literal["yes_no"]
    value: bool


class VETTextSchema(VETValueBaseSchema):
    """A value that is a text."""

    kind: Literal["text"]
    value: TextSchema


VETValueSchema = TypeAliasType(
    "VETValueSchema",
    Annotated[VETNumberSchema | VETYesNoSchema | VETTextSchema, Field(discriminator="kind")],
)


class VETProgrammeSchema(SourcedSchema):
    """A programme under the name that it has in its own country; null is not documented."""

    name: TextSchema
    gloss: TextSchema | None = Field(description="What the name means.")
    eqf_level: int | None
    isced_level: str
    age_from: int | None
    age_to: int | None
    duration_years: float | None
    work_based_share: int | None = Field(description="In percent.")
    leads_to: TextSchema | None
    admission_note: TextSchema | None
    concept: str | None = Field(description="The concept of the glossary that it stands for.")


class VETSystemReferenceSchema(BaseModel):
    """A system that is compared."""

    id: UUID
    title: str
    url: str
    country: CountryReferenceSchema


class ComparedIndicatorSchema(Selectable):
    """One indicator in all systems that are compared."""

    core = ("indicator",)

    indicator: str = Field(description="Its key, the same for ever.")
    group: Group
    kind: Kind
    label: TextSchema | None
    explanation: TextSchema | None
    unit: str
    values: list[VETValueSchema | None] = Field(
        description="In the order of `systems`; null is not documented."
    )


class VETComparisonSchema(BaseModel):
    """Two to four systems side by side."""

    systems: list[VETSystemReferenceSchema]
    items: list[ComparedIndicatorSchema]
