"""Keeps two different pages from claiming one address.

An untranslated page is read under its own path in every language's prefix. If the English site has
``/en/about/`` and somebody writes another page ``/fi/about/``, then Finnish readers could no longer
reach the English one. So such a page is refused before it exists.
"""

from django.http import Http404
from wagtail.models import Page, Site

from ..language.fallback import in_chain
from ..language.locales import content_languages
from .languages import public_versions
from .published import published


def colliding_page(page: Page, *, parent: Page, slug: str) -> Page | None:
    """Returns a published page that readers could not reach if ``page`` stood at this place.

    Args:
        page: that is to be written; it needs its translation key and locale, and may be new.
        parent: under which it is to stand.
        slug: that it is to have there.

    Returns:
        A page that is read, by readers of some language, at the same path; None if there is none.
        One query where no other language's tree has the path.
    """
    path = f"{parent.url_path}{slug}/"
    roots = [option for option in Site.get_site_root_paths() if option.root_path != path]
    own = next((root for root in roots if path.startswith(root.root_path)), None)
    if own is None:
        return None
    trees = [root.root_path for root in roots if root.site_id == own.site_id]
    below = path.removeprefix(own.root_path)
    others = published(Page.objects.filter(slug=slug, url_path__in=[t + below for t in trees]))
    rivals = list(others.exclude(translation_key=page.translation_key).exclude(url_path=path))
    if not rivals:
        return None
    versions = public_versions([page.translation_key, *(r.translation_key for r in rivals)])
    own_paths = _paths(versions[page.translation_key], trees)
    own_paths[page.locale.language_code] = below
    mine = _read_at(own_paths)
    for rival in rivals:
        theirs = _read_at(_paths(versions[rival.translation_key], trees))
        if any(mine[code] == path for code, path in theirs.items()):
            return rival
    return None


def is_route_of(parent: Page, slug: str) -> bool:
    """Tells whether ``parent`` shows something of its own at ``slug``, such as twinning ``3``."""
    if not hasattr(parent.specific_class, "resolve_subpage"):
        return False
    try:
        parent.specific.resolve_subpage(f"/{slug}/")
    except Http404:
        return False
    return True


def _paths(versions: list[Page], trees: list[str]) -> dict[str, str]:
    """Returns the path of each version below its tree's root, by language, oldest version first."""
    paths: dict[str, str] = {}
    for version in versions:
        root = next((tree for tree in trees if version.url_path.startswith(tree)), "")
        paths.setdefault(version.locale.language_code, version.url_path.removeprefix(root))
    return paths


def _read_at(paths: dict[str, str]) -> dict[str, str]:
    """Returns at which path readers of each language find a page that has these ``paths``."""
    if not paths:
        return {}
    oldest = next(iter(paths.values()))
    return {code: in_chain(paths, code) or oldest for code in content_languages()}
