"""Answers that are the same for everybody: any cache may keep them, any site may fetch them.

They depend on their address alone, or name in ``Vary`` what else they depend on: no cookie is set
and no session is read. Who has an answer already is told so in a 304.
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from functools import wraps
from hashlib import sha256
from http import HTTPStatus
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.http.response import ResponseHeaders
from django.utils import timezone
from django.utils.http import parse_etags
from django.views.decorators.csrf import csrf_exempt

METHODS: Final = ("GET", "HEAD", "OPTIONS")
KEPT_WITH_304: Final = (
    "Cache-Control", "Content-Language", "Deprecation", "ETag", "Last-Modified", "Link", "Sunset",
)  # fmt: skip
"""Who has the answer has its ``Surrogate-Key``, too, which is the longest of all (RFC 9110, 15.4.5:
no more than guides the update of what is stored)."""
EXPOSED: Final = "Content-Language, Deprecation, ETag, Last-Modified, Link, Sunset"
"""Headers that scripts of other sites may read."""
LONGEST_KEPT: Final = 60
"""In seconds: what is withdrawn must be gone from caches soon."""

PREFLIGHT_SECONDS: Final = 24 * 60 * 60

View = Callable[..., HttpResponse]
Refusal = Callable[[int, str], HttpResponse]
"""Makes the answer of a status that says what is wrong."""


class OwnVary(ResponseHeaders):
    """Headers whose ``Vary`` names only what an answer really depends on.

    Middleware that serves pages adds Accept-Language, Cookie or Origin to whatever passes through.
    Here that would be untrue, and would keep caches from ever using an answer twice.
    """

    def __init__(self, data: Any, negotiated: Iterable[str] = ()) -> None:
        """Takes headers; ``negotiated`` are the names that the answer depends on, in small."""
        self.true = {"accept-encoding", *negotiated}
        super().__init__(data)

    def __setitem__(self, key: str, value: str | bytes | int) -> None:
        """Sets a header; of ``Vary``, only what is true."""
        if key.lower() == "vary":
            names = [name.strip() for name in str(value).split(",")]
            value = ", ".join(name for name in names if name.lower() in self.true)
            if not value:
                return
        super().__setitem__(key, value)


def for_everybody(
    view: View, *, refuse: Refusal, urlconf: str, negotiated: Iterable[str] = ()
) -> View:
    """Returns ``view``, which knows GET alone, with the manners of a public address around it.

    Args:
        view: Makes the answer.
        refuse: Makes the answer to any method but GET, HEAD and OPTIONS.
        urlconf: Of the app that the address belongs to.
        negotiated: Request headers, in small letters, by which the view chooses its answer.
    """

    @csrf_exempt
    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        forget_cookies(request)
        response = open_to_all(_answer(view, refuse, request, *args, **kwargs), negotiated)
        if response.status_code == HTTPStatus.NOT_FOUND:
            # LocaleMiddleware would lead what is not found to the same path below a language; it
            # asks this attribute whether there are such paths
            request.urlconf = urlconf
        return response if request.method != "HEAD" else _without_body(response)

    return answer


def answer_conditionally(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Adds a strong ``ETag`` to an answer, or returns 304 to who has it already.

    Only the ETag counts. Images, schools, consents and expiry change an answer, too, and no date of
    publication knows of them, so ``Last-Modified`` is told but not trusted.
    """
    is_kept = "no-store" not in response.get("Cache-Control", "")
    if response.status_code != HTTPStatus.OK or response.streaming or not is_kept:
        return response
    etag = f'"{tag_of(response.content)}"'
    response["ETag"] = etag
    tags = parse_etags(request.headers.get("If-None-Match", ""))
    known = {tag.removeprefix("W/") for tag in tags}
    if etag not in known and "*" not in known:
        return response
    unchanged = HttpResponse(status=HTTPStatus.NOT_MODIFIED)
    del unchanged["Content-Type"]
    for name in KEPT_WITH_304:
        if name in response:
            unchanged[name] = response[name]
    return unchanged


def tag_of(content: bytes) -> str:
    """Returns the first 128 bits of SHA-256, for which processors have instructions."""
    return sha256(content).hexdigest()[:32]


def refusal(status: int, reason: str) -> HttpResponse:
    """Returns an error as a plain sentence, which programs and people can read."""
    response = HttpResponse(f"{reason}\n", status=status, content_type="text/plain; charset=utf-8")
    response["Content-Language"] = "en"
    return response


def forget_cookies(request: HttpRequest) -> None:
    """Keeps middleware from renewing or deleting broken cookies, which would set one."""
    request.COOKIES = {}
    request.META.pop("CSRF_COOKIE_NEEDS_UPDATE", None)


def open_to_all(response: HttpResponse, negotiated: Iterable[str] = ()) -> HttpResponse:
    """Lets the scripts of any site read an answer, and caches keep it by what it depends on."""
    response.headers = OwnVary(response.headers, negotiated)
    response["Access-Control-Allow-Origin"] = "*"
    response["Access-Control-Expose-Headers"] = EXPOSED
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def kept_seconds(next_boundary_at: datetime | None) -> int:
    """Returns how long caches may keep an answer: never beyond the moment at which it changes."""
    if next_boundary_at is None:
        return LONGEST_KEPT
    left = (next_boundary_at - timezone.now()).total_seconds()
    return int(min(LONGEST_KEPT, max(0, left)))


def _without_body(response: Any) -> Any:
    """Returns what HEAD is answered; how long a stream would be, nobody knows."""
    if response.streaming:
        # the one that was begun is closed with the answer
        response.streaming_content = ()
    else:
        response["Content-Length"] = str(len(response.content))
        response.content = b""
    return response


def _answer(
    view: View, refuse: Refusal, request: HttpRequest, *args: Any, **kwargs: Any
) -> HttpResponse:
    if request.method == "OPTIONS":
        return _options()
    if request.method not in METHODS:
        response = refuse(405, f"This address answers {', '.join(METHODS)}.")
        response["Allow"] = ", ".join(METHODS)
        return response
    method, request.method = request.method, "GET"
    try:
        return answer_conditionally(request, view(request, *args, **kwargs))
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
