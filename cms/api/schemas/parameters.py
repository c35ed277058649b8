"""What may stand behind the question mark, for every resource.

Anything else is refused with the list of what is allowed: a filter that is silently ignored shows
a partner's readers the wrong content, and nobody notices.
"""

import re
from collections.abc import Callable
from datetime import date, datetime
from typing import Annotated, Any, ClassVar, Final, Literal

from django.http import HttpRequest
from django.utils.dateparse import parse_date, parse_datetime
from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationInfo,
    field_validator,
    model_validator,
)

from v2v_snippets.language.locales import content_languages, default_language

from .deprecation import deprecated_fields, deprecated_parameters, note
from .refusals import MOST_NAMES, names_in, refuse
from .selection import Schemas, field_choices, known_relations

OPERATORS: Final = ("eq", "gt", "gte", "lt", "lte")
"""What may stand in the brackets of a range filter."""


def _whole_number(value: Any) -> Any:
    if isinstance(value, str) and not re.fullmatch(r"[0-9]{1,10}", value):
        raise refuse("Give a whole number in digits.")
    return value


def _day(value: Any) -> Any:
    if isinstance(value, str):
        value = parse_date(value) if re.fullmatch(r"\d{4}-\d\d-\d\d", value, re.ASCII) else None
    if value is None:
        raise refuse("Give a date such as 2021-03-29.")
    return value


def _moment(value: Any) -> Any:
    if isinstance(value, str):
        # in an address a plus sign is a space
        value = parse_datetime(value.replace(" ", "+")) if "T" in value.upper() else None
    if value is None or value.tzinfo is None:
        raise refuse("Give a moment such as 2021-03-29T10:00:00Z.")
    return value


def _known_language(code: str) -> str:
    if code not in content_languages():
        raise refuse("The site has no such language.", content_languages())
    return code


def one_of(names: Callable[[], list[str]]) -> Callable[[dict[str, Any]], None]:
    """Returns what adds ``names()`` to the documentation of a parameter that takes one of them."""

    def add(schema: dict[str, Any]) -> None:
        schema["enum"] = names()

    return add


WholeNumber = Annotated[int, BeforeValidator(_whole_number)]
Day = Annotated[date, BeforeValidator(_day)]
Moment = Annotated[datetime, BeforeValidator(_moment)]
Slug = Annotated[str, Field(pattern=r"^[-a-zA-Z0-9_]+$", max_length=100)]
PRINTABLE = r"^[^\x00-\x1f\x7f]*$"
"""What texts to look for are made of: no controls, of which none can be in what is stored."""
CountryCode = Annotated[str, Field(pattern=r"^[A-Z]{2}$")]
TwinningNumber = Annotated[int, Field(ge=1, le=32767), BeforeValidator(_whole_number)]
Language = Annotated[
    str, BeforeValidator(_known_language), Field(json_schema_extra=one_of(content_languages))
]


def _document_fields(schema: dict[str, Any], parameters: type["FieldsParameters"]) -> None:
    always = ", ".join(f"`{name}`" for name in parameters.items[0].core)
    if "include" in schema["properties"]:
        schema["properties"]["include"]["items"]["enum"] = known_relations(parameters.items)
    schema["properties"]["fields"]["items"]["enum"] = field_choices(parameters.items)
    schema["properties"]["fields"]["description"] = (
        "Which fields items have: names with commas; `*` for all, `-name` to leave one out. "
        f"{always} always come."
    )


class FieldsParameters(BaseModel):
    """What every resource understands. Parameters come once, unless they are lists."""

    items: ClassVar[Schemas]
    """What is asked for."""

    model_config = ConfigDict(json_schema_extra=_document_fields)

    fields: list[str] = Field(default_factory=list, min_length=1, max_length=MOST_NAMES)

    @model_validator(mode="before")
    @classmethod
    def refuse_unknown(cls, data: Any, info: ValidationInfo) -> Any:
        """Refuses parameters that this resource does not know, or that come twice.

        Raises:
            PydanticCustomError: with the parameter, and the allowed ones.
        """
        request: HttpRequest | None = (info.context or {}).get("request")
        known = {field.alias or name: field for name, field in cls.model_fields.items()}
        for name, values in request.GET.lists() if request else ():
            if name not in known:
                raise refuse("There is no such parameter here.", sorted(known), parameter=name)
            if len(values) > 1 and not str(known[name].annotation).startswith("list"):
                raise refuse("Give this parameter once.", parameter=name)
        return data

    @model_validator(mode="after")
    def note_deprecated(self, info: ValidationInfo) -> "FieldsParameters":
        """Notes what of the parameters, and of the fields that they ask for, will be gone."""
        request: HttpRequest | None = (info.context or {}).get("request")
        if request is not None:
            include = getattr(self, "include", ())
            note(request, deprecated_parameters(self))
            note(request, deprecated_fields(self.items, self.fields, include))
        return self

    @field_validator("fields")
    @classmethod
    def split_fields(cls, values: list[str]) -> list[str]:
        """Splits at commas; some clients repeat the parameter instead, which is as good.

        Raises:
            PydanticCustomError: with the allowed names, when there is another.
        """
        names = names_in(values)
        allowed = field_choices(cls.items)
        for name in names:
            if name not in allowed:
                raise refuse(f"There is no field {name!r} here.", allowed)
        return names


