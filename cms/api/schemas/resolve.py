"""What a public path is."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field
from typing_extensions import TypeAliasType

from .items import ItemLocaleSchema
from .selection import Selectable

Path = Field(description="The path that was asked for, percent-encoded, without its query.")


class ResolvedItemSchema(Selectable):
    """A page of the site is read there."""

    core = ("kind", "path", "id", "type")

    kind: Literal["item"]
    path: str = Path
    id: UUID = Field(description="Of the page, as in `/content/`.")
    type: str = Field(description="Of the page, as the parameter `type` of `/content/` takes it.")
    locale: ItemLocaleSchema
    url: str
    canonical_url: str = Field(description="The one address of this text, for search engines.")
    route: str = Field(
        description="What follows the page's own address: a page of its list, a tag, a record. "
        "Empty for the page itself."
    )
    api_url: str = Field(
        description="The page in this API; empty for a page that the API does not give out."
    )


class ResolvedRedirectSchema(Selectable):
    """The site leads on to another address."""

    core = ("kind", "path", "status", "target")

    kind: Literal["redirect"]
    path: str = Path
    status: Literal[301, 302, 303, 307, 308] = Field(
        description="301 and 308 hold for good; a translation may still change the others."
    )
    target: str = Field(description="An absolute address; it may lead on in turn.")


class ResolvedGoneSchema(Selectable):
    """A public page was there and has been withdrawn. Remove your copy."""

    core = ("kind", "path")

    kind: Literal["gone"]
    path: str = Path


class ResolvedUnknownSchema(Selectable):
    """No page is there for the public; a page that has been deleted is unknown, too."""

    core = ("kind", "path")

    kind: Literal["unknown"]
    path: str = Path


RESOLVED_SCHEMAS = (
    ResolvedItemSchema,
    ResolvedRedirectSchema,
    ResolvedGoneSchema,
    ResolvedUnknownSchema,
)

ResolvedSchema = TypeAliasType(
    "ResolvedSchema",
    Annotated[
        ResolvedItemSchema | ResolvedRedirectSchema | ResolvedGoneSchema | ResolvedUnknownSchema,
        Field(discriminator="kind"),
    ],
)
