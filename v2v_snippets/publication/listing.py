"""The listing protocol: what a page must answer to appear in feeds, newsletters and partner sites.

Apps that send content out know this protocol and no page type. A page class takes part by
subclassing ``Listed``; ``listed_models()`` finds all that do.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar, Final

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.module_loading import import_string
from django.utils.translation import get_language
from wagtail.models import Page, get_page_models

from ..language.formats import long_date
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


@dataclass(frozen=True, slots=True)
class ListingFilter:
    """A part of a list that has a path of its own, such as ``twinning/2``."""

    lookup: str
    """Of the field that holds the value in the path; of one page it must match one row."""
    name_of: Callable[[str], str | None]
    """Says what a value is called, in the language being written; None of one that is none."""


ALL_TYPES: Final = "all"
"""In the place of a type: the pages of all types in one list."""

NO_FILTERS: Final[Mapping[str, ListingFilter]] = {}


class Listed:
    """Mixed into page types that go out of the house; each property reads one loaded page."""

    listing_type: ClassVar[str]
    """Name of the type in addresses and answers: "news", "stories"."""

    listing_filters: ClassVar[Mapping[str, ListingFilter]] = NO_FILTERS
    """By what lists of this type can be narrowed, by name: "tag", "twinning", "topic"."""

    @classmethod
    def listed_pages(cls, language: str) -> "QuerySet[Any]":
        """Returns the public pages of this type as a reader of ``language`` sees them.

        Each page once, newest first, with what lists show of it loaded. Types override this to load
        more.
        """
        pages = in_language(cls._default_manager.all(), language)  # type: ignore[attr-defined]  # mixed into Page
        listed: QuerySet[Any] = pages.select_related("locale")
        return listed.order_by("-first_published_at", "-pk")

    @classmethod
    def shown_pages(cls, language: str) -> "QuerySet[Any]":
        """Returns the same pages in the order in which another site's visitors want them.

        A feed begins with what was announced last, a list of events with what is next.
        """
        return cls.listed_pages(language)

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
    def listing_when(self) -> str:
        """That day, or what else readers are told of a time, in the language being written."""
        day = self.listing_date
        return long_date(day, get_language() or "") if day else ""

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

    def funding_texts(self, language: str = "") -> list[ListingText]:
        """The funding line and disclaimer that every output carries, in this order.

        In the wording nearest to ``language``, or else to that of the page.
        """
        raise NotImplementedError

    def footnotes(self, language: str = "") -> list[ListingText]:
        """Footnotes that the content calls for, each once; ``language`` as for the funding."""
        raise NotImplementedError


def listed_models() -> Iterator[type[Page]]:
    """Yields the installed page types that take part in the listing protocol."""
    return (model for model in get_page_models() if issubclass(model, Listed))


@dataclass(frozen=True, slots=True)
class ListedRecord:
    """A record that goes out as pages do: a concept of the glossary."""

    id: str
    """A URI, the same for ever."""
    url: str
    """Absolute, for a reader of the language that was asked for."""
    title: str
    language: str
    """Of the title."""
    summary: str
    summary_language: str
    body_html: str
    published_at: datetime
    updated_at: datetime
    marks: list[ListingText]
    tags: list[str]
    licence_code: str


class RecordListing:
    """A list of records beside those of pages; ``V2V_RECORD_LISTINGS`` names the classes.

    They stand in no list of everything, which is about what is new.
    """

    listing_type: ClassVar[str]
    """As that of pages."""
    verbose_name_plural: ClassVar[Any]

    def newest(self, request: HttpRequest, language: str, number: int) -> list[ListedRecord]:
        """Returns the records published last, for a reader of ``language``, newest first."""
        raise NotImplementedError


def record_listings() -> Iterator[RecordListing]:
    """Yields the lists of records that the site gives out."""
    names: Sequence[str] = getattr(settings, "V2V_RECORD_LISTINGS", ())
    return (import_string(name)() for name in names)
