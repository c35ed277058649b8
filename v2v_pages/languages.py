"""One page in all languages, as its reader sees it: notice, language list, alternates."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from v2v_snippets.language.locales import content_languages, default_language, own_name
from v2v_snippets.language.reading import readers_language
from v2v_snippets.publication.languages import best_version, public_versions, versions_for
from v2v_snippets.publication.urls import full_url_in, own_full_url, own_url, url_in, with_prefix

if TYPE_CHECKING:
    from .models.base import BasePage


IN_LANGUAGE = {
    "en": _("in English"),
    "it": _("in Italian"),
    "nl": _("in Dutch"),
    "fi": _("in Finnish"),
    "sl": _("in Slovenian"),
    "hr": _("in Croatian"),
    "bs": _("in Bosnian"),
    "cnr": _("in Montenegrin"),
    "sr-latn": _("in Serbian, in Latin letters"),
    "sr": _("in Serbian"),
    "sq": _("in Albanian"),
    "es": _("in Spanish"),
    "ca": _("in Catalan"),
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
        self.query = ""
        """What links to other languages keep of the address, from "?" on."""
        self._rest = ""
        """The part of the path behind the page's own, such as ``tag/visits/``."""

    def remember(self, request: HttpRequest) -> None:
        """Takes the request whose path (with its sub-route) and host the links are made for."""
        self.request = request
        own = url_in(self.page, self.reader, request)
        self._rest = request.path.removeprefix(own) if own and request.path.startswith(own) else ""

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
    def original_changed_on(self) -> date | None:
        """The day since when the original has other words than this text has; None if never."""
        changed_at = self.page.original_changed_at
        return timezone.localdate(changed_at) if changed_at else None

    @property
    def original_link(self) -> LanguageLink | None:
        """Where the original is read in its own language; None on the original and on drafts."""
        if not self.versions or self.versions[0].pk == self.page.pk:
            return None
        url = url_in(self.versions[0], self.original, self.request) + self._rest
        return LanguageLink(
            self.original, own_name(self.original), url, is_translated=False, is_current=False
        )

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
        links, rest, own = [], self._rest + self.query, self._own_urls
        for code in content_languages():
            version = best_version(self.versions, code)
            if version is None:
                continue
            language = version.locale.language_code
            url = with_prefix(own[language], language, code) + rest
            is_own = language == code
            links.append(LanguageLink(code, own_name(code), url, is_own, code == self.reader))
        return links

    @property
    def _own_urls(self) -> dict[str, str]:
        """The path of each version in its own language; that of the oldest, where there are two."""
        versions = reversed(self.versions)
        return {page.locale.language_code: own_url(page, self.request) for page in versions}

    @cached_property
    def translations(self) -> list[LanguageLink]:
        """The languages in which the page really exists."""
        return [link for link in self.links if link.is_translated]

    @cached_property
    def other_translations(self) -> list[LanguageLink]:
        """The languages in which the page exists, except the one being shown."""
        return [link for link in self.translations if link.code != self.served]

    @cached_property
    def alternates(self) -> list[tuple[str, str]]:
        """(language, absolute address) of each real version, for ``hreflang``."""
        return [
            (page.locale.language_code, own_full_url(page, self.request) + self._rest)
            for page in self.versions
        ]

    @property
    def default_url(self) -> str:
        """Absolute address for readers of none of the languages (``x-default``); "" for a draft."""
        version = best_version(self.versions, default_language())
        return own_full_url(version, self.request) + self._rest if version else ""

    @property
    def canonical_url(self) -> str:
        """The one address of this text: elsewhere, if it was first published there."""
        return self.page.canonical_address or self.own_url

    @cached_property
    def own_url(self) -> str:
        """The address of this text on this site, absolute and in the language of the text."""
        return self.page_url + self._rest

    @property
    def page_url(self) -> str:
        """The address of the page itself, as ``own_url`` but without what a sub-route adds."""
        return full_url_in(self.page, self.served, self.request)
