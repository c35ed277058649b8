"""Old paths as items: those that lead to something public, and none that tells of a draft."""

from collections.abc import Collection, Sequence
from typing import Any
from urllib.parse import unquote, urlsplit

from django.apps import apps
from django.db.models import Exists, OuterRef, Q
from wagtail.models import Page, Site

from v2v_snippets.language.locales import content_languages
from v2v_snippets.publication.published import published_public
from v2v_snippets.publication.sites import below

from .addresses import Addresses


def redirects_of(site: Site, addresses: Addresses) -> Any:
    """Returns the redirects of a site to its public pages, or to an address that is written out.

    Each knows whether it ``leads_to_page``; what both names a hidden page and an address leads to
    the address, as on the site itself.
    """
    here = published_public(Page.objects.filter(below(addresses.roots)))
    public = here.filter(pk=OuterRef("redirect_page"))
    redirects = apps.get_model("wagtailredirects", "Redirect").get_for_site(site)
    known = redirects.annotate(leads_to_page=Exists(public.order_by()))
    return known.filter(Q(leads_to_page=True) | ~Q(redirect_link="")).select_related(
        "redirect_page__locale"
    )


def write_redirects(
    redirects: Sequence[Any], addresses: Addresses, fields: Collection[str]
) -> list[dict[str, Any]]:
    """Returns redirects as items, without those that lead to the address of a hidden page."""
    written = (_written(redirect, addresses) for redirect in redirects)
    hidden = _hidden_targets([r for r in redirects if not r.leads_to_page], addresses)
    return [
        {name: item[name] for name in fields}
        for redirect, item in zip(redirects, written, strict=True)
        if redirect.pk not in hidden
    ]


def _written(redirect: Any, addresses: Addresses) -> dict[str, Any]:
    page = redirect.redirect_page if redirect.leads_to_page else None
    if page is None:
        target = addresses.absolute(redirect.redirect_link)
    else:
        route = redirect.redirect_page_route_path.lstrip("/")
        target = addresses.of_page(page, page.locale.language_code) + route
    return {
        "path": redirect.old_path,
        "target": target,
        "status": 301 if redirect.is_permanent else 302,
        "item": page.translation_key if page else None,
    }


def _hidden_targets(redirects: Sequence[Any], addresses: Addresses) -> set[int]:
    """Returns the keys of the redirects whose written address is that of a page nobody may read.

    Two queries, and only where there are such addresses on the site itself.
    """
    wanted = {redirect.pk: _tree_paths(redirect.redirect_link, addresses) for redirect in redirects}
    paths = {path for found in wanted.values() for path in found}
    if not paths:
        return set()
    there = Page.objects.filter(url_path__in=paths)
    taken = set(there.values_list("url_path", flat=True))
    public = set(published_public(there).values_list("url_path", flat=True))
    return {key for key, found in wanted.items() if found & taken and not found & public}


def _tree_paths(link: str, addresses: Addresses) -> set[str]:
    """Returns where in the trees of the site's languages the page of an address would stand."""
    parts = urlsplit(link)
    if parts.netloc not in {"", urlsplit(addresses.root_url).netloc}:
        return set()
    slugs = [slug for slug in unquote(parts.path).split("/") if slug]
    if slugs and slugs[0] in content_languages():
        slugs = slugs[1:]
    route = "".join(f"{slug}/" for slug in slugs)
    return {root.root_path + route for root in addresses.roots}
