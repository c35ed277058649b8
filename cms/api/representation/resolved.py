"""What a public path is, as one item."""

from typing import Any
from urllib.parse import quote

from django.urls import reverse
from wagtail.models import Page

from v2v_snippets.language.locales import content_languages
from v2v_snippets.publication.published import withdrawn
from v2v_snippets.publication.site_answers import SiteAnswer
from v2v_snippets.publication.urls import SAFE_IN_PATHS

from ..schemas.resolve import (
    ResolvedGoneSchema,
    ResolvedItemSchema,
    ResolvedRedirectSchema,
    ResolvedUnknownSchema,
)
from ..schemas.selection import Selectable
from .addresses import Addresses
from .kinds import content_types, type_name

REDIRECTS = frozenset({301, 302, 303, 307, 308})

Resolved = tuple[type[Selectable], dict[str, Any]]
"""One of the schemas, and all of its fields."""


def resolved(path: str, answer: SiteAnswer, addresses: Addresses) -> Resolved:
    """Returns what stands at ``path``, from what the site answers there."""
    written = quote(path, safe=SAFE_IN_PATHS)
    if answer.page is not None:
        return ResolvedItemSchema, _item(written, answer, addresses)
    if answer.status in REDIRECTS:
        target = addresses.absolute(answer.location)
        redirect = {"kind": "redirect", "status": answer.status, "target": target}
        return ResolvedRedirectSchema, {"path": written, **redirect}
    if answer.status == 404 and _was_public(path, addresses):
        return ResolvedGoneSchema, {"kind": "gone", "path": written}
    return unknown(path)


def unknown(path: str) -> Resolved:
    """Returns that nothing is known of ``path``."""
    written = quote(path, safe=SAFE_IN_PATHS)
    return ResolvedUnknownSchema, {"kind": "unknown", "path": written}


def _item(written: str, answer: SiteAnswer, addresses: Addresses) -> dict[str, Any]:
    page, served = answer.page, answer.page.locale.language_code
    url = addresses.root_url + written
    route = url.removeprefix(addresses.of_page(page, answer.language))
    route = "" if route == url else route
    elsewhere = getattr(page, "canonical_address", "") if not route else ""
    return {
        "kind": "item",
        "path": written,
        "id": page.translation_key,
        "type": type_name(page.specific_class),
        "locale": {"requested": answer.language, "served": served},
        "url": url,
        "canonical_url": elsewhere or addresses.of_page(page, served) + route,
        "route": route,
        "api_url": _api_url(page, answer.language, addresses),
    }


def _api_url(page: Page, language: str, addresses: Addresses) -> str:
    given_out = {model for models in content_types().values() for model in models}
    if page.specific_class not in given_out:
        return ""
    address = reverse("v2v_api:get_content", kwargs={"item_id": page.translation_key})
    known = f"?locale={language}" if language in content_languages() else ""
    return addresses.absolute(address) + known


def _was_public(path: str, addresses: Addresses) -> bool:
    """Tells whether a public page was at ``path``, in the tree of any language."""
    slugs = [slug for slug in path.split("/") if slug]
    if slugs and slugs[0] in content_languages():
        slugs = slugs[1:]
    roots = {root.root_path for root in addresses.roots}
    below = "".join(f"{slug}/" for slug in slugs)
    paths = [root + below for root in roots]
    pages = Page.objects.filter(url_path__in=paths)
    if slugs:
        # slug is indexed, url_path is not
        pages = pages.filter(slug=slugs[-1])
    return bool(withdrawn(pages).exists())
