"""What every copy must show beside a text: its licence, who paid for it, the footnotes."""

from collections.abc import Iterable
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from django.apps import apps

from v2v_snippets.enums import licence_name, licence_url
from v2v_snippets.publication.listing import ListingText


@dataclass(frozen=True, slots=True)
class CompanionTexts:
    """What every copy of an item must show: its terms, who paid for it, its footnotes."""

    licence: str
    licence_url: str
    funding: list[ListingText]
    footnotes: list[ListingText]

    @property
    def rights(self) -> str:
        """The terms in one line: "CC BY 4.0 https://creativecommons.org/…"; "" if none is known."""
        return " ".join(filter(None, [self.licence, self.licence_url]))


def companions_of(page: Any, language: str = "") -> CompanionTexts:
    """Returns what goes with a page of the listing protocol, in its own language or another."""
    name, url = _licence(page.licence_code)
    return CompanionTexts(name, url, page.funding_texts(language), page.footnotes(language))


def companions_of_records(language: str, licence_code: str = "") -> CompanionTexts:
    """Returns what goes with records, and with lists that hold nothing: that of the whole site."""
    name, url = _licence(licence_code)
    if not apps.is_installed("v2v_snippets"):
        return CompanionTexts(name, url, [], [])
    selectors: Any = import_module("v2v_snippets.selectors")  # its models need the app
    funding = selectors.funding_texts(None, language)
    return CompanionTexts(name, url, funding, selectors.country_footnotes(language))


def distinct(texts: Iterable[ListingText]) -> list[ListingText]:
    """Returns each sentence once, in the order of the first."""
    return list(dict.fromkeys(texts))


def _licence(code: str) -> tuple[str, str]:
    return licence_name(code), licence_url(code)
