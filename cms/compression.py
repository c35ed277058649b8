"""Sends pages in a quarter of their bytes, wherever no secret could be guessed from their size."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.utils.cache import has_vary_header

View = Callable[[HttpRequest], HttpResponseBase]


def compress_pages(get_response: View) -> View:
    """Middleware: packs HTML that is the same for everybody, also where it says 404.

    The answers of the API and the feeds stay as they are: their ETags are strong.
    """
    compress = GZipMiddleware(get_response).process_response

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        return compress(request, response) if is_page_for_everybody(response) else response

    return middleware


def is_page_for_everybody(response: HttpResponseBase) -> bool:
    """Tells whether an answer is HTML without anything of one reader, such as a CSRF token.

    Those who can have words of theirs packed together with a secret guess it from the size (the
    BREACH attack). What reads session or token says so by ``Vary: Cookie``.
    """
    is_html = response.headers.get("Content-Type", "").startswith("text/html")
    return is_html and not response.cookies and not has_vary_header(response, "Cookie")
