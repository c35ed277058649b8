"""Whole records that items embed: the answer to the parameter ``include``."""

from .records import CountrySchema, IncludedPartnerSchema, IncludedTwinningSchema, TopicSchema
from .selection import Inclusions


class NewsInclusionsSchema(Inclusions):
    """What a piece of news can embed."""

    authors: list[IncludedPartnerSchema]
    twinnings: list[IncludedTwinningSchema]


class StoryInclusionsSchema(Inclusions):
    """What a story can embed."""

    twinning: IncludedTwinningSchema


class RepositoryInclusionsSchema(Inclusions):
    """What an article of the repository can embed."""

    topics: list[TopicSchema]
    sending_countries: list[CountrySchema]
    host_countries: list[CountrySchema]


class EventInclusionsSchema(Inclusions):
    """What an event can embed."""

    country: CountrySchema | None
    hosts: list[IncludedPartnerSchema]
    twinnings: list[IncludedTwinningSchema]


class VETSystemInclusionsSchema(Inclusions):
    """What a VET system can embed."""

    country: CountrySchema
