"""Absolute addresses of one site's pages and files, without a look-up for each."""

from functools import cached_property
from typing import Final
from urllib.parse import quote, urljoin

from django.urls import NoReverseMatch, reverse
from django.utils.translation import override
from wagtail.coreutils import WAGTAIL_APPEND_SLASH
from wagtail.models import Page, Site
from wagtail.models.sites import SiteRootPath

from v2v_snippets.keeping import kept
from v2v_snippets.publication.sites import roots_of
from v2v_snippets.publication.urls import SAFE_IN_PATHS, with_prefix

MOST: Final = 1_000
"""How many addresses are kept: an export goes through all there are."""


class Addresses:
    """What ``Page.get_full_url()`` answers, for pages by the hundred.

    Wagtail resolves the address pattern anew for each page; here it is resolved once a language.
    """

    def __init__(self, site: Site) -> None:
        self.site = site
        self._prefixes: dict[str, str | None] = {}
        self._of_pages: dict[tuple[str, str, str], str] = {}

    @cached_property
    def root_url(self) -> str:
        """Scheme and host of the site."""
        return str(self.site.root_url)

    @cached_property
    def roots(self) -> list[SiteRootPath]:
        """The home pages of the site, one a language; Wagtail keeps them in its cache."""
        return roots_of(self.site)

    def absolute(self, url: str) -> str:
        """Returns the address of a file or page given by its path; media may lie elsewhere."""
        is_path = url.startswith("/") and not url.startswith("//")
        return self.root_url + url if is_path else urljoin(self.root_url, url)

    def of_page(self, page: Page, language: str) -> str:
        """Returns where a reader of ``language`` reads ``page``; "" if it is not on this site.

        ``page.locale`` must be loaded. An item names most addresses three times.
        """
        key = page.url_path, page.locale.language_code, language
        address = self._of_pages.get(key)
        if address is None:
            address = self._made(*key)
            if len(self._of_pages) < MOST:
                self._of_pages[key] = address
        return address

    def _made(self, url_path: str, own: str, language: str) -> str:
        for root in self.roots:
            if url_path.startswith(root.root_path):
                prefix = self._prefix(root.language_code)
                if prefix is None:
                    return ""
                path = prefix + quote(url_path[len(root.root_path) :], safe=SAFE_IN_PATHS)
                if not WAGTAIL_APPEND_SLASH and path != "/":
                    path = path.rstrip("/")
                return self.root_url + with_prefix(path, own, language)
        return ""

    def of_home(self, language: str) -> str:
        """Returns the home page for readers of ``language``; "" on a site without pages."""
        for root in self.roots:
            prefix = self._prefix(root.language_code)
            if prefix is not None:
                return self.root_url + with_prefix(prefix, root.language_code, language)
        return ""

    def _prefix(self, language: str) -> str | None:
        if language not in self._prefixes:
            self._prefixes[language] = _prefix_of(language)
        return self._prefixes[language]


@kept
def _prefix_of(language: str) -> str | None:
    """Returns what the paths of pages in a language begin with; None where no pages are served."""
    try:
        with override(language):
            return reverse("wagtail_serve", args=("",))
    except NoReverseMatch:
        return None  # a headless site
