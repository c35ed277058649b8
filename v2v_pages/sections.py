"""The top of the site in all languages: home pages, and the pages right below them.

Menu, breadcrumbs and the addresses of lists come from here. Everything is read in one query a
request, whatever the number of languages and articles.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.http import HttpRequest
from wagtail.models import Page, Site

from v2v_snippets.language.locales import default_language
from v2v_snippets.publication.languages import best_version, public_versions, remember_versions
from v2v_snippets.publication.published import published_public
from v2v_snippets.publication.urls import url_in

LISTS = (
    "NewsIndexPage",
    "TwinningIndexPage",
    "PartnerIndexPage",
    "GlossaryIndexPage",
    "VETSystemIndexPage",
    "RepositoryIndexPage",
    "SearchIndexPage",
    "EventIndexPage",
)
"""Page types whose addresses are looked for, wherever a site has put them."""


@dataclass(frozen=True, slots=True)
class NavigationLink:
    """A page as menus and breadcrumbs name it; ``language`` is that of its title."""

    title: str
    url: str
    language: str
    page: Page
    current: str = ""
    """Value of ``aria-current``: "page" for the page itself, "true" for the section around it."""


class SiteSections:
    """The public sections of one site, for one request.

    ``keys`` are the translation keys of further pages to load along, such as the page being served:
    their versions are then known to ``versions_for()``.
    """

    def __init__(self, request: HttpRequest | None, keys: Iterable[UUID] = ()) -> None:
        self.request = request
        self.keys = set(keys)

    def load(self) -> None:
        """Reads all at once, before somebody asks ``versions_for()`` for a part of it."""
        _ = self._pages

    def home_url(self, code: str) -> str:
        """Returns the path of the home page for a reader of ``code``; "" while there is none."""
        homes = [page for page in self._pages if page.depth == self._home_depth]
        return self._url(homes, code)

    def index_url(self, model: str, code: str) -> str:
        """Returns the path of the list of that type ("NewsIndexPage"); "" while there is none."""
        wanted = apps.get_model("v2v_pages", model)
        lists = [page for page in self._loaded if page.specific_class is wanted]
        return self._url([page for page in lists if self._is_here(page)], code)

    def menu(self, code: str, current: Page | None = None) -> list[NavigationLink]:
        """Returns the sections that show in menus, in the order of the default language's tree."""
        inside = self._section_of(current)
        links = []
        for key, versions in self._versions.items():
            best = best_version(versions, code)
            if best is not None and best.depth > self._home_depth and best.show_in_menus:
                here = "page" if current and key == current.translation_key else "true"
                links.append(self._link(best, code, here if key == inside else ""))
        return links

    def links(self, keys: Iterable[UUID], code: str) -> list[NavigationLink]:
        """Returns the pages with these keys, in the best versions; they were told before."""
        best = (
            best_version([page for page in self._loaded if page.translation_key == key], code)
            for key in keys
        )
        return [self._link(version, code) for version in best if version is not None]

    def trail(self, page: Page, code: str) -> list[NavigationLink]:
        """Returns the way to ``page`` from the home page on, without the page itself."""
        steps = range(self._home_depth, page.depth)
        paths = [page.path[: depth * page.steplen] for depth in steps]
        keys = {version.path: version.translation_key for version in self._pages}
        versions = self._versions
        if deeper := [path for path in paths if path not in keys]:
            ancestors = published_public(Page.objects.filter(path__in=deeper))
            keys |= {ancestor.path: ancestor.translation_key for ancestor in ancestors}
            versions |= public_versions(keys[path] for path in deeper if path in keys)
        groups = (versions[keys[path]] for path in paths if path in keys)
        best = (best_version(group, code) for group in groups)
        return [self._link(version, code) for version in best if version is not None]

    @cached_property
    def _loaded(self) -> list[Page]:
        """All that is needed, oldest first."""
        home = self._home_model
        # these few types have an index and few rows; the depth of all pages has neither
        sections = _types(home, *home.allowed_subpage_models())
        lists = _types(*(apps.get_model("v2v_pages", name) for name in LISTS))
        here = Q(depth__lte=self._home_depth + 1) | Q(content_type__in=lists)
        top = Q(content_type__in=sections | lists) & here
        wanted = Page.objects.filter(top | Q(translation_key__in=self.keys))
        pages = list(published_public(wanted).select_related("locale").order_by("pk"))
        if self.request is not None:
            remember_versions(self.request, self.keys, pages)
        return pages

    @cached_property
    def _pages(self) -> list[Page]:
        """Homes and sections of this site, those of the default language first."""
        pages = sorted(self._loaded, key=lambda page: page.path)
        pages.sort(key=lambda page: page.locale.language_code != default_language())
        deepest = self._home_depth + 1
        return [page for page in pages if page.depth <= deepest and self._is_here(page)]

    @property
    def _versions(self) -> dict[UUID, list[Page]]:
        """The versions of each page, oldest first."""
        versions: dict[UUID, list[Page]] = {}
        for page in self._pages:
            versions.setdefault(page.translation_key, []).append(page)
        return {key: sorted(group, key=lambda page: page.pk) for key, group in versions.items()}

    @cached_property
    def _site(self) -> Site | None:
        return Site.find_for_request(self.request) if self.request else None

    @property
    def _home_model(self) -> type[Page]:
        """The type of the site's first page, which may be of the host's making."""
        own = self._site.root_page.specific_class if self._site else None
        return own or apps.get_model("v2v_pages", "HomePage")

    @property
    def _home_depth(self) -> int:
        return self._site.root_page.depth if self._site else 2

    @cached_property
    def _roots(self) -> list[str]:
        site = self._site
        roots = Site.get_site_root_paths()
        return [root.root_path for root in roots if site is None or root.site_id == site.pk]

    def _is_here(self, page: Page) -> bool:
        return any(page.url_path.startswith(root) for root in self._roots)

    def _section_of(self, page: Page | None) -> UUID | None:
        path = page.path[: (self._home_depth + 1) * page.steplen] if page else ""
        return next((top.translation_key for top in self._pages if top.path == path), None)

    def _url(self, versions: list[Page], code: str) -> str:
        best = best_version(sorted(versions, key=lambda page: page.pk), code)
        return url_in(best, code, self.request) if best else ""

    def _link(self, page: Page, code: str, current: str = "") -> NavigationLink:
        language = page.locale.language_code
        url = url_in(page, code, self.request)
        return NavigationLink(page.title, url, language, page, current)


def _types(*models: type[Page]) -> set[int]:
    return {kind.pk for kind in ContentType.objects.get_for_models(*models).values()}
