"""Tags with how often they are used."""

from pydantic import BaseModel, Field

from .records import Next
from .selection import Selectable


class TagUseSchema(BaseModel):
    """How many items of one type have a tag."""

    type: str = Field(description="As the parameter `type` of `/content/` takes it.")
    count: int


class UsedTagSchema(Selectable):
    """A tag that some public item has."""

    core = ("slug", "name")

    slug: str = Field(description="As the parameter `tag` of `/news/` takes it.")
    name: str
    url: str = Field(description="The list of news with it; empty while there is none.")
    count: int = Field(description="How many items have it, each counted once.")
    types: list[TagUseSchema]


class UsedTagListSchema(BaseModel):
    """A page of the list of tags."""

    items: list[UsedTagSchema]
    next: str | None = Next
