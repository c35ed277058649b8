"""What search engines and social networks are told about a page."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django import template
from django.template import Context
from django.utils.safestring import SafeString

from ..frame import FeedLink, Frame
from ..guests import GuestLanguages, GuestPage, Sharing, page_of
from ..head import links
from ..languages import PageLanguages
from ..markup import in_lines, void_element
from ..sharing.open_graph import SharedPicture, card_of, properties
from ..sharing.open_graph import shared_picture as picture_of
from ..structured_data import image_data, page_json
from ..subject import Subject

register = template.Library()


@register.simple_tag
def guest_page(
    sharing: Sharing, subject: Subject, languages: GuestLanguages, url: str, alternates: Any
) -> GuestPage:
    """Returns a page of another app as networks and search engines are told of ours."""
    versions = alternates if subject.is_indexed else ()
    return page_of(sharing, subject, replace(languages, own_url=url, alternates=versions))


@register.simple_tag
def head_links(
    subject: Subject, languages: PageLanguages, frame: Frame, feeds: Iterable[FeedLink]
) -> SafeString:
    """Writes where else the page is: in other languages, as a feed, in frames of other sites."""
    return in_lines(
        void_element("link", **link) for link in links(subject, languages, frame, feeds)
    )


@register.simple_tag(takes_context=True)
def shared_picture(context: Context, image: Any) -> SharedPicture | None:
    """Returns an image in the version for networks; None where there is none, or it is broken."""
    return picture_of(image, context["request"])


@register.simple_tag(takes_context=True)
def open_graph(
    context: Context,
    page: Any,
    subject: Subject,
    picture: SharedPicture | None,
    tags: Iterable[Any] | None = None,
) -> SafeString:
    """Writes what networks are told of a page; one without a picture has a card."""
    frame: Frame = context["frame"]
    shown = picture or card_of(context["request"], subject, frame)
    told = properties(page, subject, frame.site_name, shown, tags or ())
    return in_lines(
        [
            *(void_element("meta", property=name, content=said) for name, said in told),
            void_element("meta", name="twitter:card", content="summary_large_image"),
        ]
    )


@register.simple_tag(takes_context=True)
def structured_data(context: Context, picture: SharedPicture | None) -> SafeString:
    """Writes the page's JSON-LD so that nothing in it can end the script element.

    ``picture`` is the version of its image that goes out. Browsers do not run data.
    """
    subject, crumb = context["subject"], context.get("crumb")
    image = image_data(subject.image, picture) if picture else None
    crumbs = [(crumb["title"], crumb["url"])] if crumb else []
    text = page_json(context["page"], subject, context["frame"], crumbs=crumbs, image=image)
    for character in "<>&":
        text = text.replace(character, f"\\u{ord(character):04X}")
    return SafeString(text)
