"""The site map of all languages, with each page's versions as alternates of one another.

Wagtail's own one knows the tree of the default language only.
"""

from collections import defaultdict
from typing import Any, Final
from uuid import UUID

from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps import views as sitemap_views
from django.http import HttpRequest, HttpResponse
from wagtail.models import Page

from ..language.locales import default_language
from .languages import best_version
from .published import published_public

LARGEST_SITEMAP: Final = 50_000
"""How many addresses the protocol allows: https://www.sitemaps.org/protocol.html."""


def sitemap(request: HttpRequest) -> HttpResponse:
    """Shows the site map of the site that the request asks for."""
    response: HttpResponse = sitemap_views.sitemap(request, {"pages": PageSitemap(request)})
    return response


class PageSitemap(Sitemap[Page]):
    """The public pages of one site, read in a constant number of queries.

    A page type may have ``public_paths()``, a class method that returns the paths below each of its
    pages that are pages of their own, such as ``3/`` for a twinning.
    """

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self._paths: dict[type[Page], list[str]] = {}

    def get_urls(self, page: Any = 1, site: Any = None, protocol: Any = None) -> list[Any]:
        """Returns what Django's template writes down."""
        versions: dict[UUID, list[Page]] = defaultdict(list)
        for version in self._public_pages():
            versions[version.translation_key].append(version)
        entries = (entry for group in versions.values() for entry in self._entries(group))
        return [entry for entry, _number in zip(entries, range(LARGEST_SITEMAP), strict=False)]

    def get_latest_lastmod(self) -> None:
        """Gives no date: the newest change is that of no single page."""

    def _public_pages(self) -> list[Page]:
        pages = published_public(Page.objects.filter(depth__gt=1)).select_related("locale")
        return [page for page in pages.order_by("pk") if page.get_url(self.request)]

    def _entries(self, versions: list[Page]) -> list[dict[str, Any]]:
        """Returns an entry for each version of one page, and for each path below it."""
        default = best_version(versions, default_language())
        entries = []
        for below in ["", *self._paths_below(versions[0].specific_class)]:
            urls = {v.locale.language_code: self._url(v, below) for v in versions}
            alternates = [{"lang_code": code, "location": url} for code, url in urls.items()]
            if default is not None:
                alternates.append({"lang_code": "x-default", "location": self._url(default, below)})
            entries += [
                {
                    "location": urls[version.locale.language_code],
                    "lastmod": None if below else version.last_published_at,
                    "alternates": alternates,
                }
                for version in versions
            ]
        return entries

    def _url(self, page: Page, below: str) -> str:
        return f"{page.get_full_url(self.request)}{below}"

    def _paths_below(self, model: type[Page] | None) -> list[str]:
        if model is None or not hasattr(model, "public_paths"):
            return []
        if model not in self._paths:
            self._paths[model] = model.public_paths()
        return self._paths[model]
