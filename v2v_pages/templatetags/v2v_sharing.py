"""What search engines and social networks are told about a page."""

import json
from dataclasses import replace
from typing import Any, Final, NamedTuple

from django import template
from django.http import HttpRequest
from django.template import Context
from django.templatetags.static import static
from django.utils.safestring import SafeString

from ..frame import reverse_or_nothing
from ..guests import GuestLanguages, GuestPage, Sharing, page_of
from ..languages import PageLanguages
from ..sharing.card import SIZE
from ..structured_data import image_data, page_graph
from ..subject import Subject
from ..subject import open_graph_locales as locales_of

register = template.Library()

_SCRIPT_ESCAPES: Final = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


@register.simple_tag
def open_graph_locales(languages: PageLanguages | GuestLanguages) -> tuple[str, list[str]]:
    """Returns the language of a page and those of its translations, as Open Graph writes them."""
    return locales_of(languages)


@register.simple_tag
def guest_page(
    sharing: Sharing, subject: Subject, languages: GuestLanguages, url: str, alternates: Any
) -> GuestPage:
    """Returns a page of another app as networks and search engines are told of ours."""
    versions = alternates if subject.is_indexed else ()
    return page_of(sharing, subject, replace(languages, own_url=url, alternates=versions))


class SharedCard(NamedTuple):
    """The picture of a page that has none: its size in pixels, and whether it shows the title."""

    url: str
    width: int
    height: int
    has_title: bool


@register.simple_tag
def card_of(path: str) -> SharedCard:
    """Returns the card of the page at ``path``, or that of the site where no cards are included."""
    url = reverse_or_nothing("v2v_sharing:card", path=path.strip("/"))
    return SharedCard(url or static("v2v_pages/sharing.png"), *SIZE, has_title=bool(url))


@register.simple_tag(takes_context=True)
def structured_data(context: Context, picture: Any) -> SafeString:
    """Writes the page's JSON-LD so that nothing in it can end the script element.

    ``picture`` is the version of its image that goes out, or None. Browsers do not run data.
    """
    request: HttpRequest = context["request"]
    subject, crumb = context["subject"], context.get("crumb")
    image = None
    if picture:
        image = image_data(subject.image, picture, request.build_absolute_uri(picture.url))
    crumbs = [(crumb["title"], crumb["url"])] if crumb else []
    data = page_graph(context["page"], subject, context["frame"], crumbs=crumbs, image=image)
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return SafeString(text.translate(_SCRIPT_ESCAPES))
