"""Pages of other apps within the frame of this site, for which settings name this function."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from v2v_snippets.language.locales import own_name

from .frame import Frame
from .languages import LanguageLink
from .subject import Subject


@dataclass(frozen=True, slots=True)
class GuestLanguages:
    """What the frame asks of the languages of a page: this one is whole in each of them."""

    reader: str
    links: list[LanguageLink]
    url: str
    own_url: str = ""
    """No address for letters that report a mistake: it may be somebody's secret."""
    is_fallback: bool = False
    original_changed_on: None = None

    @property
    def served(self) -> str:
        """The language of the text."""
        return self.reader


def guest_context(
    request: HttpRequest, *, title: str, is_indexed: bool, paths: dict[str, str]
) -> dict[str, Any]:
    """Returns what ``v2v_pages/base.html`` needs around a page that is none of this app's.

    Args:
        request: For the page.
        title: Of the page.
        is_indexed: Whether search engines may list it.
        paths: Where it is read, by language.
    """
    frame = Frame(request)
    links = [
        LanguageLink(
            code, own_name(code), path, is_translated=True, is_current=code == frame.reader
        )
        for code, path in paths.items()
    ]
    return {
        "frame": frame,
        "subject": Subject(name=title, description="", is_indexed=is_indexed),
        "languages": GuestLanguages(frame.reader, links, request.path),
        "text_language": frame.reader,
    }
