"""Pages of other apps within the frame of this site, for which settings name this function."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Protocol

from django.http import HttpRequest

from v2v_snippets.enums import licence_url
from v2v_snippets.keeping import fact
from v2v_snippets.language.locales import own_name
from v2v_snippets.language.reading import readers_language
from v2v_snippets.publication.languages import best_version, public_versions
from v2v_snippets.publication.sites import site_for
from v2v_snippets.publication.urls import url_in
from v2v_snippets.selectors import project_settings

from .frame import Frame
from .languages import LanguageLink
from .structured_data import list_data
from .subject import Subject


@dataclass(frozen=True, slots=True)
class GuestLanguages:
    """What the frame asks of the languages of a page."""

    reader: str
    served: str
    """The language of the text."""
    links: list[LanguageLink]
    url: str
    own_url: str = ""
    """No address for letters that report a mistake: it may be somebody's secret."""
    alternates: Sequence[tuple[str, str]] = ()
    """Language and absolute address of each version, the original first, where it may be told."""
    original_changed_on: None = None

    @property
    def is_fallback(self) -> bool:
        """Whether readers are shown another language than theirs."""
        return self.reader != self.served

    @property
    def canonical_url(self) -> str:
        """The one address of this text."""
        return self.own_url

    @property
    def original(self) -> str:
        """The language in which it was written first; that of the text where nobody says."""
        return self.alternates[0][0] if self.alternates else self.served

    @property
    def other_translations(self) -> list[LanguageLink]:
        """The languages in which the page exists, except the one being shown."""
        return [link for link in self.links if link.is_translated and link.code != self.served]


class Sharing(Protocol):
    """What an app says of a page of its own that may be shared: ``sharing`` in its context."""

    @property
    def page(self) -> Any:
        """The page, of any type."""

    @property
    def schema_type(self) -> str:
        """Its type in schema.org's vocabulary."""

    @property
    def description(self) -> str:
        """In a sentence or two, what it says."""

    @property
    def image(self) -> Any:
        """A picture in it that may be shown, or None."""

    @property
    def published_on(self) -> date | None:
        """The day on which it came out, if it is of a day."""

    @property
    def items(self) -> Iterable[tuple[str, str]]:
        """Names and absolute addresses of what it lists."""


@dataclass(frozen=True, slots=True)
class GuestPage:
    """A page of another app, as far as networks and search engines are told of pages."""

    subject: Subject
    languages: GuestLanguages
    published_on: date | None
    last_published_at: datetime | None
    licence_url: str
    canonical_address: str = ""
    is_date_assumed: bool = False


def page_of(sharing: Sharing, subject: Subject, languages: GuestLanguages) -> GuestPage:
    """Returns what is told of a page for which an app says what of it may be shared."""
    page = sharing.page
    data: dict[str, Any] = {"@type": sharing.schema_type, **list_data(sharing.items)}
    if sharing.published_on:
        data |= {"headline": page.title, "datePublished": sharing.published_on.isoformat()}
    told = replace(
        subject,
        name=page.title,
        description=sharing.description,
        data=data,
        image=sharing.image,
    )
    return GuestPage(
        told,
        languages,
        sharing.published_on,
        page.last_published_at,
        licence_url(getattr(page, "licence_code", "")),
    )


def guest_context(
    request: HttpRequest,
    *,
    title: str,
    description: str,
    paths: Mapping[str, str],
    language: str,
    translations: Collection[str],
) -> dict[str, Any]:
    """Returns what ``v2v_pages/base.html`` needs around a page that is none of this app's.

    Args:
        request: For the page.
        title: Of the page.
        description: What search engines show below the title; "" where they are to stay away.
        paths: Where it is read, by language.
        language: Of the text.
        translations: The languages in which it exists; in others, readers get the next best.
    """
    frame = Frame(request)
    links = [
        LanguageLink(
            code, own_name(code), path, code in translations, is_current=code == frame.reader
        )
        for code, path in paths.items()
    ]
    return {
        "frame": frame,
        "subject": Subject(name=title, description=description, is_indexed=bool(description)),
        "languages": GuestLanguages(frame.reader, language, links, request.path),
        "text_language": language,
    }


def privacy_url(request: HttpRequest) -> str:
    """Returns the path of the privacy page of the project settings, in the reader's language.

    It is "" while none is named there, or the public may not read it.
    """
    page, reader = project_settings().privacy_page, readers_language()
    if page is None:
        return ""
    site = site_for(request)

    def find() -> str:
        best = best_version(public_versions([page.translation_key])[page.translation_key], reader)
        return url_in(best, reader, request) if best else ""

    return fact(privacy_url, (site.pk if site else None, reader), find)
