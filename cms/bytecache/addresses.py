"""What a request asks for, as far as an answer for everybody may depend on it."""

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any, Final, NamedTuple

Environ = dict[str, Any]

LONGEST_QUERY: Final = 1_000
"""In characters; nobody's links are longer, and keys take memory, too."""

LONGEST: Final = 4_000
"""In characters: of all that an answer may depend on. Who sends more is no browser of ours."""

KNOWN: Final = 1_000
"""How many ways of asking are known without reading them again: 4 MB at most."""

PERSONAL: Final = ("HTTP_COOKIE", "HTTP_AUTHORIZATION", "HTTP_RANGE")
"""Who sends one of these may get an answer of their own, or a part of one."""

ASKED_BY: Final = (
    "REQUEST_METHOD", "PATH_INFO", "QUERY_STRING", "HTTP_ACCEPT_LANGUAGE", "HTTP_ACCEPT_ENCODING",
    "wsgi.url_scheme", "HTTP_HOST",
)  # fmt: skip
"""The keys of the environment that everything depends on, beside those that a proxy sets."""


class Address(NamedTuple):
    """One address of the site, as scheme, host and the proxy's headers make it."""

    origin: tuple[str, ...]
    path: str
    query: str


Key = tuple[Address, str]
"""An address and a language; "" where the answer is the same for all languages."""


class Question(NamedTuple):
    """What is asked for, and how it is to be told."""

    address: Address
    key: Key
    """Of an answer that is the same for all languages."""
    key_in_language: Key
    encoding: str
    is_head: bool


class TooLongError(Exception):
    """A request takes more memory than answers to it are worth.

    It is raised and not returned, since ``lru_cache`` remembers what is returned, with what it was
    returned for; and on the way of a hit nothing needs to be measured.
    """


class Questions:
    """Reads requests; what is asked again and again is read once."""

    def __init__(
        self, choose_language: Callable[[str], str], trusted_headers: Sequence[str]
    ) -> None:
        """Takes what finds the site's best language for an ``Accept-Language``.

        ``trusted_headers`` are the keys of the environment from which Django reads scheme or host,
        because the proxy in front sets them.
        """
        self._choose_language = choose_language
        self._names = (*ASKED_BY, *trusted_headers)
        self._read = lru_cache(KNOWN)(self._read_anew)

    def read(self, environ: Environ) -> Question | None:
        """Returns what a request asks for; None where the answer is not for everybody."""
        if not environ.keys().isdisjoint(PERSONAL):
            return None
        try:
            return self._read(*map(environ.get, self._names))
        except TooLongError:
            return None

    def _read_anew(
        self,
        method: str,
        path: str,
        query: str | None,
        languages: str | None,
        encodings: str | None,
        *origin: str | None,
    ) -> Question | None:
        asked = (method, path, query, languages, encodings, *origin)
        if len(query or "") > LONGEST_QUERY or sum(len(each or "") for each in asked) > LONGEST:
            raise TooLongError
        if method not in {"GET", "HEAD"}:
            return None
        address = Address(tuple(each or "" for each in origin), path, in_one_order(query or ""))
        language = self._choose_language(languages or "")
        encoding = best_encoding(encodings or "")
        return Question(address, (address, ""), (address, language), encoding, method == "HEAD")


def in_one_order(query: str) -> str:
    """Sorts a query by its names; repeated ones keep their order, which can have a meaning."""
    return "&".join(sorted(query.split("&"), key=lambda pair: pair.partition("=")[0]))


def best_encoding(accepted: str) -> str:
    """Returns "br", "gzip" or, for those who take neither, "" (RFC 9110, 12.5.3).

    >>> best_encoding("gzip, deflate, br;q=0")
    'gzip'
    """
    weights = {}
    for part in accepted.lower().split(","):
        name, _, parameters = part.partition(";")
        weights[name.strip()] = weight_of(parameters)
    rest = weights.get("*", 0.0)
    for name in ("br", "gzip"):
        if weights.get(name, rest) > 0:
            return name
    return ""


def weight_of(parameters: str) -> float:
    """Reads a quality from the parameters of an encoding; nonsense counts as a refusal."""
    _, _, quality = parameters.replace(" ", "").partition("q=")
    try:
        return float(quality or 1)
    except ValueError:
        return 0.0
