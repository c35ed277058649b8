"""The answers of the permanent URIs: the way on, data, and what cannot be."""

from functools import partial
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import override

from v2v_snippets.enums import licence_url
from v2v_snippets.language.locales import content_language, content_languages, preferred_language
from v2v_snippets.publication.answers import View, for_everybody, refusal

from ..sections import SiteSections
from .data import FORMATS, data_url, formats_of
from .licence import glossary_licence
from .negotiation import preferred_type

CACHE_CONTROL: Final = "public, max-age=60"
"""Short, since what is withdrawn must be gone from caches soon."""
PAGE_TYPES: Final = ("text/html", "application/xhtml+xml")


_for_anybody: Final = partial(for_everybody, refuse=refusal, urlconf="v2v_pages.urls")


def permanent(view: View) -> View:
    """Lets ``view``, which knows GET alone, lead anybody on by what their browser asks for."""
    return _for_anybody(view, negotiated=("accept", "accept-language"))


def unvarying(view: View) -> View:
    """Lets ``view``, which knows GET alone, answer the same to everybody."""
    return _for_anybody(view)


def see_other(address: str) -> HttpResponse:
    """Returns a 303: what is asked for is no document, but there is one about it."""
    response = HttpResponse(f"See {address}\n", status=303, content_type="text/plain")
    response["Location"] = address
    response["Content-Language"] = "en"
    response["Cache-Control"] = CACHE_CONTROL
    return response


def way_on(request: HttpRequest, identifier: str = "") -> HttpResponse:
    """Leads to the page or the data of a concept, or of the whole glossary, by ``Accept``."""
    page = page_url(request, identifier)
    ways = dict.fromkeys(PAGE_TYPES, page) if page else {}
    for extension in formats_of(identifier):
        ways |= dict.fromkeys(FORMATS[extension].media_types, data_url(identifier, extension))
    chosen = preferred_type(request.headers.get("Accept"), list(ways))
    response = see_other(ways[chosen]) if chosen else _not_acceptable(ways)
    response["Vary"] = "Accept, Accept-Language"
    return response


def page_url(request: HttpRequest, identifier: str = "") -> str:
    """Returns the path of the page in the browser's best language; "" while there is none."""
    code = content_language(preferred_language(request.headers.get("Accept-Language", "")))
    with override(code):
        index = SiteSections(request).index_url("GlossaryIndexPage", code)
    return f"{index}{identifier}/" if index and identifier else index


def concept_url(identifier: str) -> str:
    """Returns the path of the permanent URI of a concept on this site."""
    return reverse("v2v_pages:concept", kwargs={"identifier": identifier})


def data_answer(extension: str, content: bytes | None) -> HttpResponse:
    """Returns a file with its licence; 404 where this site cannot write that format."""
    if content is None:
        return refusal(404, "This site does not give out that format.")
    response = HttpResponse(content, content_type=FORMATS[extension].content_type)
    response["Content-Language"] = ", ".join(content_languages())
    response["Cache-Control"] = CACHE_CONTROL
    if licence := licence_url(glossary_licence()):
        response["Link"] = f'<{licence}>; rel="license"'
    return response


def _not_acceptable(ways: dict[str, str]) -> HttpResponse:
    lines = [f"{media_type} {address}" for media_type, address in ways.items()]
    return refusal(406, "\n".join(["There is none of what you accept, but:", *lines]))