class Parameters(FieldsParameters):
    """What every resource with texts understands."""

    locale: Language = Field(
        default_factory=default_language,
        description="The language wanted; without it, the site's own.",
    )
    fallback: Literal["auto", "none"] = Field(
        "auto",
        description="What is missing in that language comes in the nearest other one (auto), "
        "or is left out (none).",
    )


class IncludeParameters(Parameters):
    """What resources with relations understand besides."""

    include: list[str] = Field(
        default_factory=list,
        min_length=1,
        max_length=MOST_NAMES,
        description="Relations whose whole records come with each item, as `included`: names with "
        "commas.",
    )

    @field_validator("include")
    @classmethod
    def split_include(cls, values: list[str]) -> list[str]:
        """Splits at commas, as ``fields`` does.

        Raises:
            PydanticCustomError: with the allowed names, when there is another, or too many.
        """
        names = names_in(values)
        allowed = known_relations(cls.items)
        for name in names:
            if name not in allowed:
                raise refuse(f"There is no relation {name!r} to embed here.", allowed)
        return names


class RichTextParameters(BaseModel):
    """What resources with running text understand besides."""

    rich_text: Literal["html", "markdown"] = Field(
        "html",
        description="How running text is written: as HTML in `html`, or as CommonMark in "
        "`markdown`, where `html` is empty.",
    )


class ItemParameters(RichTextParameters, IncludeParameters):
    """What may be asked of one item with running text and relations."""


class PageParameters(BaseModel):
    """Which part of a list is wanted."""

    limit: WholeNumber = Field(20, ge=1, le=100, description="How many items a page has.")
    cursor: str = Field(
        "",
        max_length=2000,
        json_schema_extra={"format": "cursor"},
        description="Where the next page starts: follow `next`, and keep all other parameters.",
    )


class ListParameters(PageParameters, Parameters):
    """What every list with texts understands besides its own filters."""


def optional(description: str, alias: str | None = None) -> Any:
    """Returns a parameter that is None where it is not given.

    Its type does not say so, since in an address there is no null that one could write.
    """
    return Field(None, alias=alias, description=description)


class MomentParameters(BaseModel):
    """Ranges of the moments that every page has."""

    updated_eq: Moment = optional("Last published at this moment.", "updated_at[eq]")
    updated_gt: Moment = optional("Last published after.", "updated_at[gt]")
    updated_gte: Moment = optional("Last published at or after.", "updated_at[gte]")
    updated_lt: Moment = optional("Last published before.", "updated_at[lt]")
    updated_lte: Moment = optional("Last published at or before.", "updated_at[lte]")
    first_eq: Moment = optional("First published at this moment.", "first_published_at[eq]")
    first_gt: Moment = optional("First published after.", "first_published_at[gt]")
    first_gte: Moment = optional("First published at or after.", "first_published_at[gte]")
    first_lt: Moment = optional("First published before.", "first_published_at[lt]")
    first_lte: Moment = optional("First published at or before.", "first_published_at[lte]")


class DayParameters(BaseModel):
    """Ranges of the day that readers see on news and stories."""

    day_eq: Day = optional("Dated on this day.", "published_on[eq]")
    day_gt: Day = optional("Dated after this day.", "published_on[gt]")
    day_gte: Day = optional("Dated on or after this day.", "published_on[gte]")
    day_lt: Day = optional("Dated before this day.", "published_on[lt]")
    day_lte: Day = optional("Dated on or before this day.", "published_on[lte]")


class StartParameters(BaseModel):
    """Ranges of the day on which events begin."""

    start_eq: Day = optional("Beginning on this day.", "starts_on[eq]")
    start_gt: Day = optional("Beginning after this day.", "starts_on[gt]")
    start_gte: Day = optional("Beginning on or after this day.", "starts_on[gte]")
    start_lt: Day = optional("Beginning before this day.", "starts_on[lt]")
    start_lte: Day = optional("Beginning on or before this day.", "starts_on[lte]")


class ArticleParameters(MomentParameters, DayParameters, RichTextParameters, ListParameters):
    """What may be asked of lists of articles of any kind."""

    order: Literal[
        "-published_on",
        "published_on",
        "-updated_at",
        "updated_at",
        "-first_published_at",
        "first_published_at",
        "title",
        "-title",
    ] = Field("-published_on", description="A minus sign turns the order round.")


class ArticleListParameters(IncludeParameters, ArticleParameters):
    """What may be asked of lists of news and of stories."""

    twinning: TwinningNumber = optional("About this twinning, by its number.")
    partner: Slug = optional("Written by this partner, or about its twinning; by its slug.")
