"""Every type of page that visitors see, as the demo has it, for readers of each language."""

from collections.abc import Iterable, Mapping
from typing import Final

PAGES: Final[Mapping[str, str]] = {
    "home": "/en/",
    "news index": "/en/news/",
    "tag": "/en/news/tag/kick-off/",
    "article": "/en/news/kick-off/",
    "story": "/sq/binjakezime/shembull-takimi-i-pare/",
    "twinning index": "/en/twinnings/",
    "twinning": "/en/twinnings/3/",
    "partner index": "/en/partners/",
    "partner index, filtered": "/en/partners/side/wb/",
    "partner": "/en/partners/sedu/",
    "standard page": "/en/about/",
    "events": "/en/events/",
    "event": "/en/events/kick-off-meeting/",
    "glossary": "/en/glossary/",
    "glossary, two languages": "/en/glossary/with/sq/",
    "concept": "/en/glossary/C-0001/",
    "repository": "/en/repository/",
    "repository, filtered": "/en/repository/state/due/",
    "repository article": "/en/repository/how-to-find-entry-rules/",
    "mobility process": "/en/mobility-process/",
    "mobility process, dated": "/en/mobility-process/role/learner/dates/2027-03-15/",
    "mobility checklist": "/en/mobility-process/checklist/",
    "mobility module": "/en/mobility-process/agreement/",
    "VET systems": "/en/vet-systems/",
    "VET system": "/en/vet-systems/croatia/",
    "VET comparison": "/en/vet-systems/compare/ba/hr/",
    "search": "/en/search/?q=school",
    "search, nothing found": "/en/search/?q=xyzzy",
    "not found": "/en/nothing/",
    "fallback": "/fi/news/kick-off/",
    "home, Cyrillic": "/sr/",
    "article, Cyrillic": "/sr/vesti/pocetak-projekta/",
    "partner index, Cyrillic": "/sr/partneri/",
}
"""At least one page of each type by its name, in English where the demo has it."""

IN_CYRILLIC: Final = frozenset(name for name in PAGES if name.endswith(", Cyrillic"))
"""Pages of types named before, at their addresses in Serbian: no other language has these."""

REPORTED: Final[Mapping[str, str]] = {
    **PAGES,
    "newsletter archive": "/en/newsletters/",
    "newsletter issue": "/en/newsletters/kick-off/",
    "subscribe form": "/en/subscriptions/",
    "accessibility statement": "/en/accessibility/",
}
"""The same with the pages that tests of their own look at."""

SHOWN_IN: Final = ("en", "sq", "sr", "fi")
"""The languages of the pictures: one of each script, and the longest words."""


def in_language(path: str, language: str) -> str:
    """Returns where readers of a language have a page: each has an address for each of them."""
    return f"/{language}/{path.split('/', 2)[2]}"


def in_languages(path: str, languages: Iterable[str] = SHOWN_IN) -> list[str]:
    """Returns where readers of each language have a page."""
    return [in_language(path, language) for language in languages]


def everywhere(pages: Mapping[str, str] = REPORTED) -> dict[str, list[str]]:
    """Returns where readers of four languages have each type of page, by its name.

    Each address stands once.
    """
    names: dict[str, str] = {}
    for name, path in pages.items():
        for address in [path] if name in IN_CYRILLIC else in_languages(path):
            names.setdefault(address, name)
    return {name: [address for address, first in names.items() if first == name] for name in pages}
