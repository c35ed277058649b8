"""The top of the site in all languages: home pages, and the pages right below them.

Menu, breadcrumbs and the addresses of lists come from here. All of it is read in one query,
whatever the number of languages and articles, and again when the content has changed.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import cached_property, partial
from typing import Any, TypeVar
from uuid import UUID

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from wagtail.models import Page, Site

from v2v_snippets.keeping import fact
from v2v_snippets.language.locales import default_language
from v2v_snippets.prepared import prepared
from v2v_snippets.publication.languages import best_version, public_versions, remember_versions
from v2v_snippets.publication.published import published_public
from v2v_snippets.publication.sites import roots_of, site_for
from v2v_snippets.publication.urls import url_in

R = TypeVar("R")

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
    their versions are then known to ``versions_for()``; so are those of ``pages``, primary keys of
    what its text links to. The sections themselves are kept for as long as the content is the same.
    """

    def __init__(
        self,
        request: HttpRequest | None,
        keys: Iterable[UUID] = (),
        pages: Iterable[int] = (),
    ) -> None:
        self.request = request
        self.keys = set(keys)
        self.pages = pages
        self._own: dict[Any, Any] = {}

    def load(self) -> None:
        """Reads all at once, before somebody asks ``versions_for()`` for a part of it."""
        _ = self.further

    def home_url(self, code: str) -> str:
        """Returns the path of the home page for a reader of ``code``; "" while there is none."""

        def find() -> str:
            return self._url([page for page in self._pages if page.depth == self._home_depth], code)

        return self._kept(find, "home", code)

    def index_url(self, model: str, code: str) -> str:
        """Returns the path of the list of that type ("NewsIndexPage"); "" while there is none."""

        def find() -> str:
            wanted = apps.get_model("v2v_pages", model)
            lists = [page for page in self._tops if page.specific_class is wanted]
            return self._url([page for page in lists if self._is_here(page)], code)

        return self._kept(find, model, code)

    def menu(self, code: str, current: Page | None = None) -> list[NavigationLink]:
        """Returns the sections that show in menus, in the order of the default language's tree."""

        def find() -> dict[UUID, NavigationLink]:
            best = {key: best_version(group, code) for key, group in self._versions.items()}
            return {
                key: self._link(page, code)
                for key, page in best.items()
                if page is not None and page.depth > self._home_depth and page.show_in_menus
            }

        links, (inside, is_itself) = self._kept(find, "menu", code), self.place_of(current)
        if inside in links:
            here = "page" if is_itself else "true"
            links = links | {inside: replace(links[inside], current=here)}
        return list(links.values())

    def place_of(self, page: Page | None) -> tuple[UUID | None, bool]:
        """Returns the section that ``page`` stands in, and whether it is the section itself."""
        if page is None:
            return None, False
        section = self._keys.get(page.path[: (self._home_depth + 1) * page.steplen])
        return section, section == page.translation_key

    def links(self, keys: Iterable[UUID], code: str) -> list[NavigationLink]:
        """Returns the pages with these keys, in the best versions: one query, if any were told."""
        keys = list(keys)
        versions = public_versions(keys)
        best = (best_version(versions[key], code) for key in keys)
        return [self._link(version, code) for version in best if version is not None]

    def trail(self, page: Page, code: str) -> list[NavigationLink]:
        """Returns the way to ``page`` from the home page on, without the page itself."""
        steps = range(self._home_depth, page.depth)
        paths = [page.path[: depth * page.steplen] for depth in steps]
        keys, versions = self._keys, self._versions
        if deeper := [path for path in paths if path not in keys]:
            ancestors = published_public(Page.objects.filter(path__in=deeper))
            keys = keys | {ancestor.path: ancestor.translation_key for ancestor in ancestors}
            versions = versions | public_versions(keys[path] for path in deeper if path in keys)

        def link(key: UUID) -> NavigationLink | None:
            best = best_version(versions[key], code)
            return self._link(best, code) if best is not None else None

        links = (
            self._kept(partial(link, keys[path]), path, code) for path in paths if path in keys
        )
        return [found for found in links if found is not None]

    @cached_property
    def further(self) -> dict[UUID, list[Page]]:
        """The versions of the further pages, oldest first."""
        versions = public_versions(self.keys, self.pages)
        if self.request is not None:
            pages = (page for group in versions.values() for page in group)
            remember_versions(self.request, self.keys, pages)
        return versions

    @property
    def _tops(self) -> list[Page]:
        """Home pages and what stands right below them, and all lists, oldest first."""
        return self._kept(lambda: top_pages(self._home_model, self._home_depth), "tops")

    @property
    def _pages(self) -> list[Page]:
        """Homes and sections of this site, those of the default language first."""

        def find() -> list[Page]:
            pages = sorted(self._tops, key=lambda page: page.path)
            pages.sort(key=lambda page: page.locale.language_code != default_language())
            deepest = self._home_depth + 1
            return [page for page in pages if page.depth <= deepest and self._is_here(page)]

        return self._kept(find, "pages")

    @property
    def _versions(self) -> dict[UUID, list[Page]]:
        """The versions of each section, oldest first."""

        def find() -> dict[UUID, list[Page]]:
            versions: dict[UUID, list[Page]] = {}
            for page in self._pages:
                versions.setdefault(page.translation_key, []).append(page)
            return {key: sorted(group, key=lambda page: page.pk) for key, group in versions.items()}

        return self._kept(find, "versions")

    @property
    def _keys(self) -> dict[str, UUID]:
        """The translation key of each section by its path."""
        return self._kept(lambda: {page.path: page.translation_key for page in self._pages}, "keys")

    def _kept(self, find: Callable[[], R], *what: str) -> R:
        """Returns what is the same for all requests to this site, found once."""
        return fact(SiteSections, (self.site_key, *what), find, otherwise=self._own)

    @property
    def site_key(self) -> int | None:
        """The primary key of the site; None where there is no request to tell it."""
        return self._site.pk if self._site else None

    @cached_property
    def _site(self) -> Site | None:
        return site_for(self.request) if self.request else None

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
        return [root.root_path for root in roots_of(self._site)]

    def _is_here(self, page: Page) -> bool:
        return any(page.url_path.startswith(root) for root in self._roots)

    def _url(self, versions: list[Page], code: str) -> str:
        best = best_version(sorted(versions, key=lambda page: page.pk), code)
        return url_in(best, code, self.request) if best else ""

    def _link(self, page: Page, code: str, current: str = "") -> NavigationLink:
        language = page.locale.language_code
        url = url_in(page, code, self.request)
        return NavigationLink(page.title, url, language, page, current)


def top_pages(home: type[Page], depth: int) -> list[Page]:
    """Returns home pages and what stands right below them, and all lists, oldest first: one query.

    Args:
        home: The type of home pages.
        depth: Of home pages in the tree.
    """
    # these few types have an index and few rows; the depth of all pages has neither
    sections = _types(home, *home.allowed_subpage_models())
    lists = _types(*(apps.get_model("v2v_pages", name) for name in LISTS))
    return _tops(sections, lists, depth, now=timezone.now())


@prepared
def _tops(
    sections: tuple[int, ...], lists: tuple[int, ...], depth: int, *, now: Any
) -> "QuerySet[Page]":
    here = Q(depth__lte=depth + 1) | Q(content_type__in=lists)
    wanted = Page.objects.filter(Q(content_type__in={*sections, *lists}) & here)
    return published_public(wanted, now=now).select_related("locale").order_by("pk")


def _types(*models: type[Page]) -> tuple[int, ...]:
    kinds = ContentType.objects.get_for_models(*models).values()
    return tuple(sorted(kind.pk for kind in kinds))
