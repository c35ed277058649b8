"""Puts a page of ours into the frame of the site that has us."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, override

from v2v_snippets.language.locales import content_languages
from v2v_snippets.language.reading import readers_language

from ..frame import framed


def show(
    request: HttpRequest, template: str, *, title: Any, status: int = 200, **context: Any
) -> HttpResponse:
    """Writes a page that anybody may see; only one with a ``description`` is listed by engines."""
    about = str(context.pop("description", ""))
    frame = framed(request, title=str(title), description=about, paths=_paths(request))
    whole = {**frame, "title": title, **context}
    response = render(request, f"communication_newsletters/{template}.html", whole, status=status)
    response["Content-Language"] = get_language() or readers_language()
    return response


def show_private(
    request: HttpRequest, template: str, *, title: Any, status: int = 200, **context: Any
) -> HttpResponse:
    """Writes a page whose address is a secret: nobody keeps it, lists it, or hears of it."""
    response = show(request, template, title=title, status=status, **context)
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    # forms need an Origin, which "no-referrer" would withhold
    response["Referrer-Policy"] = "same-origin"
    return response


def _paths(request: HttpRequest) -> dict[str, str]:
    """Returns the path of the page in each language, for whoever wants to read it in another."""
    match = request.resolver_match
    paths: dict[str, str] = {}
    if match is None:
        return paths
    for code in content_languages():
        with override(code):
            paths[code] = reverse(match.view_name, args=match.args, kwargs=match.kwargs)
    return paths
