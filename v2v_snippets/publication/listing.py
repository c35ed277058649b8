"""The listing protocol: what a page must answer to appear in feeds, newsletters and partner sites.

Apps that send content out know this protocol and no page type. A page class takes part by
subclassing ``Listed``; ``listed_models()`` finds all that do.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import HttpRequest
from wagtail.models import Page, get_page_models

from .languages import in_language


@dataclass(frozen=True, slots=True)
class ListingText:
    """A sentence that goes out with an item, and its language (BCP 47)."""

    text: str
    language: str


@dataclass(frozen=True, slots=True)
class ListingAuthor:
    """Who wrote an item; ``url`` is where they are to be found, or ""."""

    name: str
    url: str = ""


class Listed:
    """Mixed into page types that go out of the house; each property reads one loaded page."""

    listing_type: ClassVar[str]
    """Name of the type in addresses and answers: "news", "stories"."""

    @classmethod
    def listed_pages(cls, language: str, tag: str = "") -> "QuerySet[Any]":
        """Returns the public pages of this type as a reader of ``language`` sees them.

        Each page once, newest first, with what lists show of it loaded; with the slug of a ``tag``
        only those that have it. Types override this to load more, and to know tags.
        """
        pages = in_language(cls._default_manager.all(), language)  # type: ignore[attr-defined]  # mixed into Page
        pages = pages.none() if tag else pages.order_by("-first_published_at", "-pk")
        listed: QuerySet[Any] = pages.select_related("locale")
        return listed

    @classmethod
    def listing_tag_name(cls, slug: str) -> str | None:  # noqa: ARG003  (types with tags read it)
        """Returns the name of a tag that a public page of this type has, or None."""
        return None

    @classmethod
    def load_bodies(cls, pages: Sequence[Any]) -> None:
        """Loads what ``body_html()`` of all these pages needs, each kind at once.

        It is called inside ``remembering()``. A type that does nothing here is listed correctly,
        but at a cost that grows with the list.
        """

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
    def original_url(self) -> str:
        """Where the text was first published, if that was elsewhere; "" otherwise."""
        return ""

    @property
    def listing_authors(self) -> list[ListingAuthor]:
        """Who wrote it, as far as somebody is named."""
        return []

    @property
    def listing_tags(self) -> list[str]:
        """The names of its tags."""
        return []

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

    def listing_marks(self) -> list[ListingText]:
        """What a reader must know before reading: a text is an example, a date assumed."""
        return []

    def funding_texts(self) -> list[ListingText]:
        """The funding line and disclaimer that every output carries, in this order."""
        raise NotImplementedError

    def footnotes(self) -> list[ListingText]:
        """Footnotes that the content calls for, each once."""
        raise NotImplementedError


def listed_models() -> Iterator[type[Page]]:
    """Yields the installed page types that take part in the listing protocol."""
    return (model for model in get_page_models() if issubclass(model, Listed))
