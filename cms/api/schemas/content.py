"""Any page as an item, by the name of its type."""

from typing import Annotated

from pydantic import Field
from typing_extensions import TypeAliasType

from .items import (
    EventSchema,
    HomeSchema,
    ModuleSchema,
    NewsSchema,
    OtherPageSchema,
    ProcessSchema,
    RepositorySchema,
    SectionSchema,
    StandardPageSchema,
    StorySchema,
    VETSystemSchema,
)
from .newsletters import ArchiveSchema, IssueSchema

ContentSchema = TypeAliasType(
    "ContentSchema",
    Annotated[
        NewsSchema
        | StorySchema
        | RepositorySchema
        | EventSchema
        | ProcessSchema
        | ModuleSchema
        | StandardPageSchema
        | HomeSchema
        | SectionSchema
        | VETSystemSchema
        | IssueSchema
        | ArchiveSchema
        | OtherPageSchema,
        Field(discriminator="type"),
    ],
)

CONTENT_SCHEMAS = (
    NewsSchema,
    StorySchema,
    RepositorySchema,
    EventSchema,
    ProcessSchema,
    ModuleSchema,
    StandardPageSchema,
    HomeSchema,
    SectionSchema,
    VETSystemSchema,
    IssueSchema,
    ArchiveSchema,
    OtherPageSchema,
)
