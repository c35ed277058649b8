"""One page in all languages, as its reader sees it: notice, language list, alternates."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from v2v_snippets.language.locales import own_name
from v2v_snippets.language.reading import readers_language
from v2v_snippets.publication.languages import best_version, public_versions, versions_for
from v2v_snippets.publication.urls import full_url_in, url_in

if TYPE_CHECKING:
    from .models.base import BasePage


IN_LANGUAGE = {
    "en": _("in English"),
    "it": _("in Italian"),
    "fi": _("in Finnish"),
    "sq": _("in Albanian"),
}
"""Marks of texts in another language than the reader's."""


def in_language_phrase(code: str) -> str:
    """Returns "in Albanian" in the language of the text being written; else the own name."""
    return str(IN_LANGUAGE.get(code) or own_name(code))


@dataclass(frozen=True, slots=True)
class LanguageLink:
    """Where a reader of one language reads the page, and whether it is translated there."""

    code: str
    name: str
    url: str
    is_translated: bool
    is_current: bool


def own_link(page: "BasePage") -> dict[str, str]:
    """Returns title, path and language of ``page``, as the last breadcrumb of its sub-routes."""
    return {"title": page.title, "url": page.languages.url, "language": page.language}


class PageLanguages:
    """Answers what the frame of a page asks about languages, with one query for all answers."""

    def __init__(self, page: "BasePage") -> None:
        self.page = page
        self.request: HttpRequest | None = None

    def remember(self, request: HttpRequest) -> None:
        """Takes the request whose path (with its sub-route) and host the links are made for."""
        self.request = request

    @cached_property
    def reader(self) -> str:
        """The language of the reader: that of the address, not that of the text."""
        return readers_language()

    @property
    def url(self) -> str:
        """Path of the page itself for this reader, without the rest that a sub-route adds."""
        return url_in(self.page, self.reader, self.request)

    @property
    def original(self) -> str:
        """The language in which the page was written first; "" for a draft."""
        return self.versions[0].locale.language_code if self.versions else ""

    @property
    def served(self) -> str:
        """The language of the text."""
        return self.page.language

    @property
    def is_fallback(self) -> bool:
        """Whether the reader is shown another language than their own."""
        return self.reader != self.served

    @property
    def served_name(self) -> str:
        """Own name of the language of the text."""
        return own_name(self.served)

    @cached_property
    def versions(self) -> list[Page]:
        """The public versions of the page, oldest first; none for a draft."""
        if self.request is not None:
            return versions_for(self.request, self.page.translation_key)
        return public_versions([self.page.translation_key])[self.page.translation_key]

    @cached_property
    def links(self) -> list[LanguageLink]:
        """One link for each language of the site, in the site's order; none for a draft."""
        links = []
        for code, _name in settings.WAGTAIL_CONTENT_LANGUAGES:
            version = best_version(self.versions, code)
            if version is None:
                continue
            translated = version.locale.language_code == code
            url = url_in(version, code, self.request) + self._rest
            links.append(LanguageLink(code, own_name(code), url, translated, code == self.reader))
        return links

    @property
    def translations(self) -> list[LanguageLink]:
        """The languages in which the page really exists."""
        return [link for link in self.links if link.is_translated]

    @property
    def other_translations(self) -> list[LanguageLink]:
        """The languages in which the page exists, except the one being shown."""
        return [link for link in self.translations if link.code != self.served]

    @property
    def alternates(self) -> list[tuple[str, str]]:
        """(language, absolute address) of each real version, for ``hreflang``."""
        return [
            (page.locale.language_code, page.get_full_url(self.request) + self._rest)
            for page in self.versions
        ]

    @property
    def default_url(self) -> str:
        """Absolute address for readers of none of the languages (``x-default``); "" for a draft."""
        version = best_version(self.versions, settings.LANGUAGE_CODE)
        return version.get_full_url(self.request) + self._rest if version else ""

    @property
    def canonical_url(self) -> str:
        """The one address of this text: elsewhere, if it was first published there."""
        if self.page.canonical_address:
            return self.page.canonical_address
        return full_url_in(self.page, self.served, self.request) + self._rest

    @cached_property
    def _rest(self) -> str:
        """The part of the path behind the page's own, such as ``tag/visits/``."""
        if self.request is None:
            return ""
        own = url_in(self.page, self.reader, self.request)
        path = self.request.path
        return path[len(own) :] if own and path.startswith(own) else ""
