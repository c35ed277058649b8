"""Which site a request is for, and where its trees begin: asked by every answer, seldom changed."""

from typing import Final

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
