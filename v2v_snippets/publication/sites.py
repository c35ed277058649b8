"""Which site a request is for, and where its trees begin: asked by every answer, seldom changed."""

from collections.abc import Iterable
from typing import Any, Final

from django.db.models import F, Q
from django.db.models.lookups import StartsWith
from django.http import HttpRequest
from wagtail.models import Site
from wagtail.models.sites import SiteRootPath

from ..keeping import fact, kept

ROOTS: Final = "_wagtail_cached_site_root_paths"
"""The attribute in which Wagtail keeps the roots of all sites, with a request or with a page."""


def site_for(request: HttpRequest) -> Site | None:
    """Returns the site that a request is for; None where there is none at all.

    Wagtail keeps it, and the roots of all sites, with the request: whatever makes addresses of
    pages for this request need not look either of them up.
    """
    known = request.__dict__
    if "_wagtail_site" not in known:
        address = (request.get_host(), request.get_port())
        known["_wagtail_site"] = fact(site_for, address, lambda: Site.find_for_request(request))
    if ROOTS not in known:
        known[ROOTS] = root_paths()
    site: Site | None = known["_wagtail_site"]
    return site


@kept
def root_paths() -> list[SiteRootPath]:
    """Returns where the trees of all sites begin, as Wagtail keeps it in its cache."""
    paths: list[SiteRootPath] = Site.get_site_root_paths()
    return paths


def roots_of(site: Site | None) -> list[SiteRootPath]:
    """Returns the home pages of ``site``, one a language; those of all sites without one."""
    return [root for root in root_paths() if site is None or root.site_id == site.pk]


class _Begins(StartsWith):
    """Whether a path begins with another one.

    PostgreSQL's statistics know what ``LIKE`` leaves. SQLite plans a statement anew each time that
    a value is bound to the pattern of a ``LIKE`` (https://sqlite.org/optoverview.html, 5), which
    takes longer than finding a page.
    """

    def as_sqlite(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        """Writes it as a comparison."""
        path, parameters = self.process_lhs(compiler, connection)
        return f"SUBSTR({path}, 1, {len(self.rhs)}) = %s", [*parameters, self.rhs]


def below(roots: Iterable[SiteRootPath]) -> Q:
    """Returns the condition that a page stands in one of these trees; none does without any."""
    here = Q(pk__in=())
    for root in roots:
        here |= Q(_Begins(F("url_path"), root.root_path))
    return here
