"""Leads old addresses on, in the prefix of every language.

When an English article is renamed, Wagtail keeps a redirect for ``/en/old/`` alone; but the article
was read under ``/fi/old/`` too, by those in whose language there is no translation.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit

from django.apps import apps
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
    HttpResponseRedirect,
)
from django.utils.encoding import uri_to_iri

from ..language.fallback import fallback_chain
from ..language.locales import content_languages
from .languages import best_version, versions_for
from .sites import site_for
from .urls import url_in, with_prefix

GetResponse = Callable[[HttpRequest], HttpResponse]

LONGEST_PATH: Final = 255
"""Length of the column that holds old paths: what is longer was never stored."""


@dataclass(frozen=True, slots=True)
class Lead:
    """Where an old address leads to today."""

    url: str
    is_permanent: bool


def redirect_middleware(get_response: GetResponse) -> GetResponse:
    """Middleware in place of Wagtail's ``RedirectMiddleware``: answers for what is not found.

    Unlike that one it knows the prefixes of all languages, leads each reader to the version in
    their language, and never to a page that is not public.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if response.status_code != 404 or request.method not in {"GET", "HEAD"}:
            return response
        lead = find_redirect(request, request.get_full_path())
        if lead is None:
            return response
        answer = HttpResponsePermanentRedirect if lead.is_permanent else HttpResponseRedirect
        return answer(lead.url)

    return middleware


def find_redirect(request: HttpRequest, path: str) -> Lead | None:
    """Returns where the site's old ``path`` (with its query, percent-encoded) leads, or None.

    The path may be that of another language's tree; those of the reader's chain count first. Costs
    two queries where there is a redirect, one where there is none.
    """
    if not apps.is_installed("wagtail.contrib.redirects"):
        return None
    code = urlsplit(path).path.strip("/").partition("/")[0]
    redirect = _stored(request, _candidates(path, code))
    if redirect is None:
        return None
    lead = _page_lead(request, redirect, code) if redirect.redirect_page_id else None
    if redirect.redirect_link and lead is None:
        lead = Lead(redirect.redirect_link, redirect.is_permanent)
    return lead if lead and lead.url != path else None


def _redirects() -> Any:
    """Returns Wagtail's model; it cannot be imported in a site without the app."""
    return apps.get_model("wagtailredirects", "Redirect")


def _candidates(path: str, code: str) -> list[str]:
    """Returns the old paths to look for, best first: with and without query, in each language."""
    languages = content_languages()
    codes = [code]
    if code in languages:
        known = [other for other in fallback_chain(code) if other in languages]
        codes = list(dict.fromkeys([*known, *languages]))
    decoded = uri_to_iri(path)
    spellings = dict.fromkeys([decoded, decoded.partition("?")[0], path, path.partition("?")[0]])
    swapped = [with_prefix(spelling, code, other) for other in codes for spelling in spellings]
    normalised = [_redirects().normalise_path(old) for old in swapped]
    return [old for old in normalised if len(old) <= LONGEST_PATH and "\0" not in old]


def _stored(request: HttpRequest, candidates: list[str]) -> Any:
    """Returns the redirect of the first of these paths that has one, this site's own first."""
    site = site_for(request)
    if site is None or not candidates:
        return None
    found = _redirects().get_for_site(site).filter(old_path__in=candidates)
    ranked = sorted(
        found.select_related("redirect_page"),
        key=lambda redirect: (candidates.index(redirect.old_path), redirect.site_id is None),
    )
    return ranked[0] if ranked else None


def _page_lead(request: HttpRequest, redirect: Any, code: str) -> Lead | None:
    """Returns the way to the best public version of the redirect's page, or None."""
    best = best_version(versions_for(request, redirect.redirect_page.translation_key), code)
    if best is None:
        return None
    own = best.locale.language_code
    url = url_in(best, code if code in content_languages() else own, request)
    below = redirect.redirect_page_route_path.lstrip("/")
    # another language's address may change again, as soon as there is a translation
    return Lead(f"{url}{below}", redirect.is_permanent and own == code) if url else None
