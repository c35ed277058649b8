"""Pages of other apps within the frame of this site, for which settings name this function."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from v2v_snippets.language.locales import own_name

from .frame import Frame
from .languages import LanguageLink
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
    original_changed_on: None = None

    @property
    def is_fallback(self) -> bool:
        """Whether readers are shown another language than theirs."""
        return self.reader != self.served

    @property
    def other_translations(self) -> list[LanguageLink]:
        """The languages in which the page exists, except the one being shown."""
        return [link for link in self.links if link.is_translated and link.code != self.served]


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
