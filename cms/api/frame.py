"""What every address of the API does, whatever stands at it: methods, CORS, bounds, conditions.

Answers depend on their address alone: no cookie is set, no session is read, and anybody's script
may fetch them from anywhere.
"""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any, Final
from urllib.parse import unquote_to_bytes

from django.http import HttpRequest, HttpResponse
from django.http.response import ResponseHeaders
from django.views.decorators.csrf import csrf_exempt

from .caching import answer_conditionally
from .errors import BadParameterError, answer_to, problem

METHODS: Final = ("GET", "HEAD", "OPTIONS")
LONGEST_QUERY: Final = 4096
"""In bytes, percent signs included: ten times what any sensible request needs."""

PREFLIGHT_SECONDS: Final = 24 * 60 * 60

View = Callable[..., HttpResponse]


class OwnVary(ResponseHeaders):
    """Headers whose ``Vary`` names only what an answer of the API really depends on.

    Middleware that serves pages adds Accept-Language, Cookie or Origin to whatever passes through.
    Here that would be untrue, and would keep caches from ever using an answer twice.
    """

    TRUE: Final = frozenset({"accept-encoding"})

    def __setitem__(self, key: str, value: str | bytes | int) -> None:
        """Sets a header; of ``Vary``, only what is true."""
        if key.lower() == "vary":
            names = [name.strip() for name in str(value).split(",")]
            value = ", ".join(name for name in names if name.lower() in self.TRUE)
            if not value:
                return
        super().__setitem__(key, value)


def framed(view: View) -> View:
    """Returns ``view`` with the manners of the API around it."""

    @csrf_exempt
    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        _forget_cookies(request)
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


def _forget_cookies(request: HttpRequest) -> None:
    """Keeps middleware from renewing or deleting broken cookies, which would set one."""
    request.COOKIES = {}
    request.META.pop("CSRF_COOKIE_NEEDS_UPDATE", None)


def _answer(view: View, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    if request.method == "OPTIONS":
        return _options()
    if request.method not in METHODS:
        response = problem(405, f"This address answers {', '.join(METHODS)}.")
        response["Allow"] = ", ".join(METHODS)
        return response
    if mistake := _malformed(request):
        return problem(400, mistake)
    method, request.method = request.method, "GET"
    try:
        return answer_conditionally(request, view(request, *args, **kwargs))
    except BadParameterError as error:
        return answer_to(request, error)
    finally:
        request.method = method


def _options() -> HttpResponse:
    """Answers preflights, too: browsers ask before they send If-None-Match across origins."""
    response = HttpResponse(status=HTTPStatus.NO_CONTENT)
    del response["Content-Type"]
    response["Allow"] = response["Access-Control-Allow-Methods"] = ", ".join(METHODS)
    response["Access-Control-Allow-Headers"] = "*"
    response["Access-Control-Max-Age"] = str(PREFLIGHT_SECONDS)
    response["Content-Language"] = "en"
    return response


def _malformed(request: HttpRequest) -> str:
    """Returns what is wrong with the address itself, "" if nothing is."""
    query = request.META.get("QUERY_STRING", "")
    if len(query) > LONGEST_QUERY:
        return f"The query is longer than {LONGEST_QUERY} bytes."
    try:
        text = unquote_to_bytes(query).decode()
    except UnicodeDecodeError:
        return "The query is not UTF-8."
    if "\0" in text or "\0" in request.path_info:
        return "The address holds a NUL character."
    return ""
