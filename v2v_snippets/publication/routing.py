"""Finds the page behind a path, also where it has no translation in the reader's language.

Untranslated pages are routed, never aliased: copies of every page in every language made 833 pages
of 74 and nothing in them said that they were English.
"""

from typing import Any, NamedTuple

from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.utils import timezone
from wagtail.models import Page
from wagtail.url_routing import RouteResult

from ..language.fallback import fallback_chain
from ..language.reading import readers_language
from ..prepared import prepared
from .published import MAX_DEPTH, is_restricted, published
from .sites import roots_of, site_for


class Found(NamedTuple):
    """A published page on the way down: only one of them is read as a whole."""

    pk: int
    url_path: str
    content_type: int
    has_restriction: bool


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
    site = site_for(request)
    roots = {root.language_code: root.root_path for root in roots_of(site)} if site else {}
    chain = [code for code in fallback_chain(readers_language()) if code in roots]
    return [roots[code] for code in [*chain, *(code for code in roots if code not in chain)]]


def _pages_along(slugs: list[str], roots: list[str]) -> dict[str, Found]:
    """Returns the published pages on the way down to ``slugs`` in all trees, by path."""
    if len(slugs) > MAX_DEPTH:
        return {}
    ways = ["/".join(slugs[:length]) for length in range(1, len(slugs) + 1)]
    paths = [f"{root}{way}/" for root in roots for way in ways]
    found = _published_along(slugs=slugs, paths=paths, now=timezone.now())
    return {page.url_path: page for page in map(Found._make, found)}


def _homes(request: HttpRequest) -> dict[str, Found]:
    """Returns the published home pages of all languages, by path."""
    site = site_for(request)
    if site is None:
        return {}
    found = _published_homes(key=site.root_page.translation_key, now=timezone.now())
    return {page.url_path: page for page in map(Found._make, found)}


@prepared
def _published_along(*, slugs: Any, paths: Any, now: Any) -> Any:
    # slug is indexed, url_path is not
    return _found(Page.objects.filter(slug__in=slugs, url_path__in=paths), now)


@prepared
def _published_homes(*, key: Any, now: Any) -> Any:
    return _found(Page.objects.filter(translation_key=key), now)


def _found(pages: "QuerySet[Page]", now: Any) -> Any:
    """Returns a query for what ``Found`` holds."""
    pages = published(pages, now=now).annotate(has_restriction=is_restricted()).order_by()
    return pages.values_list("pk", "url_path", "content_type", "has_restriction")


def _specific(found: Found, model: type[Page]) -> Any:
    """Returns a page as its own type; None where it has just been deleted."""
    pages = _of_type(model, key=found.pk)
    return pages[0] if pages else None


@prepared
def _of_type(model: type[Page], *, key: Any) -> "QuerySet[Page]":
    shown: tuple[str, ...] = getattr(model, "shown_along", ())
    found: QuerySet[Page] = model._default_manager.filter(pk=key)
    return found.select_related("locale", *shown)


def _route(request: HttpRequest, found: Found, rest: list[str]) -> RouteResult | None:
    """Returns what a page answers for the ``rest`` of the path, or None."""
    kind = ContentType.objects.get_for_id(found.content_type).model_class() or Page
    if rest and not hasattr(kind, "resolve_subpage"):
        return None
    specific: Any = _specific(found, kind)
    if specific is None:
        return None
    specific.is_open = not found.has_restriction
    if isinstance(specific, FallbackRootMixin):
        return RouteResult(specific)  # its own search has been done
    try:
        result: RouteResult = specific.route(request, rest)
    except Http404:
        return None
    # a page below it that was not among the published ones is not published
    return result if result.page.pk == specific.pk else None
