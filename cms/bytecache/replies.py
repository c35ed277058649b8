"""What was sent lately, by the way of asking: who asks so again gets it without further ado."""

from collections.abc import Hashable, Sequence
from typing import Any, Final, NamedTuple
from weakref import ref

from .addresses import ASKED_BY, KNOWN, PERSONAL, Environ
from .answers import Answer

LONGEST_TAGS: Final = 200
"""In characters: who names more tags than a few is answered, and not remembered."""

Asked = tuple[Any, ...]


class Reply(NamedTuple):
    """An answer as it was sent, for as long as the store holds it."""

    token: Hashable
    """Of the version at which it was made."""
    until: float
    """When its headers will no longer be true, in epoch seconds."""
    answer: "ref[Answer]"
    status: str
    encoding: str
    is_unchanged: bool
    """Whether it was a 304."""


class Replies:
    """A bounded mapping from all that an answer may depend on to what was sent.

    That somebody says what makes an answer personal is part of it, too, and never remembered. So
    there is nothing to be read in a request that is found here, and nothing to be decided.
    """

    def __init__(self, trusted_headers: Sequence[str]) -> None:
        """Takes the keys of the environment from which Django reads scheme or host."""
        self._names = (*ASKED_BY, *trusted_headers, *PERSONAL, "HTTP_IF_NONE_MATCH")
        self._rows: dict[Asked, Reply] = {}

    def find(self, environ: Environ) -> Reply | None:
        """Returns what was sent when somebody asked so."""
        return self._rows.get(tuple(map(environ.get, self._names)))

    def remember(self, environ: Environ, reply: Reply) -> None:
        """Keeps what was sent; when there is no more room, all is forgotten that was before."""
        if len(environ.get("HTTP_IF_NONE_MATCH", "")) > LONGEST_TAGS:
            return
        if len(self._rows) >= KNOWN:
            self._rows.clear()
        self._rows[tuple(map(environ.get, self._names))] = reply
