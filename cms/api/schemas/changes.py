"""What has changed since a client last asked."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, Field
from typing_extensions import TypeAliasType

from .content import ContentSchema

Reason = Literal["own", "dependency", "moved", "restricted", "expired"]


class UpsertSchema(BaseModel):
    """An item that is new or has changed: put it in place of the one with this `id`."""

    operation: Literal["upsert"]
    id: UUID
    type: str = Field(description="As the parameter `type` takes it.")
    reason: Reason | None = Field(
        description="Why: it was published (`own`), something that it shows or stands under has "
        "changed (`dependency`), it has another address (`moved`), a restriction was lifted "
        "(`restricted`), or a day has come (`expired`). Null where all items are told."
    )
    recorded_at: datetime | None = Field(description="When. Null where all items are told.")
    item: ContentSchema


class TombstoneSchema(BaseModel):
    """An item that is no longer there: drop the one with this `id`, if you have it."""

    operation: Literal["delete"]
    id: UUID
    type: str = Field(description="As the parameter `type` takes it.")
    locale: str = Field(description="The language of the version that was withdrawn last.")
    reason: Reason = Field(
        description="Why: it was withdrawn or deleted (`own`), a page above it was (`dependency`), "
        "it was moved out of sight (`moved`), it is for some readers only (`restricted`), or its "
        "time is over (`expired`)."
    )
    recorded_at: datetime


ChangeSchema = TypeAliasType(
    "ChangeSchema",
    Annotated[UpsertSchema | TombstoneSchema, Field(discriminator="operation")],
)


class ChangeListSchema(BaseModel):
    """A page of changes."""

    items: list[ChangeSchema]
    next: str | None = Field(description="Address of the next page, or null on the last one.")
    token: str = Field(
        description="Keep it once `next` is null, and come back with it to hear what has changed."
    )
