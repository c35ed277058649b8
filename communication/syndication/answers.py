"""Answers that are the same for everybody: any cache may keep them, any site may fetch them.

No cookie is set and no session is read. Who has an answer already is told so in a 304.
"""

from collections.abc import Callable
from functools import wraps
from hashlib import blake2b
from http import HTTPStatus
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import ResponseHeaders
from django.utils.http import parse_etags
from django.views.decorators.csrf import csrf_exempt

METHODS: Final = ("GET", "HEAD", "OPTIONS")
KEPT_WITH_304: Final = ("Cache-Control", "Content-Language", "ETag", "Last-Modified")
PREFLIGHT_SECONDS: Final = 24 * 60 * 60

View = Callable[..., HttpResponse]


class OwnVary(ResponseHeaders):
    """Headers whose ``Vary`` names only what the answer depends on.

    Middleware that serves pages adds Accept-Language to whatever passes through. Here the language
    stands in the address, and caches would never use an answer twice.
    """

    def __setitem__(self, key: str, value: str | bytes | int) -> None:
        """Sets a header; ``Vary`` only to what compression adds."""
        if key.lower() != "vary" or str(value).lower() == "accept-encoding":
            super().__setitem__(key, value)


def for_everybody(view: View) -> View:
    """Lets ``view``, which knows GET alone, answer as this module says."""

    @csrf_exempt
    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = _answer(view, request, *args, **kwargs)
        response.headers = OwnVary(response.headers)
        response["Access-Control-Allow-Origin"] = "*"
        response["Access-Control-Expose-Headers"] = "Content-Language, ETag, Last-Modified"
        response["Cross-Origin-Resource-Policy"] = "cross-origin"
        if response.status_code == HTTPStatus.NOT_FOUND:
            # LocaleMiddleware would lead what is not found to the same path below a language; it
            # asks this attribute whether there are such paths
            request.urlconf = f"{__package__}.urls"
        if request.method == "HEAD":
            response["Content-Length"] = str(len(response.content))
            response.content = b""
        return response

    return answer


def _answer(view: View, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    if request.method == "OPTIONS":
        return _options()
    if request.method not in METHODS:
        response = _refusal(405, f"This address answers {', '.join(METHODS)}.")
        response["Allow"] = ", ".join(METHODS)
        return response
    if request.META.get("QUERY_STRING"):
        return _refusal(400, "This address takes no parameters: leave out all from ? on.")
    try:
        return _conditional(request, view(request, *args, **kwargs))
    except Http404 as error:
        return _refusal(404, str(error))


def _conditional(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Adds a strong ``ETag``, or returns 304 to who has the answer already.

    Only the ETag counts. Images, consents and expiry change an answer, too, and no date of
    publication knows of them, so ``Last-Modified`` is told but not trusted.
    """
    response["ETag"] = f'"{blake2b(response.content, digest_size=16).hexdigest()}"'
    tags = parse_etags(request.headers.get("If-None-Match", ""))
    known = {tag.removeprefix("W/") for tag in tags}
    if response["ETag"] not in known and "*" not in known:
        return response
    unchanged = HttpResponse(status=HTTPStatus.NOT_MODIFIED)
    del unchanged["Content-Type"]
    for name in KEPT_WITH_304:
        if name in response:
            unchanged[name] = response[name]
    return unchanged


def _options() -> HttpResponse:
    """Answers preflights, too: browsers ask before they send If-None-Match across origins."""
    response = HttpResponse(status=HTTPStatus.NO_CONTENT)
    response["Allow"] = response["Access-Control-Allow-Methods"] = ", ".join(METHODS)
    response["Access-Control-Allow-Headers"] = "*"
    response["Access-Control-Max-Age"] = str(PREFLIGHT_SECONDS)
    return response


def _refusal(status: int, reason: str) -> HttpResponse:
    response = HttpResponse(f"{reason}\n", status=status, content_type="text/plain; charset=utf-8")
    response["Content-Language"] = "en"
    return response
