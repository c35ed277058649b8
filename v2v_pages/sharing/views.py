"""Answers the card of a page, wherever the public can read the page itself."""

from collections.abc import Mapping
from functools import partial
from importlib import import_module
from typing import Any, Final

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import SimpleTemplateResponse
from django.urls import Resolver404, resolve
from django.utils.translation import get_language_from_path, override
from wagtail.models import Page

from v2v_snippets.publication.answers import LONGEST_KEPT, for_everybody, refusal
from v2v_snippets.publication.published import published_public

from ..frame import Frame
from ..subject import Subject
from .card import Card, draw

PAGES: Final = "wagtail_serve"
"""The name of the address under which Wagtail serves pages."""


_for_anybody: Final = partial(for_everybody, refuse=refusal, urlconf="v2v_pages.sharing.urls")


@_for_anybody
def show_nothing(_request: HttpRequest) -> HttpResponse:
    """Answers for all other addresses below that of the cards."""
    return refusal(404, "There is no such card.")


@_for_anybody
def show_card(request: HttpRequest, path: str) -> HttpResponse:
    """Answers the card of what visitors read at ``path``, in the language of the path.

    A page that visitors cannot read, or read at another address, has none.
    """
    address = f"/{path}/"
    with override(get_language_from_path(address) or settings.LANGUAGE_CODE):
        card = card_of(served_to_anybody(request, address))
    if card is None:
        return refusal(404, "There is no page of which this would be the card.")
    response = HttpResponse(draw(card), content_type="image/png")
    response["Cache-Control"] = f"public, max-age={LONGEST_KEPT}"
    return response


def served_to_anybody(request: HttpRequest, address: str) -> HttpResponse | None:
    """Returns what somebody who is not signed in is answered at ``address``, before it is written.

    None where no page is served there.
    """
    try:
        match = resolve(address)
        if match.url_name != PAGES:
            return None
        response: HttpResponse = match.func(
            _as_asked_by_anybody(request, address), *match.args, **match.kwargs
        )
    except (Http404, Resolver404):
        return None
    return response


def _as_asked_by_anybody(request: HttpRequest, address: str) -> HttpRequest:
    """Returns a request for ``address`` on the same site, without anything that tells who asks."""
    asked = HttpRequest()
    personal = {"HTTP_COOKIE", "HTTP_AUTHORIZATION"}
    asked.META = {name: each for name, each in request.META.items() if name not in personal}
    asked.META |= {"PATH_INFO": address, "QUERY_STRING": ""}
    asked.method, asked.path, asked.path_info = "GET", address, address
    asked.user = AnonymousUser()
    asked.session = import_module(settings.SESSION_ENGINE).SessionStore()
    return asked


def card_of(response: Any) -> Card | None:
    """Returns what the card of a page says; None where nothing was found that has a name."""
    is_page = isinstance(response, SimpleTemplateResponse)
    context: Mapping[str, Any] = response.context_data or {} if is_page else {}
    subject, frame = context.get("subject"), context.get("frame")
    if not isinstance(subject, Subject) or not isinstance(frame, Frame):
        return None
    page = frame.page or getattr(context.get("sharing"), "page", None)
    if page is None or not published_public(Page.objects.filter(pk=page.pk)).exists():
        # where a password is asked for, that is asked on a page, too
        return None
    crumb, trail = context.get("crumb"), frame.trail[1:]
    section = crumb["title"] if crumb else trail[-1].title if trail else ""
    funding = frame.funding[0].text if frame.funding else ""
    site = frame.site_name if frame.site_name != subject.name else ""
    return Card(subject.name, section, site, funding)
