"""Which language a reader gets when the wanted one is missing."""

from collections.abc import Iterable, Mapping
from typing import Final, Protocol, TypeVar

from .locales import default_language

FALLBACKS: Final[dict[str, tuple[str, ...]]] = {
    "cnr": ("sr-latn", "bs", "hr"),
    "sr-latn": ("bs", "hr"),
    "sr": ("sr-latn", "bs", "hr"),
    "bs": ("hr",),
    "ca": ("es",),
}
"""Languages that readers of another one understand, nearest first. Every chain ends in English."""


class InLanguage(Protocol):
    """Anything that holds the text of a record in one language."""

    language: str


Text = TypeVar("Text", bound=InLanguage)
Value = TypeVar("Value")


def fallback_chain(code: str) -> list[str]:
    """Returns the codes to try for a reader of ``code``, best first, the site's default last."""
    chain = [code, *FALLBACKS.get(code, ()), default_language()]
    return list(dict.fromkeys(chain))


def in_chain(by_language: Mapping[str, Value], code: str) -> Value | None:
    """Returns the value in the first language of the chain of ``code`` that has one, or None."""
    if code in by_language:
        return by_language[code]  # most often there is one in the reader's own
    languages = (candidate for candidate in fallback_chain(code) if candidate in by_language)
    return next((by_language[candidate] for candidate in languages), None)


def best_of(by_language: Mapping[str, Value], code: str) -> Value | None:
    """Returns the value nearest to a reader of ``code``.

    What exists in no language of the chain is given in any language it has (the first in code
    order, so that the answer is stable): a text born in Albanian is better than none.
    """
    if not by_language:
        return None
    found = in_chain(by_language, code)
    return by_language[min(by_language)] if found is None else found


def best_text(texts: Iterable[Text], code: str) -> Text | None:
    """Returns the row among ``texts`` that is nearest to a reader of ``code``, or None."""
    return best_of({text.language: text for text in texts}, code)
