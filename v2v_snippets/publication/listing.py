"""The listing protocol: what a page must answer to appear in feeds, newsletters and partner sites.

Apps that send content out know this protocol and no page type. A page class takes part by
subclassing ``Listed``; ``listed_models()`` finds all that do.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar

from django.http import HttpRequest
from wagtail.models import Page, get_page_models


@dataclass(frozen=True, slots=True)
class ListingText:
    """A sentence that goes out with an item, and its language (BCP 47)."""

    text: str
    language: str


class Listed:
    """Mixed into page types that go out of the house; each property reads one loaded page."""

    listing_type: ClassVar[str]
    """Name of the type in addresses and answers: "news", "stories"."""

    @property
    def listing_title(self) -> str:
        """The title, as plain text."""
        raise NotImplementedError

    @property
    def listing_summary(self) -> str:
        """One or two sentences, as plain text."""
        raise NotImplementedError

    @property
    def listing_date(self) -> date | None:
        """The day that orders lists and that readers see."""
        raise NotImplementedError

    @property
    def lead_image(self) -> Any:
        """The image (of the site's image model) that stands for the page, or None."""
        raise NotImplementedError

    @property
    def licence_code(self) -> str:
        """SPDX identifier of the licence, or "all-rights-reserved"."""
        raise NotImplementedError

    @property
    def next_boundary_at(self) -> datetime | None:
        """The next moment at which time alone changes what the page shows, or None."""
        raise NotImplementedError

    def body_html(self, request: HttpRequest | None = None) -> str:
        """The whole body as HTML with absolute addresses, in the page's own language."""
        raise NotImplementedError

    def funding_texts(self) -> list[ListingText]:
        """The funding line and disclaimer that every output carries, in this order."""
        raise NotImplementedError

    def footnotes(self) -> list[ListingText]:
        """Footnotes that the content calls for, each once."""
        raise NotImplementedError


def listed_models() -> Iterator[type[Page]]:
    """Yields the installed page types that take part in the listing protocol."""
    return (model for model in get_page_models() if issubclass(model, Listed))
