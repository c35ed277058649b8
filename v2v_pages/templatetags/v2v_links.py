"""Addresses of pages and records, in the reader's language. None of these tags costs a query."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from django import template
from django.http import HttpRequest
from django.template import Context
from django.urls import Resolver404, resolve
from django.utils.safestring import SafeString
from wagtail.models import Page

from v2v_snippets.concept_uris import GLOSSARY_PATH
from v2v_snippets.language.reading import readers_language
from v2v_snippets.publication.languages import best_version, versions_for
from v2v_snippets.publication.urls import url_in

from ..calendars.entries import webcal as webcal_address
from ..citation import citation
from ..frame import Frame
from ..languages import LanguageLink
from ..markup import escaped, in_lines

register = template.Library()


@register.simple_tag
def record_url(frame: Frame | None, record: Any) -> str:
    """Returns the path of the page about a partner or twinning; "" outside of a page."""
    return frame.record_url(record) if frame else ""


@register.simple_tag
def concept_path(identifier: str) -> str:
    """Returns the path of a concept's URI, which leads to it; "" where nothing answers there."""
    path = f"{GLOSSARY_PATH}/{identifier}"
    try:
        resolve(path)
    except Resolver404:
        return ""
    return path


@register.simple_tag(takes_context=True)
def listed_url(context: Context, page: Page) -> str:
    """Returns the path of a page in a list that already chose the best version of each."""
    return url_in(page, readers_language(), context.get("request"))


@register.simple_tag(takes_context=True)
def best_url(context: Context, page: Page | None) -> str:
    """Returns the path of the best version of a page for the reader; "" if none is public.

    The versions were loaded with the page being served, or cost one query.
    """
    request: HttpRequest | None = context.get("request")
    if page is None or request is None:
        return ""
    best = best_version(versions_for(request, page.translation_key), readers_language())
    return url_in(best, readers_language(), request) if best else ""


@register.simple_tag
def webcal(url: str, request: HttpRequest | None) -> str:
    """Returns the address by which calendar programs subscribe to the calendar at a path."""
    return webcal_address(request.build_absolute_uri(url)) if request else url


@register.filter
def host(url: str) -> str:
    """Returns the host of an address, so that readers know where a link leads."""
    return urlsplit(url).hostname or ""


@register.simple_tag
def report_link(frame: Frame | None, title: str, address: str) -> str:
    """Returns a ``mailto:`` address to report a mistake, in the language being written."""
    return frame.report_address(title, address) if frame else ""


@register.simple_tag
def cite(page: Any, address: str) -> str:
    """Returns how to quote an article, in its own language."""
    return citation(page, address)


@register.simple_tag
def language_items(links: Iterable[LanguageLink]) -> SafeString:
    """Writes the items of a list of languages, each named in itself."""
    return in_lines(f"<li>{_named(link)}</li>" for link in links)


def _named(link: LanguageLink) -> str:
    code, name = escaped(link.code), escaped(link.name)
    if link.is_current:
        return f'<span aria-current="true" lang="{code}">{name}</span>'
    return f'<a href="{escaped(link.url)}" lang="{code}" hreflang="{code}">{name}</a>'
