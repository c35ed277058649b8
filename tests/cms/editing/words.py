"""Which words of an answer come from catalogues, and which of them somebody has translated.

While a language is watched, each word from a catalogue carries a number in characters that no text
has. So it is what a screen shows that is counted, not what some catalogue holds.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from django.utils.translation import trans_real
from django.utils.translation.trans_real import CONTEXT_SEPARATOR

START, END = "\ue000", "\ue001"
MARK: Final = re.compile(r"(?:\ue000|\\ue000|\\uE000)(\d+)(?:\ue001|\\ue001|\\uE001)")


class Watched:
    """Stands in for the translations into one language, and marks what it gives out."""

    def __init__(self, translations: Any) -> None:
        self.translations = translations
        self.asked: dict[tuple[str, bool], int] = {}

    def __getattr__(self, name: str) -> Any:
        return getattr(self.translations, name)

    def gettext(self, message: str) -> str:
        """Translates; a context stands before the message, as it does in catalogues.

        What is missing comes back with its context, of which Django shows readers nothing.
        """
        text = self.translations.gettext(message).rpartition(CONTEXT_SEPARATOR)[2]
        return self._marked(text, message, is_translated=message in self.translations._catalog)

    def ngettext(self, singular: str, plural: str, number: int) -> str:
        """Translates what is counted."""
        text = self.translations.ngettext(singular, plural, number)
        if CONTEXT_SEPARATOR in text:
            return text  # Django asks once more, without the context
        key = (singular, self.translations.plural(number))
        return self._marked(text, singular, is_translated=key in self.translations._catalog)

    def _marked(self, text: str, message: str, *, is_translated: bool) -> str:
        number = self.asked.setdefault((message, is_translated), len(self.asked))
        return f"{START}{number}{END}{text}"

    def words_in(self, html: str) -> tuple[set[str], set[str]]:
        """Returns the words that stand in an answer: the translated ones, and the others."""
        words: tuple[set[str], set[str]] = (set(), set())
        asked = list(self.asked)
        for number in MARK.findall(html):
            message, is_translated = asked[int(number)]
            words[not is_translated].add(message)
        return words


@contextmanager
def watched(language: str) -> Iterator[Watched]:
    """Marks what is translated into a language, inside."""
    usual = trans_real.translation(language)
    watching = Watched(usual)
    kept: dict[str, Any] = vars(trans_real)["_translations"]
    kept[language] = watching
    try:
        yield watching
    finally:
        kept[language] = usual
