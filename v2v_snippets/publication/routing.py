"""Finds the page behind a path, also where it has no translation in the reader's language.

Untranslated pages are routed, never aliased: copies of every page in every language made 833 pages
of 74 and nothing in them said that they were English.
"""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from wagtail.models import Page, Site
from wagtail.url_routing import RouteResult

from ..language.fallback import fallback_chain
from ..language.reading import readers_language
from .published import MAX_DEPTH, is_restricted, published


class FallbackRootMixin:
    """Lets a home page answer for paths that exist only in another language's tree."""

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """Tries the trees of the reader's chain, then all others; the first page found answers.

        Raises:
            Http404: when no tree has a published page at this path.
        """
        homes = self.get_translations(inclusive=True).select_related("locale")  # type: ignore[attr-defined]  # mixed into Page
        by_code = {home.locale.language_code: home for home in homes}
        chain = [code for code in fallback_chain(readers_language()) if code in by_code]
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
    """Finds a page by its path in one query instead of two a level; None if there is none.

    The end of the path may be a route of a routable page. What is found knows whether a view
    restriction lies on it (``is_open``), so that nobody need ask again.
    """
    slugs = [slug for slug in path.split("/") if slug]
    roots = _roots_for(request)
    found = _pages_along(slugs, roots) if slugs else _homes(request)
    for root in roots:
        for length in range(len(slugs), min(len(slugs), 1) - 1, -1):
            page = found.get(root + "".join(f"{slug}/" for slug in slugs[:length]))
            if page is not None:
                result = _route(request, page, slugs[length:])
                if result is not None:
                    return result
                break  # a page above this one has no route for what this one does not know
    return None


def _roots_for(request: HttpRequest) -> list[str]:
    """Returns the paths of the site's home pages, that of the reader's best language first."""
    site = Site.find_for_request(request)
    roots = {
        root.language_code: root.root_path
        for root in Site.get_site_root_paths()
        if site is not None and root.site_id == site.pk
    }
    chain = [code for code in fallback_chain(readers_language()) if code in roots]
    return [roots[code] for code in [*chain, *(code for code in roots if code not in chain)]]


def _pages_along(slugs: list[str], roots: list[str]) -> dict[str, Page]:
    """Returns the published pages on the way down to ``slugs`` in all trees, by path."""
    if len(slugs) > MAX_DEPTH:
        return {}
    ways = ["/".join(slugs[:length]) for length in range(1, len(slugs) + 1)]
    paths = [f"{root}{way}/" for root in roots for way in ways]
    # slug is indexed, url_path is not
    return _published_by_path(Page.objects.filter(slug__in=slugs, url_path__in=paths))


def _homes(request: HttpRequest) -> dict[str, Page]:
    """Returns the published home pages of all languages, by path."""
    site = Site.find_for_request(request)
    key = site.root_page.translation_key if site else None
    return _published_by_path(Page.objects.filter(translation_key=key))


def _published_by_path(pages: "QuerySet[Page]") -> dict[str, Page]:
    found = published(pages).select_related("locale").annotate(has_restriction=is_restricted())
    return {page.url_path: page for page in found}


def _route(request: HttpRequest, page: Page, rest: list[str]) -> RouteResult | None:
    """Returns what ``page`` answers for the ``rest`` of the path, or None."""
    if rest and not hasattr(page.specific_class, "resolve_subpage"):
        return None
    specific: Any = page.specific
    specific.locale = page.locale
    specific.is_open = not page.has_restriction
    if isinstance(specific, FallbackRootMixin):
        return RouteResult(specific)  # its own search has been done
    try:
        result: RouteResult = specific.route(request, rest)
    except Http404:
        return None
    # a page below it that was not among the published ones is not published
    return result if result.page.pk == page.pk else None
