"""What a request asks for, as far as an answer for everybody may depend on it."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Final, NamedTuple

Environ = dict[str, Any]

LONGEST_QUERY: Final = 1_000
"""In characters; nobody's links are longer, and keys take memory, too."""

PERSONAL: Final = ("HTTP_COOKIE", "HTTP_AUTHORIZATION", "HTTP_RANGE")
"""Who sends one of these may get an answer of their own, or a part of one."""


class Address(NamedTuple):
    """One address of the site, as scheme, host and the proxy's headers make it."""

    origin: tuple[str, ...]
    path: str
    query: str


def address_of(environ: Environ, trusted_headers: Sequence[str] = ()) -> Address | None:
    """Returns the address that a request asks for; None where the answer is not for everybody.

    Args:
        environ: Of WSGI (PEP 3333).
        trusted_headers: Keys of ``environ`` from which Django reads scheme or host, because the
            proxy in front sets them.
    """
    if environ["REQUEST_METHOD"] not in {"GET", "HEAD"}:
        return None
    for name in PERSONAL:
        if name in environ:
            return None
    query = environ.get("QUERY_STRING", "")
    if "&" in query:
        query = in_one_order(query)
    if len(query) > LONGEST_QUERY:
        return None
    origin = (
        environ["wsgi.url_scheme"],
        environ.get("HTTP_HOST", ""),
        *(environ.get(name, "") for name in trusted_headers),
    )
    return Address(origin, environ["PATH_INFO"], query)


def in_one_order(query: str) -> str:
    """Sorts a query by its names; repeated ones keep their order, which can have a meaning."""
    return "&".join(sorted(query.split("&"), key=lambda pair: pair.partition("=")[0]))


@lru_cache(maxsize=256)
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
