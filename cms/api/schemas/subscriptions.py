"""Subscribing to newsletters: what a form shows, and what it sends."""

from pydantic import BaseModel, ConfigDict, Field

from .parameters import Language, Slug
from .selection import Selectable


class NewsletterSchema(BaseModel):
    """A list that can be subscribed to, in the language nearest to the one asked for."""

    slug: str = Field(description="Names it in `lists`.")
    name: str
    description: str = Field(description="What readers get, and how often; may be empty.")
    language: str = Field(description="Of name and description.")


class ConsentTextSchema(BaseModel):
    """The words that a form must show beside its button."""

    text: str
    language: str
    version: int


class SubscriptionFormSchema(Selectable):
    """What a form on another site needs."""

    core = ("lists", "languages", "consent", "stamp")

    lists: list[NewsletterSchema]
    languages: list[str] = Field(description="In which newsletters can be read.")
    consent: ConsentTextSchema
    stamp: str = Field(description="Send it along, as it is, within a day.")
    url: str = Field(description="The form on this site, for readers of the language asked for.")


class SubscriptionRequestSchema(BaseModel):
    """A form that somebody has filled."""

    model_config = ConfigDict(extra="forbid")

    email: str = Field(max_length=254, json_schema_extra={"format": "email"})
    language: Language = Field(description="In which the reader wants the newsletters.")
    lists: list[Slug] = Field(min_length=1, max_length=50, description="Slugs of lists.")
    stamp: str = Field(max_length=500, description="As the form was given it.")
    website: str = Field(
        "",
        max_length=1000,
        description="A trap for robots: show it to nobody, and leave it empty.",
    )


class SubscriptionAnswerSchema(BaseModel):
    """What the reader is to be told; the same for every address."""

    detail: str
