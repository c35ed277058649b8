"""What the site itself answers at a path, found by its own routing, without writing the page.

There is no second logic: languages, slashes, redirects and pages are decided by the code that
serves visitors, asked as somebody who has just arrived, without cookies and language preferences.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any, Final
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.signed_cookies import SessionStore
from django.core.handlers.wsgi import WSGIRequest
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotFound
from django.urls import resolve
from django.utils.encoding import iri_to_uri
from django.utils.module_loading import import_string
from django.utils.translation import get_language, override
from wagtail.models import Page, Site

from .published import published_public
from .routing import find_by_path
from .serving import serve_in_readers_language

MIDDLEWARE: Final = (
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
    "v2v_snippets.publication.redirects.redirect_middleware",
)
"""Those of the site's middleware that lead from one path to another."""

COPIED: Final[tuple[str, ...]] = (
    "SERVER_NAME",
    "SERVER_PORT",
    "SERVER_PROTOCOL",
    "SCRIPT_NAME",
    "HTTP_HOST",
)
SITE_ADDRESS: Final = re.compile(r"https?://([^/?#]*)", re.IGNORECASE)


@dataclass
class SiteAnswer:
    """An answer of the site; with the page that is read there, and in which reader's language."""

    status: int
    location: str = ""
    page: Any = None
    language: str = ""
    context: dict[str, Any] = field(default_factory=dict)
    """What the page's own view would write, where it was asked for a path below the page's."""


def path_of(address: str, request: HttpRequest, site: Site) -> tuple[str, str] | None:
    """Returns path and query of an address of ``site``; None where it lies elsewhere.

    Args:
        address: A path, or an absolute address, percent-encoded or not.
        request: The host that it names is the site's, too.
        site: The site.
    """
    address = address.partition("#")[0]
    if found := SITE_ADDRESS.match(address):
        if found[1].lower() not in {request.get_host().lower(), urlsplit(site.root_url).netloc}:
            return None
        address = address[found.end() :] or "/"
    path, _mark, query = address.partition("?")
    try:
        path = unquote(path, errors="strict")
    except UnicodeDecodeError:
        return None
    return (path, query) if path.startswith("/") and path.isprintable() else None


def answer_at(path: str, query: str, request: HttpRequest, site: Site) -> SiteAnswer:
    """Returns what the site answers at a path to a reader who has just arrived."""
    visit = _visit(path, query, request, site)
    if visit.path_info.startswith("//"):
        return SiteAnswer(404)
    found: dict[str, Any] = {}

    def at_the_end(visit: HttpRequest) -> HttpResponse:
        return _own_answer(visit, found)

    handler: Callable[[HttpRequest], HttpResponse] = at_the_end
    for name in reversed([name for name in settings.MIDDLEWARE if name in MIDDLEWARE]):
        handler = import_string(name)(handler)
    with override(settings.LANGUAGE_CODE):
        response = handler(visit)
    return SiteAnswer(response.status_code, response.get("Location", ""), **found)


def _visit(path: str, query: str, request: HttpRequest, site: Site) -> HttpRequest:
    """Makes the request of a reader of whom nothing is known."""
    environ: dict[str, Any] = {n: request.META[n] for n in COPIED if n in request.META}
    visit = WSGIRequest(
        {
            **environ,
            "REQUEST_METHOD": "GET",
            "PATH_INFO": path.encode().decode("latin-1"),
            "QUERY_STRING": iri_to_uri(query),
            "wsgi.url_scheme": request.scheme,
            "wsgi.input": BytesIO(),
        }
    )
    # the last is the attribute in which Wagtail keeps the site of a request
    visit.__dict__ |= {
        "user": AnonymousUser(),
        "session": SessionStore(),
        "_wagtail_site": site,
    }
    return visit


def _own_answer(visit: HttpRequest, found: dict[str, Any]) -> HttpResponse:
    """Answers as the site's view does."""
    try:
        view = resolve(visit.path_info)
        if view.url_name == "wagtail_serve":
            return _answer_of_page(visit, str(view.args[0]), found)
        if visit.path_info == "/":
            answer: HttpResponse = view.func(visit, *view.args, **view.kwargs)
            return answer
    except Http404:
        return HttpResponseNotFound()
    # not found would lead on to the same path below a language, but there is something
    return HttpResponse()


def _answer_of_page(visit: HttpRequest, path: str, found: dict[str, Any]) -> HttpResponse:
    """Answers as Wagtail's view does; the page itself is not written."""
    result = find_by_path(visit, path) or Page.route_for_request(visit, path)
    if result is None:
        raise Http404
    page, args, kwargs = result
    if not published_public(Page.objects.filter(pk=page.pk)).exists():
        # a page for some alone; nothing else may be told of it
        return HttpResponse(status=403)
    visit.__dict__["_wagtail_route_for_request"] = result
    response = serve_in_readers_language(_unwritten)(page, visit, args, kwargs)
    if response.status_code == 200:
        found |= {"page": page, "language": get_language() or page.locale.language_code}
        found["context"] = visit.__dict__.get("_v2v_context", {})
    return response


def _unwritten(
    page: Page, visit: HttpRequest, args: list[Any], kwargs: dict[str, Any]
) -> HttpResponse:
    """Asks a page's own view only where its address holds something that may not exist."""
    if not any(args[1:]) and not kwargs:
        return HttpResponse()
    response: HttpResponse = page.specific.serve(visit, *args, **kwargs)
    is_written = getattr(response, "is_rendered", True)
    visit.__dict__["_v2v_context"] = getattr(response, "context_data", None) or {}
    return response if is_written else HttpResponse(status=response.status_code)
