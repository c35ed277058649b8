"""Concepts of the glossary with all their words."""

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, Field

from .items import ItemLicenceSchema, Origin
from .media import TextSchema
from .records import CountryReferenceSchema, Next
from .selection import Selectable

Domain = Literal["vet_systems", "internationalisation", "labour_market"]
TermStatus = Literal["preferred", "admitted", "deprecated", "superseded"]


class DesignationSchema(BaseModel):
    """A term in one language, with its standing."""

    language: str
    term: str
    status: TermStatus = Field(description="Texts use preferred and admitted terms only.")
    term_type: Literal["full_form", "acronym", "abbreviation", "short_form", "variant", "phrase"]
    part_of_speech: Literal["noun", "verb", "adjective", "adverb", "proper_noun", "other"]
    gender: Literal["masculine", "feminine", "neuter", "other", ""]
    country: str = Field(description="Code of the only country that uses it; empty if none.")
    origin: Origin = Field(description="A translation by the project is still to be confirmed.")
    source: str
    note: str
    context: str
    inflected_forms: list[str]


class DefinitionSchema(BaseModel):
    """What a concept is, in one language."""

    language: str
    text: str
    origin: Origin
    source: str
    source_kind: Literal["legal", "standard", "glossary", "project"]


class EquivalentSchema(BaseModel):
    """What stands for a concept in one country, and how far both match."""

    id: UUID
    country: CountryReferenceSchema
    term: TextSchema
    institution: str
    eqf_level: int | None
    nqf_level: str
    isced_level: str
    age_from: int | None
    age_to: int | None
    equivalence: Literal["full", "partial", "none", "false_friend"]
    note: str
    source: str
    as_of: date


class ConceptReferenceSchema(BaseModel):
    """A concept, as others name it."""

    identifier: str
    uri: str
    term: TextSchema | None


class RelationsSchema(BaseModel):
    """The concepts above, below and beside one."""

    broader: list[ConceptReferenceSchema]
    narrower: list[ConceptReferenceSchema]
    related: list[ConceptReferenceSchema]


class MappingSchema(BaseModel):
    """The concept of another vocabulary that one matches."""

    relation: Literal["exact", "close", "broad", "narrow", "related"]
    vocabulary: Literal["eurovoc", "esco", "unesco"]
    uri: str


class ConceptSchema(Selectable):
    """One idea, whatever it is called in whichever language."""

    core = ("identifier", "uri", "term")

    identifier: str = Field(description="Such as C-0001; never given twice.")
    uri: str = Field(description="Permanent; leads to page or data by the header Accept.")
    term: TextSchema | None = Field(description="The preferred term for readers of `locale`.")
    url: str = Field(description="Its page on the site; empty while there is none.")
    domain: Domain
    updated_at: datetime | None
    definition: TextSchema | None = Field(description="The definition for readers of `locale`.")
    designations: list[DesignationSchema] = Field(description="The terms of all languages.")
    definitions: list[DefinitionSchema]
    equivalents: list[EquivalentSchema]
    relations: RelationsSchema
    mappings: list[MappingSchema]
    licence: ItemLicenceSchema
    footnotes: list[TextSchema] = Field(description="To be shown with the concept.")


class ConceptListSchema(BaseModel):
    """A page of the list of concepts."""

    items: list[ConceptSchema]
    next: str | None = Next
