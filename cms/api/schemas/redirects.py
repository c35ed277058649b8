"""Old paths of the site, and where they lead."""

from typing import Literal
from uuid import UUID

from pydantic import BaseModel, Field

from .records import Next
from .selection import Selectable


class RedirectSchema(Selectable):
    """An old path that leads to something public."""

    core = ("path", "target", "status")

    path: str = Field(
        description="As the site keeps it: without the last slash, as in /en/old. Below the prefix "
        "of another language it leads to the same page in that language."
    )
    target: str = Field(description="An absolute address; it may lead on in turn.")
    status: Literal[301, 302] = Field(description="301 holds for good, 302 for now.")
    item: UUID | None = Field(
        description="The page it leads to, as in `/content/`; null for any other address."
    )


class RedirectListSchema(BaseModel):
    """A page of the list of redirects."""

    items: list[RedirectSchema]
    next: str | None = Next
