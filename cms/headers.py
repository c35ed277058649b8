"""Response headers by who is served: visitors, machines, editors.

Every response has the strictest policy; a group of addresses relaxes what it needs. The policies
themselves are settings.
"""

import re
from collections.abc import Callable
from functools import wraps
from typing import Any, Final, TypeVar

import django
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.functional import cached_property

Response = TypeVar("Response", bound=HttpResponseBase)
View = Callable[..., Any]
content_policy: Callable[[dict[str, list[str]]], Callable[[View], View]]
if django.VERSION >= (6, 0):
    from django.middleware import csp as middleware
    from django.views.decorators.csp import csp_override

    content_policy = csp_override
    ContentPolicyMiddleware: Any = middleware.ContentSecurityPolicyMiddleware
else:
    from csp.constants import HEADER
    from csp.decorators import csp
    from csp.middleware import CSPMiddleware
    from csp.utils import build_policy

    content_policy = csp

    class PolicyWrittenOnce(CSPMiddleware):
        """Writes the policy that nearly every answer has once, and not for each of them."""

        @cached_property
        def policy(self) -> str:
            """That of the settings."""
            return build_policy()

        def process_response(
            self, request: HttpRequest, response: HttpResponseBase
        ) -> HttpResponseBase:
            """Adds the policy; a view may have said another one, or asked for a nonce."""
            said = [name for name in (*vars(response), *vars(request)) if name.startswith("_csp")]
            if said or settings.DEBUG:
                return super().process_response(request, response)
            response.headers.setdefault(HEADER, self.policy)
            return response

    ContentPolicyMiddleware = PolicyWrittenOnce


OF_DOCUMENTS: Final = {
    "Cross-Origin-Opener-Policy": settings.SECURE_CROSS_ORIGIN_OPENER_POLICY,
    "Referrer-Policy": settings.SECURE_REFERRER_POLICY,
    "X-Frame-Options": settings.X_FRAME_OPTIONS,
}
"""What Django writes into every answer, and a browser obeys for a page that it shows. JSON opens no
window and follows no link, and ``frame-ancestors`` of its content policy keeps it out of frames."""

IS_JSON: Final = re.compile(r"application/(?:[\w.-]+\+)?(?:x-nd)?json\b")

CACHEABLE = frozenset({200, 301, 302, 304})


def security_headers(get_response: View) -> View:
    """Middleware: what every response carries unless its view said otherwise."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if IS_JSON.match(response.headers.get("Content-Type", "")):
            for name, value in OF_DOCUMENTS.items():
                if response.headers.get(name) == value:
                    del response.headers[name]
        else:
            response.headers.setdefault("Permissions-Policy", settings.PERMISSIONS_POLICY)
        # the API names the emblem for other sites to show; nothing below it belongs to anybody
        is_static = request.path.startswith(settings.STATIC_URL)
        shown_by = "cross-origin" if is_static else "same-origin"
        response.headers.setdefault("Cross-Origin-Resource-Policy", shown_by)
        return response

    return middleware


def for_visitors(view: View) -> View:
    """Lets any cache keep a page for a minute, unless something in it belongs to one reader."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response.headers.setdefault("X-Frame-Options", "DENY")
        return shared(request, response, seconds=60)

    return wrapped


def for_machines(view: View) -> View:
    """Lets other sites use the answer: feeds, pictures, site map."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "cross-origin")
        return response

    return wrapped


def for_editors(view: View) -> View:
    """Lets the admin run its own scripts and frame its own previews; nothing of it is kept."""

    @content_policy(settings.EDITORS_CSP)
    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        # a preview comes with the headers of the page that it shows
        for name in ("Content-Security-Policy", "X-Frame-Options"):
            response.headers.pop(name, None)
        response.headers["X-Frame-Options"] = "SAMEORIGIN"
        response.headers["Cache-Control"] = "private, no-store"
        return response

    return wrapped


def shared(request: HttpRequest, response: Response, *, seconds: int) -> Response:
    """Allows shared caches to keep an answer that is the same for everybody."""
    is_personal = bool(response.cookies) or getattr(request.session, "accessed", False)
    if (
        request.method in {"GET", "HEAD"}
        and response.status_code in CACHEABLE
        and not is_personal
        and not response.has_header("Cache-Control")
    ):
        response.headers["Cache-Control"] = f"public, max-age={seconds}"
    return response
