"""Addresses of pages in a reader's language.

An untranslated page is read under its own path with the reader's prefix: ``/fi/news/kick-off/`` is
the English article for a Finnish reader. So a link to every language costs no look-up of ancestors.
"""

import re
from typing import Final
from urllib.parse import urljoin

from django.http import HttpRequest
from django.utils.translation import get_language
from wagtail.models import Page

from ..keeping import fact
from .sites import ROOTS, root_paths, site_for

SAFE_IN_PATHS: Final = "/~:@!$&'()*+,;="
"""What ``reverse()`` leaves as it is, after RFC 3986."""

_ADDRESS = re.compile(r'\b(href|src)="(/[^"]*)"')
_SRCSET = re.compile(r'\bsrcset="([^"]*)"')


def with_prefix(url: str, own: str, wanted: str) -> str:
    """Returns ``url`` (path or absolute) with the language prefix ``own`` replaced by ``wanted``.

    A URL without that prefix (a site in one language has none) is returned as it is.
    """
    if own == wanted:
        return url
    scheme, separator, rest = url.partition("://")
    host, slash, path = rest.partition("/") if separator else ("", "/", url.removeprefix("/"))
    first, next_slash, tail = path.partition("/")
    if first != own:
        return url
    swapped = f"{wanted}{next_slash}{tail}"
    return f"{scheme}://{host}{slash}{swapped}" if separator else f"/{swapped}"


def url_in(page: Page, code: str, request: HttpRequest | None = None) -> str:
    """Returns the path under which a reader of ``code`` reads ``page``; "" if it is on no site.

    ``page.locale`` should be loaded with the page.
    """
    url = own_url(page, request)
    return with_prefix(url, page.locale.language_code, code) if url else ""


def full_url_in(page: Page, code: str, request: HttpRequest | None = None) -> str:
    """Returns the absolute address under which a reader of ``code`` reads ``page``; "" if none."""
    url = own_full_url(page, request)
    return with_prefix(url, page.locale.language_code, code) if url else ""


def own_url(page: Page, request: HttpRequest | None) -> str:
    """Returns the path of ``page`` in its own language; "" if it is on no site."""
    return _known(page, request, "get_url")


def own_full_url(page: Page, request: HttpRequest | None) -> str:
    """Returns the absolute address of ``page`` in its own language; "" if it is on no site."""
    return _known(page, request, "get_full_url")


def _known(page: Page, request: HttpRequest | None, method: str) -> str:
    """Returns what a method of Wagtail's says, asked once for all requests: it resolves patterns.

    Wagtail itself keeps the roots of all sites with the request, or else with the page.
    """
    keeper = page if request is None else request
    if ROOTS not in keeper.__dict__:
        keeper.__dict__[ROOTS] = root_paths()
    if request is None:
        return str(getattr(page, method)() or "")
    site, of_request = site_for(request), request.__dict__.setdefault("_v2v_addresses", {})
    key = (site.pk if site else None, method, type(page), page.url_path, get_language())
    return fact(
        _known, key, lambda: str(getattr(page, method)(request) or ""), otherwise=of_request
    )


def root_url(request: HttpRequest) -> str:
    """Returns the address that the site asked gives itself; that of the request where none is."""
    site = site_for(request)
    return str(site.root_url) if site else request.build_absolute_uri("/")


def absolute_addresses(html: str, root: str) -> str:
    """Returns ``html`` with its root-relative ``href``, ``src`` and ``srcset`` below ``root``."""

    def absolute_set(match: re.Match[str]) -> str:
        candidates = [part.strip() for part in match[1].split(",")]
        return 'srcset="{}"'.format(", ".join(urljoin(root, part) for part in candidates))

    html = _ADDRESS.sub(lambda match: f'{match[1]}="{urljoin(root, match[2])}"', html)
    return _SRCSET.sub(absolute_set, html)
