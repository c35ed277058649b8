"""An answer as it was made once, ready to be sent in every encoding and confirmed by a 304."""

import gzip
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Final

import brotli

from v2v_snippets.publication import answers

Headers = list[tuple[str, str]]
StartResponse = Callable[..., Any]

LARGEST: Final = 1024 * 1024
"""In bytes: larger answers pass by, so that one does not push out a hundred."""

KEPT_TYPES: Final = re.compile(
    r"text/|image/svg\+xml|application/(?:[\w.+-]*\+)?(?:json|xml|javascript)\b|application/n-triples"
)
"""Texts; files lie in storages, which have servers of their own."""

STATUSES: Final = ("200 ", "301 ", "302 ", "308 ")
PACKED_FROM: Final = 500
"""In bytes: shorter answers do not get shorter."""

PACKERS: Final[dict[str, Callable[[bytes], bytes]]] = {
    "": lambda body: body,
    "br": lambda body: brotli.compress(body, quality=5),
    "gzip": lambda body: gzip.compress(body, compresslevel=6, mtime=0),
}
UNPACKERS: Final[dict[str, Callable[[bytes], bytes]]] = {
    "": lambda body: body,
    "br": brotli.decompress,
    "gzip": gzip.decompress,
}
KEPT_WITH_304: Final = {name.lower() for name in answers.KEPT_WITH_304} | {
    "content-location", "date", "expires", "vary", "access-control-allow-origin",
    "access-control-expose-headers", "cross-origin-resource-policy",
}  # fmt: skip
"""What the plugins' own 304 says, and what is added to it on its way out through the middleware:
what RFC 9110, 15.4.5 wants, and what browsers need to let other sites read the answer."""

OF_BYTES: Final = {"content-length", "content-encoding", "etag", "date", "connection"}
"""Headers that are written anew for each encoding, or by the server."""

OF_ONE_REQUEST: Final = ("ratelimit", "x-ratelimit", "x-request-id", "server-timing")
"""How headers begin that say something of the request for which the answer was made."""


HIT: Final = ("Cache-Status", "V2V; hit")
MISS: Final = ("Cache-Status", "V2V; fwd=miss; stored")
"""RFC 9211, so that operators see what happened."""


class Answer:
    """An answer that everybody may get, in the encodings asked for so far."""

    is_asked_for = False
    """Whether somebody has got it from the store since the store last looked for room."""

    def __init__(self, status: str, headers: Headers, body: bytes) -> None:
        """Takes what the application said, with its body unpacked."""
        fields = {name.lower(): value for name, value in headers}
        self.status = status
        self.max_age = max_age_of(fields.get("cache-control", ""))
        self.varies_by_language = "accept-language" in fields.get("vary", "").lower()
        self._body = body
        self._is_packable = len(body) >= PACKED_FROM
        tag = fields.get("etag", "").removeprefix("W/").strip('"')
        # a redirect has none: what it says stands in a header, and no 304 may confirm it (RFC 9110,
        # 13.2.1)
        has_tag = status.startswith("200 ")
        self._tag = (tag or answers.tag_of(body)) if has_tag else ""
        self._headers = [pair for pair in headers if belongs_to_content(pair[0])]
        if self._is_packable and "accept-encoding" not in fields.get("vary", "").lower():
            self._headers = with_vary(self._headers, "Accept-Encoding")
        self.packed: dict[str, Packed] = {}
        self.pack("")

    @property
    def size(self) -> int:
        """In bytes, with an estimate for what Python needs around them."""
        return sum(packed.size for packed in list(self.packed.values()))

    def pack(self, encoding: str) -> "Packed":
        """Adds an encoding ("br", "gzip", or "" for none) to ``packed``, and returns it."""
        name = encoding if self._is_packable else ""
        body = PACKERS[name](self._body)
        # different bytes need different strong tags: RFC 9110, 8.8.3
        ending = f"-{name}" if name else ""
        tag = f'"{self._tag}{ending}"' if self._tag else ""
        headers = [*self._headers, ("ETag", tag)] if tag else self._headers
        of_bytes = [("Content-Encoding", name)] if name else []
        of_bytes.append(("Content-Length", str(len(body))))
        found = Packed(body, tag, [*headers, *of_bytes, HIT], [*headers_of_304(headers), HIT])
        self.packed[encoding] = found
        return found


