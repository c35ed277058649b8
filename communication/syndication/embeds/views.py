"""Pages for frames, oEmbed, and what the web component is made of."""

from typing import Any
from urllib.parse import urljoin
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils.http import http_date
from django.utils.translation import override

from v2v_snippets.language.locales import content_languages
from v2v_snippets.publication.answers import kept_seconds
from v2v_snippets.publication.site_name import site_name
from v2v_snippets.publication.urls import root_url

from ..answers import refusal
from ..choosing import choose_list, spoken_language
from ..selectors import home_url, next_boundary, site_asked
from .cards import read_cards
from .component import component_script, write_cards
from .framing import for_any_site, for_any_site_with_parameters, framed
from .oembed import Room, UnusableSizeError, describe, write_xml
from .subjects import subject_at, subject_by_key

NUMBER = 5
MOST = 10
"""How many items a list has: unless somebody asks, and at most."""
SCRIPT_CACHE = "public, max-age=86400, stale-while-revalidate=604800"


@framed
def show_list(
    request: HttpRequest, locale: str, listing_type: str, number: str = str(NUMBER), **part: str
) -> HttpResponse:
    """Answers the first items of a list, or of a part of it, as a page for frames.

    Raises:
        Http404: when there is no such list.
    """
    cards = read_cards(request, choose_list(locale, listing_type, **part), int(number))
    return _page("list", locale, cards.next_boundary_at, list=cards)


@framed
def show_item(request: HttpRequest, locale: str, key: UUID, route: str = "") -> HttpResponse:
    """Answers one public page, or what it has at a route, as a page for frames.

    Whoever has put a text that was withdrawn into a frame gets a way to the site instead.

    Raises:
        Http404: when the site does not speak the language.
    """
    if locale not in content_languages():
        raise Http404("The site does not speak this language.")
    try:
        subject = subject_by_key(request, locale, key, route)
    except Http404:
        home = home_url(site_asked(request), locale)
        response = _page("gone", locale, None, home_url=home)
        response.status_code = 404
        return response
    boundary = next_boundary([subject.page]) if hasattr(subject.page, "next_boundary_at") else None
    home = home_url(site_asked(request), locale)
    return _page("item", locale, boundary, card=subject.card, home_url=home)


@for_any_site
def show_cards(request: HttpRequest, locale: str, listing_type: str, **part: str) -> HttpResponse:
    """Answers the first items of a list for the web component.

    Pages often say where they are from, too (``lang="it-IT"``), which chooses no other text.

    Raises:
        Http404: when there is no such list.
    """
    language = spoken_language(locale)
    cards = read_cards(request, choose_list(language, listing_type, **part), MOST)
    address = urljoin(root_url(request), request.path)
    response = HttpResponse(write_cards(cards, address), content_type="application/feed+json")
    response["Content-Language"] = language
    response["Last-Modified"] = http_date(cards.updated_at.timestamp())
    response["Cache-Control"] = f"public, max-age={kept_seconds(cards.next_boundary_at)}"
    return response


@for_any_site_with_parameters
def serve_component(_request: HttpRequest) -> HttpResponse:
    """Answers the script of the web component.

    Its address never changes, so caches ask again each day; content managers add a version to it.
    """
    response = HttpResponse(component_script(), content_type="text/javascript; charset=utf-8")
    response["Cache-Control"] = SCRIPT_CACHE
    return response


@for_any_site_with_parameters
def answer_oembed(request: HttpRequest) -> HttpResponse:
    """Answers how an address of this site is embedded; parameters that it does not know are none.

    Raises:
        Http404: when nothing public of this site is at the address.
    """
    asked = request.GET
    if asked.get("format", "json") not in {"json", "xml"}:
        return refusal(501, "This address answers format=json and format=xml.")
    if not asked.get("url"):
        return refusal(400, "Say which page to embed: url=https://… with an address of this site.")
    try:
        room = Room.asked(asked)
    except UnusableSizeError as error:
        return refusal(400, str(error))
    subject = subject_at(asked["url"], request)
    answer = describe(subject, room, request)
    response: HttpResponse
    if asked.get("format") == "xml":
        response = HttpResponse(write_xml(answer), content_type="text/xml; charset=utf-8")
    else:
        response = JsonResponse(answer, json_dumps_params={"ensure_ascii": False})
    response["Content-Language"] = subject.card.language
    response["Cache-Control"] = f"public, max-age={kept_seconds(None)}"
    return response


@framed
def show_nothing(_request: HttpRequest) -> HttpResponse:
    """Answers for all other addresses below that of the embeds.

    Raises:
        Http404: always.
    """
    raise Http404("There is nothing to embed at this address.")


def _page(name: str, locale: str, boundary: Any, **context: Any) -> HttpResponse:
    context |= {"locale": locale, "site_name": site_name()}
    with override(locale):
        html = render_to_string(f"communication_syndication/embed_{name}.html", context)
    response = HttpResponse(html)
    response["Content-Language"] = locale
    response["Cache-Control"] = f"public, max-age={kept_seconds(boundary)}"
    return response
