"""What events consist of: days with their hours, places, and the items of an agenda."""

from datetime import date, time
from typing import Literal

from pydantic import BaseModel, Field

EventKindName = Literal["kick_off", "visit", "meeting", "training", "conference", "other"]
EventStatusName = Literal["planned", "confirmed", "postponed", "cancelled"]


class AgendaEntrySchema(BaseModel):
    """What happens within an event, and when, as far as that is known."""

    day: date | None
    starts_at: time | None = Field(description="In the time zone of the event.")
    ends_at: time | None
    title: str
    text: str