@dataclass(frozen=True, slots=True)
class Packed:
    """An answer in one encoding, with the headers of all who do not ask first."""

    body: bytes
    tag: str
    """"" where a 304 is no answer."""
    headers: Headers
    headers_of_304: Headers

    @property
    def size(self) -> int:
        """In bytes, roughly."""
        return len(self.body) + sum(len(name) + len(value) + 120 for name, value in self.headers)


def kept_answer(status: str, headers: Headers, chunks: Iterable[bytes]) -> Answer | None:
    """Reads an answer of the application, if everybody may get it; else None, and nothing is read.

    The application itself says so: ``public``, no cookie, a length, and a ``Vary`` that names no
    more than language and encoding.
    """
    fields = {name.lower(): value for name, value in headers}
    if not may_be_kept(status, fields):
        return None
    unpack = UNPACKERS[fields.get("content-encoding", "")]
    return Answer(status, headers, unpack(b"".join(chunks)))


def may_be_kept(status: str, fields: dict[str, str]) -> bool:
    """Tells whether an answer with these headers (names in small letters) is for everybody."""
    length = fields.get("content-length", "")
    varies = {name.strip() for name in fields.get("vary", "").lower().split(",")}
    return (
        status.startswith(STATUSES)
        and max_age_of(fields.get("cache-control", "")) > 0
        and "set-cookie" not in fields
        and varies <= {"accept-encoding", "accept-language", ""}
        and length.isdigit()
        and int(length) <= LARGEST
        and fields.get("content-encoding", "") in UNPACKERS
        and KEPT_TYPES.match(fields.get("content-type", "text/")) is not None
    )


def max_age_of(cache_control: str) -> int:
    """Returns for how many seconds shared caches may keep an answer; 0 where they may not.

    >>> max_age_of("public, max-age=60, stale-while-revalidate=300")
    60
    >>> max_age_of("private, max-age=60")
    0
    """
    directives = dict(pair.strip().lower().partition("=")[::2] for pair in cache_control.split(","))
    if "public" not in directives or directives.keys() & {"private", "no-store", "no-cache"}:
        return 0
    seconds = directives.get("max-age", "0")
    return int(seconds) if seconds.isdigit() else 0


def belongs_to_content(name: str) -> bool:
    """Tells whether a header says something of the content, not of one request or its bytes."""
    small = name.lower()
    return not small.startswith(OF_ONE_REQUEST) and small not in OF_BYTES


def of_one_request(headers: Headers) -> Headers:
    """Returns what is for the one alone for whom an answer was made: how much they may ask for."""
    return [pair for pair in headers if pair[0].lower().startswith(OF_ONE_REQUEST)]


def headers_of_304(headers: Headers) -> Headers:
    """Returns the headers that an answer has, too, when it says that nothing changed."""
    return [pair for pair in headers if pair[0].lower() in KEPT_WITH_304]


def is_named(tag: str, known: str) -> bool:
    """Tells whether ``known``, an ``If-None-Match``, names ``tag`` (weakly: RFC 9110, 13.1.2)."""
    return bool(tag) and (tag.removeprefix("W/") in known or known.strip() == "*")


def with_vary(headers: Headers, name: str) -> Headers:
    """Returns headers whose ``Vary`` has one more name."""
    before = [value for field, value in headers if field.lower() == "vary"]
    others = [pair for pair in headers if pair[0].lower() != "vary"]
    return [*others, ("Vary", ", ".join([*before, name]))]
