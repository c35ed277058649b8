"""Pages of the lists of items."""

from pydantic import BaseModel

from .content import ContentSchema
from .items import (
    EventSchema,
    NewsSchema,
    ProcessSchema,
    RepositorySchema,
    StorySchema,
    VETSystemSchema,
)
from .newsletters import IssueSchema
from .records import Next


class NewsListSchema(BaseModel):
    """A page of the list of news."""

    items: list[NewsSchema]
    next: str | None = Next


class StoryListSchema(BaseModel):
    """A page of the list of stories."""

    items: list[StorySchema]
    next: str | None = Next


class VETSystemListSchema(BaseModel):
    """A page of the list of VET systems."""

    items: list[VETSystemSchema]
    next: str | None = Next


class RepositoryListSchema(BaseModel):
    """A page of the list of articles of the repository."""

    items: list[RepositorySchema]
    next: str | None = Next


class EventListSchema(BaseModel):
    """A page of the list of events."""

    items: list[EventSchema]
    next: str | None = Next


class ProcessListSchema(BaseModel):
    """A page of the list of mobility processes."""

    items: list[ProcessSchema]
    next: str | None = Next


class ContentListSchema(BaseModel):
    """A page of the list of all content."""

    items: list[ContentSchema]
    next: str | None = Next


class IssueListSchema(BaseModel):
    """A page of the list of issues."""

    items: list[IssueSchema]
    next: str | None = Next
