"""Finds the page behind a path, also where it has no translation in the reader's language.

Untranslated pages are routed, never aliased: copies of every page in every language made 833 pages
of 74 and nothing in them said that they were English.
"""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest
from django.utils.translation import get_language
from wagtail.models import Page, Site
from wagtail.url_routing import RouteResult

from ..language.fallback import fallback_chain
from .published import published


class FallbackRootMixin:
    """Lets a home page answer for paths that exist only in another language's tree."""

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """Tries the trees of the reader's chain, then all others; the first page found answers.

        Raises:
            Http404: when no tree has a published page at this path.
        """
        homes = self.get_translations(inclusive=True).select_related("locale")  # type: ignore[attr-defined]  # mixed into Page
        by_code = {home.locale.language_code: home for home in homes}
        chain = [code for code in fallback_chain(_reader_language()) if code in by_code]
        others = [code for code in by_code if code not in chain]
        for code in [*chain, *others]:
            try:
                result = super(FallbackRootMixin, by_code[code]).route(request, path_components)  # type: ignore[misc]  # Page.route
            except Http404:
                continue
            if published(Page.objects.filter(pk=result.page.pk)).exists():
                return result
        raise Http404


def find_by_path(request: HttpRequest, path: str) -> RouteResult | None:
    """Finds a page by its whole path in one query instead of one a level; None if there is none.

    Paths that end in a route of a routable page are left to the walk down the tree.
    """
    slugs = [slug for slug in path.split("/") if slug]
    site = Site.find_for_request(request)
    if not slugs or site is None:
        return None
    roots = {
        root.language_code: root.root_path
        for root in Site.get_site_root_paths()
        if root.site_id == site.pk
    }
    chain = fallback_chain(_reader_language())
    codes = [*(code for code in chain if code in roots), *(c for c in roots if c not in chain)]
    paths = [f"{roots[code]}{'/'.join(slugs)}/" for code in codes]
    # slug is indexed, url_path is not
    candidates = published(Page.objects.filter(slug=slugs[-1], url_path__in=paths))
    found = {page.url_path: page for page in candidates.select_related("locale")}
    page = next((found[path] for path in paths if path in found), None)
    if page is None:
        return None
    specific: Any = page.specific
    specific.locale = page.locale
    return specific.route(request, [])


def _reader_language() -> str:
    return get_language() or settings.LANGUAGE_CODE
