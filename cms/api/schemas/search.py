"""What a search finds."""

from datetime import date

from pydantic import BaseModel, Field

from .records import Next
from .selection import Selectable


class SegmentSchema(BaseModel):
    """A part of a text, and whether it was searched for. It is plain text, never HTML."""

    text: str
    is_match: bool


class HighlightsSchema(BaseModel):
    """Title and summary, or the part of the text where the words stand, in parts."""

    title: list[SegmentSchema]
    text: list[SegmentSchema]


class TermNoteSchema(BaseModel):
    """Says that a concept was found by a term that is not to be used any more."""

    term: str
    preferred: str


class ResultSchema(Selectable):
    """One thing that was found: a page, partner, twinning or concept."""

    core = ("type", "id", "language", "title", "url")

    type: str = Field(description="As the parameter `type` takes it.")
    id: str = Field(description="Its identifier, the same in all languages.")
    language: str = Field(description="BCP 47 code of the language of title and text.")
    title: str
    url: str = Field(description="Where readers of `locale` read it; empty while there is no page.")
    published_on: date | None
    highlights: HighlightsSchema
    deprecated_term: TermNoteSchema | None = Field(
        description="Set where the item was found by a term that is not to be used any more."
    )


class CountSchema(BaseModel):
    """How many items there are."""

    count: int
    is_at_least: bool = Field(description="Whether there may be more: not all were counted.")


class FacetValueSchema(CountSchema):
    """How many items remain if this value is asked for."""

    value: str


class ResultListSchema(BaseModel):
    """A page of results, best first."""

    items: list[ResultSchema]
    total: CountSchema
    facets: dict[str, list[FacetValueSchema]] = Field(
        description="By parameter: `type`, `language`, `domain`; most frequent values first."
    )
    next: str | None = Next
