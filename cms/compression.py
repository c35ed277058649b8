"""Sends pages in a quarter of their bytes, wherever no secret could be guessed from their size."""

import gzip
from collections.abc import Callable
from typing import Final

import brotli
from django.http import HttpRequest, HttpResponseBase
from django.http.response import HttpResponse
from django.utils.cache import has_vary_header, patch_vary_headers

from .bytecache.addresses import best_encoding

View = Callable[[HttpRequest], HttpResponseBase]

PACKED_FROM: Final = 200
"""In bytes: shorter answers do not get shorter."""

PACKERS: Final[dict[str, Callable[[bytes], bytes]]] = {
    "br": lambda body: brotli.compress(body, quality=2),
    "gzip": lambda body: gzip.compress(body, compresslevel=2, mtime=0),
}
"""Quick ones: the answer is for one reader, since what many read comes from the byte cache, which
packs better. Half of the time makes it a tenth longer."""


def compress_pages(get_response: View) -> View:
    """Middleware: packs HTML that is the same for everybody, also where it says 404.

    The answers of the API and the feeds stay as they are: their ETags are strong. Django's own
    middleware adds random bytes against guesses of secrets; there are none in these pages.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if isinstance(response, HttpResponse) and is_page_for_everybody(response):
            _compress(request, response)
        return response

    return middleware


def is_page_for_everybody(response: HttpResponseBase) -> bool:
    """Tells whether an answer is HTML without anything of one reader, such as a CSRF token.

    Those who can have words of theirs packed together with a secret guess it from the size (the
    BREACH attack). What reads session or token says so by ``Vary: Cookie``.
    """
    is_html = response.headers.get("Content-Type", "").startswith("text/html")
    return is_html and not response.cookies and not has_vary_header(response, "Cookie")


def _compress(request: HttpRequest, response: HttpResponse) -> None:
    if len(response.content) < PACKED_FROM or response.has_header("Content-Encoding"):
        return
    patch_vary_headers(response, ["Accept-Encoding"])
    encoding = best_encoding(request.headers.get("Accept-Encoding", ""))
    if not encoding:
        return
    response.content = PACKERS[encoding](response.content)
    response.headers["Content-Encoding"] = encoding
    response.headers["Content-Length"] = str(len(response.content))
    if (tag := response.headers.get("ETag", "")).startswith('"'):
        response.headers["ETag"] = f"W/{tag}"  # RFC 9110, 8.8.1
