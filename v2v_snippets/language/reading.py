"""Keeps two languages apart: that of the text being written, and that of its reader.

Where an article exists only in English, a Finnish reader gets it in English, with English dates
and labels; but its links must lead on in Finnish.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.utils.translation import get_language, override

from .locales import content_language

_reader: ContextVar[str | None] = ContextVar("reader", default=None)


def readers_language() -> str:
    """Returns the language of the reader, whatever the language of the text being written.

    It is always one of the site's content languages.
    """
    return _reader.get() or content_language(get_language() or "")


@contextmanager
def text_in(code: str) -> Iterator[None]:
    """Writes what is inside in ``code``, for the same reader as outside."""
    token = _reader.set(readers_language())
    try:
        with override(code):
            yield
    finally:
        _reader.reset(token)
