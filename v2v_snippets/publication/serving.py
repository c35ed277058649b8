"""Serves a page to a reader: in the best language there is, at the address that belongs to it."""

from collections.abc import Callable
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail import views as wagtail_views
from wagtail.models import Page

from ..language.reading import readers_language
from .languages import best_version, versions_for
from .routing import find_by_path
from .urls import full_url_in, url_in

FILES_PATTERN: Final = r"^((?:[\w\-]+/)+[\w\-]+\.(?:csv|ics))$"
"""Addresses of files that pages make below themselves; Wagtail's own pattern knows no full stop."""

Serve = Callable[[Page, HttpRequest, list[Any], dict[str, Any]], HttpResponse]


def serve(request: HttpRequest, path: str) -> HttpResponse:
    """Wagtail's ``serve`` with a short cut: finds the page by its path before walking the tree."""
    result = find_by_path(request, path)
    if result is not None:
        # the attribute in which Wagtail itself keeps what it found for this request
        request.__dict__["_wagtail_route_for_request"] = result
    return wagtail_views.serve(request, path)


def serve_in_readers_language(serve_next: Serve) -> Serve:
    """Hook ``on_serve_page``: leads a reader to the best version, and marks what is not in theirs.

    A better version redirects (302, since a translation may be withdrawn again) and keeps the rest
    of the path and the query. A page served in another language than its address says is kept out
    of search engines and names its own address as the canonical one.
    """

    def serve_page(
        page: Page, request: HttpRequest, args: list[Any], kwargs: dict[str, Any]
    ) -> HttpResponse:
        code = readers_language()
        if page.locale.language_code == code:
            return serve_next(page, request, args, kwargs)
        best = best_version(versions_for(request, page.translation_key), code)
        if best and best.pk != page.pk and request.method in {"GET", "HEAD"}:
            rest = request.get_full_path()[len(url_in(page, code, request)) :]
            return redirect(url_in(best, code, request) + rest)
        response = serve_next(page, request, args, kwargs)
        canonical = full_url_in(page, page.locale.language_code, request)
        response["Content-Language"] = f"{code}, {page.locale.language_code}"
        response["X-Robots-Tag"] = "noindex"
        response["Link"] = f'<{canonical}>; rel="canonical"'
        return response

    return serve_page
