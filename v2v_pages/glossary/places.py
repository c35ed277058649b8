"""The parts of the glossary that have an address: ``domain/labour-market/letter/đ/with/sq/``.

A letter in the path is a letter of the language's own alphabet, in small letters, so that "NJ" and
"Đ" have addresses as "N" and "D" do.
"""

from dataclasses import dataclass, replace
from typing import Any, Final
from urllib.parse import quote

from django.http import Http404

from v2v_snippets.enums import ConceptDomain
from v2v_snippets.language.collation import OTHER_WORDS, alphabet
from v2v_snippets.language.locales import content_languages

from ..facets import path_code

PLACE_ROUTE: Final = (
    r"^(?:domain/(?P<domain>[a-z-]+)/)?(?:letter/(?P<letter>[^/]{1,12})/)?"
    r"(?:with/(?P<beside>[a-z-]+)/)?(?:page/(?P<number>[0-9]{1,6})/)?$"
)
CONCEPT_ROUTE: Final = r"^(?P<identifier>C-[0-9]{4,9})/$"
MISSING: Final = "missing"
"""In the place of a letter: concepts that have no term in the language of the list."""
_NAMES: Final = {OTHER_WORDS: "other", MISSING: MISSING}
_LETTERS: Final = {name: letter for letter, name in _NAMES.items()}


@dataclass(frozen=True, slots=True)
class Place:
    """One part of the glossary; empty fields stand for all of it."""

    domain: str = ""
    letter: str = ""
    """As the alphabet has it ("NJ"), ``OTHER_WORDS`` or ``MISSING``."""
    beside: str = ""
    """The second language."""
    number: int = 1
    """Of the page, from 1 on."""

    @classmethod
    def read(cls, parts: dict[str, Any]) -> "Place":
        """Reads the parts of a path.

        Raises:
            Http404: when no glossary could have them: they name no domain, letter or language.
        """
        domains = {path_code(code): str(code) for code in ConceptDomain.values}
        code = parts.get("domain") or ""
        name, beside = parts.get("letter") or "", parts.get("beside") or ""
        letter = _LETTERS.get(name, name.upper())
        number = int(parts.get("number") or 1)
        known = {*_NAMES, *(one for language in content_languages() for one in alphabet(language))}
        is_known = code in {"", *domains} and letter in {"", *known}
        if not is_known or beside not in {"", *content_languages()} or parts.get("number") == "1":
            raise Http404
        return cls(domains.get(code, ""), letter, beside, number)

    @property
    def path(self) -> str:
        """The path below the page, quoted."""
        letter = quote(_NAMES.get(self.letter, self.letter.lower()))
        parts = {
            "domain": path_code(self.domain),
            "letter": letter,
            "with": self.beside,
            "page": str(self.number) if self.number > 1 else "",
        }
        return "".join(f"{name}/{value}/" for name, value in parts.items() if value)

    @property
    def is_mixture(self) -> bool:
        """Whether it combines several choices, which no robot needs to walk through."""
        return sum(map(bool, (self.domain, self.letter, self.beside))) > 1

    @property
    def is_indexed(self) -> bool:
        """Whether search engines should list it: the whole, or one domain, but no cut of them."""
        return self == Place(domain=self.domain)

    def but(self, **fields: Any) -> "Place":
        """Returns the first page of the place that differs in these fields."""
        return replace(self, **{"number": 1, **fields})
